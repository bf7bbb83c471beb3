/** How much an application may ask in a window of time. */
interface Limit {
  readonly requests: number;
  readonly seconds: number;
  /** Whether a refusal says how long to wait. */
  readonly told: boolean;
}
export type LimitClass = 'reports' | 'conditional-access' | 'identity';
export type M365Limits = Readonly<Record<LimitClass, Limit>>;

/** What Microsoft publishes: https://learn.microsoft.com/graph/throttling-limits */
export const publishedLimits: M365Limits = {
  reports: { requests: 5, seconds: 10, told: true },
  'conditional-access': { requests: 1, seconds: 1, told: false },
  identity: { requests: 3500, seconds: 10, told: true },
};

/** Counts what is asked, by the times handed in, and refuses what is one too many. */
export class Throttle {
  readonly #limits: M365Limits;
  readonly #asked = new Map<LimitClass, number[]>();

  constructor(limits: M365Limits) {
    this.#limits = limits;
  }

  /** Seconds to wait, or `null` where nothing is said of that; `false` where it is not one too many, and then it is counted. */
  refuses(limit: LimitClass, at: Date): number | null | false {
    const { requests, seconds, told } = this.#limits[limit];
    const now = at.getTime();
    const recent = (this.#asked.get(limit) ?? []).filter((time) => now - time < seconds * 1000);
    const [oldest = now] = recent;
    this.#asked.set(limit, recent);
    if (recent.length < requests) {
      recent.push(now);
      return false;
    }
    return told ? Math.max(1, Math.ceil(seconds - (now - oldest) / 1000)) : null;
  }
}
