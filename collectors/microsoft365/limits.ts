import type { Io } from '../collector.ts';
import { Window } from '../transport/window.ts';

/** How many requests are under way at once; Graph publishes no such limit for reads of the directory. */
export const width = 8;

/** Vendor's numbers: https://learn.microsoft.com/graph/throttling-limits */
const classes = {
  /** Identity and access reports, audit logs among them: 5 requests in 10 seconds for an application in a tenant. */
  reports: { units: 5, seconds: 10, width },
  /** Conditional access and identity protection: 1 request a second for a tenant, all applications together. */
  'conditional-access': { units: 1, seconds: 1, width },
  /** Security: 150 requests a minute, and of secure scores 4 at once. */
  security: { units: 150, seconds: 60, width: 4 },
  /** Intune: 2,000 requests in 20 seconds for an application in a tenant. */
  devices: { units: 2000, seconds: 20, width },
  /** Identity: 3,500 resource units in 10 seconds for the smallest tenants. Whatever is not listed counts here too. */
  identity: { units: 3500, seconds: 10, width },
} as const;
type LimitClass = keyof typeof classes;

/** Which limit requests under a path count against; the first that fits. */
const places: readonly (readonly [RegExp, LimitClass])[] = [
  [/^(reports|auditLogs)\//, 'reports'],
  [/^(identity\/conditionalAccess|identityProtection)\//, 'conditional-access'],
  [/^security\//, 'security'],
  [/^deviceManagement(\/|$)/, 'devices'],
];

/** Resource units of identity requests; any other costs one: https://learn.microsoft.com/graph/throttling-limits#identity-and-access-service-limits */
const units: readonly (readonly [RegExp, number])[] = [
  [/^groups\/[^/]+\/transitiveMembers$/, 5],
  [/^subscribedSkus$/, 3],
  [/^(users|applications|oauth2PermissionGrants)$/, 2],
];

/** Which limit a request counts against, and for how much. Of identity, `$select` saves one unit, `$expand` costs one more. */
export function costOf({ pathname, searchParams }: URL): {
  readonly limit: LimitClass;
  readonly cost: number;
} {
  const path = pathname.split('/').slice(2).join('/');
  const limit = places.find(([place]) => place.test(path))?.[1] ?? 'identity';
  if (limit !== 'identity') return { limit, cost: 1 };
  const usual = units.find(([place]) => place.test(path))?.[1] ?? 1;
  const saved = (searchParams.has('$select') ? 1 : 0) - (searchParams.has('$expand') ? 1 : 0);
  return { limit, cost: Math.max(1, usual - saved) };
}

/** One window for each of Microsoft's classes. */
export function budgetsOf(io: Pick<Io, 'now' | 'sleep'>): Readonly<Record<LimitClass, Window>> {
  const budget = (name: LimitClass) => new Window(classes[name], io);
  return {
    reports: budget('reports'),
    'conditional-access': budget('conditional-access'),
    security: budget('security'),
    devices: budget('devices'),
    identity: budget('identity'),
  };
}
