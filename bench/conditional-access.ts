import { ConditionalAccess } from '../controls/conditional-access/engine.ts';
import type { Account, Policy } from '../controls/conditional-access/model.ts';
import { id, office, person, policy, strong, tenant } from '../test/controls/tenants.ts';

/*
 * How long it takes to say of everybody in a large tenant whether a second factor is forced: 50,000 people in 400
 * groups and 40 roles, 120 policies that take in and leave out groups, roles, applications, places and clients.
 */
const people = 50_000;
const groupOf = (n: number) => id(10_000 + n);
const roleOf = (n: number) => id(20_000 + n);
/** A sequence that looks like chance and is the same each time. */
function* chances(): Generator<number, never> {
  for (let state = 1; ;) {
    state = (state * 48_271) % 2_147_483_647;
    yield state;
  }
}
const chance = chances();
const below = (most: number) => chance.next().value % most;

const kinds: readonly ((n: number) => Partial<Policy>)[] = [
  (n) => ({ excludeGroups: [groupOf(n)], includeLocations: ['All'], excludeLocations: ['AllTrusted'] }),
  (n) => ({
    includeUsers: [],
    includeGroups: [groupOf(n), groupOf(n + 7)],
    excludeApplications: [id(30_000 + n)],
  }),
  (n) => ({ includeUsers: [], includeRoles: [roleOf(n % 40)], grants: [], strength: strong }),
  (n) => ({
    excludeGroups: [groupOf(n)],
    clientAppTypes: ['exchangeActiveSync', 'other'],
    grants: ['block'],
  }),
  (n) => ({
    excludeGroups: [groupOf(n)],
    includePlatforms: ['iOS', 'android'],
    grants: ['mfa', 'compliantDevice'],
  }),
  (n) => ({ includeUsers: [], includeGroups: [groupOf(n)], includeLocations: [office] }),
];
const policies = Array.from({ length: 120 }, (_, n) => policy(`P${n}`, kinds[n % kinds.length]?.(n)));
const accounts = Array.from({ length: people }, (_, n): Account => {
  const groups = new Set(Array.from({ length: 6 }, () => groupOf(below(400))));
  return person({ id: id(n), groups, roles: n % 50 === 0 ? new Set([roleOf(below(40))]) : new Set() });
});

const started = performance.now();
const access = new ConditionalAccess(tenant(policies));
const tally = { forced: 0, open: 0, unknown: 0 };
for (const account of accounts)
  for (const proof of ['mfa', 'phishing-resistant'] as const)
    tally[access.judge(account, { proof }).kind] += 1;
const seconds = (performance.now() - started) / 1000;
process.stdout.write(
  `conditional access of ${people} people under ${policies.length} policies, for both proofs: ${seconds.toFixed(1)} s ` +
    `(forced ${tally.forced}, open ${tally.open}, not known ${tally.unknown})\n`,
);
