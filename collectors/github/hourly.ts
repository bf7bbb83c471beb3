import type { Io } from '../collector.ts';

/** So much is left to others who use the same budget, and for what is under way when it runs out. */
const margin = 20;
/** A budget is renewed every hour; what claims to take longer is no such budget. */
const longestMs = 65 * 60_000;

/**
 * What GitHub says is left of the hour: whoever would take the last of it waits for the next hour, so that no request
 * is one too many. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api#checking-the-status-of-your-rate-limit
 */
export class Hourly {
  readonly #io: Pick<Io, 'now' | 'sleep'>;
  #left = Infinity;
  #resetAt = 0;
  #under = 0;

  constructor(io: Pick<Io, 'now' | 'sleep'>) {
    this.#io = io;
  }

  /** Waits until there is something left; the returned function must be called once, when the request is over. */
  async take(signal: AbortSignal): Promise<() => void> {
    for (;;) {
      const wait = this.#resetAt - this.#io.now().getTime();
      if (wait <= 0 && this.#left <= margin) this.#left = Infinity; // the hour is over, and nothing is known of the next
      if (this.#left > margin || wait > longestMs) break;
      await this.#io.sleep(wait + 1000, signal);
    }
    this.#left -= 1;
    this.#under += 1;
    return () => (this.#under -= 1);
  }

  told(headers: Readonly<Record<string, string>>): void {
    const remaining = Number(headers['x-ratelimit-remaining'] ?? Number.NaN);
    const reset = Number(headers['x-ratelimit-reset'] ?? Number.NaN) * 1000;
    if (!Number.isFinite(remaining) || !Number.isFinite(reset)) return;
    if (reset < this.#resetAt) return; // an answer of the hour before that came late
    this.#resetAt = reset;
    this.#left = remaining - this.#under + 1;
  }
}
