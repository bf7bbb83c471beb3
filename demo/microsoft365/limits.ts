/** How much may be asked in a window of time. */
interface Limit {
  /** Requests; for identity, resource units, of which a request may take more than one. */
  readonly units: number;
  readonly seconds: number;
  /** Whether a refusal says how long to wait. */
  readonly told: boolean;
  /** Whether it is one for the whole tenant, or one for each application. */
  readonly shared: boolean;
}
export type LimitClass = 'reports' | 'conditional-access' | 'security' | 'devices' | 'identity';
export type M365Limits = Readonly<Record<LimitClass, Limit>>;

/**
 * What Microsoft publishes: https://learn.microsoft.com/graph/throttling-limits. Identity is the number for tenants of
 * more than 500 users; smaller ones have less.
 */
export const publishedLimits: M365Limits = {
  reports: { units: 5, seconds: 10, told: true, shared: false },
  'conditional-access': { units: 1, seconds: 1, told: false, shared: true },
  security: { units: 150, seconds: 60, told: true, shared: false },
  devices: { units: 2000, seconds: 20, told: true, shared: false },
  identity: { units: 8000, seconds: 10, told: true, shared: false },
};

/** Resource units of one request: `$select` saves one and `$expand` costs one more. */
export function costOf(units: number, query: URLSearchParams): number {
  return Math.max(1, units - (query.has('$select') ? 1 : 0) + (query.has('$expand') ? 1 : 0));
}

interface Taken {
  readonly at: number;
  readonly cost: number;
}

/** Counts what is asked, by the times handed in, and refuses what is one too many. */
export class Throttle {
  readonly #limits: M365Limits;
  readonly #taken = new Map<string, readonly Taken[]>();

  constructor(limits: M365Limits) {
    this.#limits = limits;
  }

  /** Seconds to wait, or `null` where nothing is said of that; `false` where it is not one too many, and then it is counted. */
  refuses(
    limit: LimitClass,
    { clientId, cost, at }: { readonly clientId: string; readonly cost: number; readonly at: Date },
  ): number | null | false {
    const { units, seconds, told, shared } = this.#limits[limit];
    const now = at.getTime();
    const key = shared ? limit : `${limit}/${clientId}`;
    const recent = (this.#taken.get(key) ?? []).filter((each) => now - each.at < seconds * 1000);
    const used = recent.reduce((sum, each) => sum + each.cost, 0);
    const refused = used + cost > units;
    this.#taken.set(key, refused ? recent : [...recent, { at: now, cost }]);
    if (!refused) return false;
    const since = (now - (recent[0]?.at ?? now)) / 1000;
    return told ? Math.max(1, Math.ceil(seconds - since)) : null;
  }
}
