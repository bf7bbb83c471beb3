import type { Io } from '../collector.ts';
import { Width } from './width.ts';

/** What a vendor publishes as «so many in any so many seconds». */
export interface WindowLimit {
  readonly units: number;
  readonly seconds: number;
  /** How many may be under way at once. */
  readonly width: number;
}

/** No two clocks run alike, and timers are off by a little. */
const margin = 1.01;

interface Taken {
  readonly cost: number;
  /** When its answer came; `null` while it is under way. */
  endedAt: number | null;
}

/**
 * At most so many units in any window of that length, however they lie. When a request arrives nobody knows here, but it
 * has before its answer comes: it counts from when it is let through until the length after its answer. `take` waits
 * until there is room; the returned function must be called once, when the request is over.
 */
export class Window {
  readonly #units: number;
  readonly #lengthMs: number;
  readonly #width: Width;
  /** Whoever came first is let through first. */
  readonly #line = new Width(1);
  readonly #io: Pick<Io, 'now' | 'sleep'>;
  #taken: Taken[] = [];
  #seenAt = 0;
  #ended: () => void = () => undefined;

  constructor({ units, seconds, width }: WindowLimit, io: Pick<Io, 'now' | 'sleep'>) {
    this.#units = units;
    this.#lengthMs = seconds * 1000 * margin;
    this.#width = new Width(width);
    this.#io = io;
  }

  async take(cost: number, signal: AbortSignal): Promise<() => void> {
    const leave = await this.#width.take();
    const next = await this.#line.take();
    const taken: Taken = { cost: Math.min(cost, this.#units), endedAt: null };
    try {
      await this.#room(taken.cost, signal);
      this.#taken.push(taken);
    } catch (error) {
      leave();
      throw error;
    } finally {
      next();
    }
    return () => {
      taken.endedAt = this.#now();
      this.#ended();
      leave();
    };
  }

  async #room(cost: number, signal: AbortSignal): Promise<void> {
    for (;;) {
      const now = this.#now();
      this.#taken = this.#taken.filter(({ endedAt }) => endedAt === null || endedAt > now - this.#lengthMs);
      if (this.#taken.reduce((sum, each) => sum + each.cost, cost) <= this.#units) return;
      const [oldest] = this.#taken
        .flatMap((each) => (each.endedAt === null ? [] : [{ each, endedAt: each.endedAt }]))
        .sort((a, b) => a.endedAt - b.endedAt);
      if (!oldest) {
        await new Promise<void>((resolve) => (this.#ended = resolve));
        continue;
      }
      await this.#io.sleep(oldest.endedAt + this.#lengthMs - now, signal);
      this.#taken = this.#taken.filter((each) => each !== oldest.each);
    }
  }

  /** A clock that was set back must not make anybody wait for what it then takes to be the future. */
  #now(): number {
    const now = this.#io.now().getTime();
    const back = Math.max(0, this.#seenAt - now);
    this.#seenAt = now;
    if (back > 0) for (const each of this.#taken) if (each.endedAt !== null) each.endedAt -= back;
    return now;
  }
}
