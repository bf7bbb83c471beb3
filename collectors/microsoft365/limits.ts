import type { Io } from '../collector.ts';
import { Budget } from '../transport/budget.ts';

/** How many requests are under way at once; Graph publishes no such limit for reads of the directory. */
export const width = 8;

/** Vendor's numbers: https://learn.microsoft.com/graph/throttling-limits */
const classes = {
  /** Reports and audit logs: 5 requests in 10 seconds for an application in a tenant. */
  reports: { perSecond: 0.5, burst: 5 },
  /** Conditional access: 1 request a second for a tenant, all applications together. */
  'conditional-access': { perSecond: 1, burst: 1 },
  /** Identity: 3,500 resource units in 10 seconds for the smallest tenants. */
  identity: { perSecond: 350, burst: 3500 },
} as const;
type LimitClass = keyof typeof classes;

/** Resource units of identity requests; any other costs one. `$select` saves one, `$expand` costs one more. */
const units: Readonly<Record<string, number>> = { users: 2, subscribedSkus: 3 };

/** Which limit a request counts against, and for how much. */
export function costOf({ pathname, searchParams }: URL): {
  readonly limit: LimitClass;
  readonly cost: number;
} {
  const [first = '', second = ''] = pathname.split('/').slice(2);
  if (first === 'reports' || first === 'auditLogs') return { limit: 'reports', cost: 1 };
  if (first === 'identity' && second === 'conditionalAccess') return { limit: 'conditional-access', cost: 1 };
  const saved = (searchParams.has('$select') ? 1 : 0) - (searchParams.has('$expand') ? 1 : 0);
  return { limit: 'identity', cost: Math.max(1, (units[first] ?? 1) - saved) };
}

/** One bucket for each of Microsoft's classes. */
export function budgetsOf(io: Pick<Io, 'now' | 'sleep'>): Readonly<Record<LimitClass, Budget>> {
  const budget = (name: LimitClass) => new Budget({ ...classes[name], width }, io);
  return {
    reports: budget('reports'),
    'conditional-access': budget('conditional-access'),
    identity: budget('identity'),
  };
}
