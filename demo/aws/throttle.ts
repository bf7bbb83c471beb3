/** How many requests a second a service takes, and how many at once after a rest. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/**
 * Rates by service or by `service/Operation`, which has a bucket of its own. CloudTrail's are the vendor's
 * (https://docs.aws.amazon.com/awscloudtrail/latest/userguide/WhatIsCloudTrail-Limits.html); AWS publishes none for IAM
 * and STS, so those are a guess on the strict side, and so is that of Organizations.
 */
export const awsRates: Readonly<Record<string, Rate>> = {
  cloudtrail: { perSecond: 10, burst: 10 },
  'cloudtrail/LookupEvents': { perSecond: 2, burst: 2 },
  iam: { perSecond: 10, burst: 20 },
  organizations: { perSecond: 5, burst: 8 },
  sts: { perSecond: 50, burst: 100 },
};

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
