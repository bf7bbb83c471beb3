/** How many requests a second a service takes, and how many at once after a rest. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** Token buckets, one for each account, region and rate. They fill by the times handed in. */
export class Throttle {
  readonly #rates: Readonly<Record<string, Rate>>;
  readonly #buckets = new Map<string, { tokens: number; at: number }>();

  constructor(rates: Readonly<Record<string, Rate>>) {
    this.#rates = rates;
  }

  /** Whether this request is one too many. One that is, costs nothing. */
  refuses(
    {
      account,
      region,
      service,
      operation,
    }: Readonly<Record<'account' | 'region' | 'service' | 'operation', string>>,
    now: Date,
  ): boolean {
    const name = [`${service}/${operation}`, service].find((each) => Object.hasOwn(this.#rates, each));
    const rate = name === undefined ? undefined : this.#rates[name];
    if (name === undefined || rate === undefined) return false;
    const key = JSON.stringify([account, region, name]);
    const bucket = this.#buckets.get(key) ?? { tokens: rate.burst, at: now.getTime() };
    const passed = Math.max(0, now.getTime() - bucket.at) / 1000;
    bucket.tokens = Math.min(rate.burst, bucket.tokens + passed * rate.perSecond);
    bucket.at = now.getTime();
    this.#buckets.set(key, bucket);
    if (bucket.tokens < 1) return true;
    bucket.tokens -= 1;
    return false;
  }
}
