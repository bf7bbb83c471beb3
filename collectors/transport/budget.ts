import { Width } from './width.ts';

/**
 * A token bucket and a width: what a vendor publishes as «so many requests per time» and «so many at once».
 * `take` waits until both allow; the returned function must be called once, when the request is over.
 */
export class Budget {
  readonly #perSecond: number;
  readonly #burst: number;
  readonly #width: Width;
  readonly #now: () => number;
  readonly #sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  #tokens: number;
  #filledAt: number;

  constructor(
    limits: { readonly perSecond: number; readonly burst: number; readonly width: number },
    io: {
      readonly now: () => Date;
      readonly sleep: (milliseconds: number, signal: AbortSignal) => Promise<void>;
    },
  ) {
    this.#perSecond = limits.perSecond;
    this.#burst = limits.burst;
    this.#width = new Width(limits.width);
    this.#now = () => io.now().getTime();
    this.#sleep = io.sleep;
    this.#tokens = limits.burst;
    this.#filledAt = this.#now();
  }

  async take(cost: number, signal: AbortSignal): Promise<() => void> {
    const release = await this.#width.take();
    try {
      this.#fill();
      this.#tokens -= cost;
      if (this.#tokens < 0) await this.#sleep((-this.#tokens / this.#perSecond) * 1000, signal);
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  #fill(): void {
    const now = this.#now();
    // A clock that steps back must not take tokens away, nor one that leaps forward give more than a burst.
    const passed = Math.max(0, now - this.#filledAt) / 1000;
    this.#tokens = Math.min(this.#burst, this.#tokens + passed * this.#perSecond);
    this.#filledAt = now;
  }
}
