import type { Io } from '../collector.ts';
import { Width } from './width.ts';

/** What a vendor publishes as «so many in any so many seconds». */
export interface WindowLimit {
  readonly units: number;
  readonly seconds: number;
  /** How many may be under way at once. */
  readonly width: number;
}

/** Requests take longer to arrive at one time than at another: whoever keeps a limit to the moment exceeds it there. */
const margin = 1.03;

/**
 * At most so many units in any window of that length, however they lie. `take` waits until there is room; the returned
 * function must be called once, when the request is over.
 */
export class Window {
  readonly #units: number;
  readonly #lengthMs: number;
  readonly #width: Width;
  readonly #io: Pick<Io, 'now' | 'sleep'>;
  /** What was let through or will be, in the order of its time. */
  #taken: { readonly at: number; readonly cost: number }[] = [];
  #seenAt = 0;

  constructor({ units, seconds, width }: WindowLimit, io: Pick<Io, 'now' | 'sleep'>) {
    this.#units = units;
    this.#lengthMs = seconds * 1000 * margin;
    this.#width = new Width(width);
    this.#io = io;
  }

  async take(cost: number, signal: AbortSignal): Promise<() => void> {
    const release = await this.#width.take();
    const now = this.#io.now().getTime();
    const at = this.#place(Math.min(cost, this.#units), now);
    try {
      if (at > now) await this.#io.sleep(at - now, signal);
    } catch (error) {
      release();
      throw error;
    }
    return release;
  }

  /** When there is room for it; behind everything that came before. */
  #place(cost: number, now: number): number {
    // A clock that was set back must not make anybody wait for what it then takes to be the future.
    const back = Math.max(0, this.#seenAt - now);
    this.#seenAt = now;
    this.#taken = this.#taken
      .map((each) => (back > 0 ? { ...each, at: each.at - back } : each))
      .filter(({ at }) => at > now - this.#lengthMs);
    let at = Math.max(now, this.#taken.at(-1)?.at ?? now);
    const within = () => this.#taken.filter((each) => each.at > at - this.#lengthMs);
    for (let inside = within(); ; inside = within()) {
      const [oldest] = inside;
      const used = inside.reduce((sum, each) => sum + each.cost, 0);
      if (oldest === undefined || used + cost <= this.#units) break;
      at = oldest.at + this.#lengthMs;
    }
    this.#taken.push({ at, cost });
    return at;
  }
}
