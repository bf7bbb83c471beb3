import { applicationsOf } from './applications.ts';
import { held, type Domains, type Held } from './dimensions.ts';
import { demandsOf, past } from './grants.ts';
import { lower, type Policy, type Proof, type Tenant } from './model.ts';
import { elsewhere } from './places.ts';
import type { Gate } from './search.ts';
import { way, type Dimension, type Way } from './way.ts';

/** What a policy does to sign-ins of those whom it reaches; `gate` is `null` where everybody gets by. */
export interface Compiled {
  readonly gate: Gate | null;
  /** Why the policy may do more or less than that. */
  readonly doubts: readonly string[];
}

/**
 * The ways past a policy without showing the proof, for sign-ins to applications or, where one is named, an action of
 * the user's own. With `benefit`, whatever is not certain is taken to close a way.
 */
export function compile(
  policy: Policy,
  { proof, action }: { readonly proof: Proof; readonly action: string | null },
  tenant: Tenant,
  domains: Domains,
  benefit: boolean,
): Compiled {
  // What programs do in their own name is no sign-in of a person.
  if (policy.includePrograms.length > 0 || policy.programRiskLevels.length > 0) return openTo([]);
  if (!isAbout(policy, action)) return openTo([]);
  const doubts = doubtsOf(policy);
  if (doubts.length > 0 && !benefit) return openTo(doubts);

  const demands = demandsOf(policy, proof, tenant.strengths);
  const ways: Way[] = [...(elsewhere(policy, tenant) ?? [])];
  const note = (dimension: Dimension, { of, doubt }: Held) => {
    if (doubt !== null) doubts.push(doubt);
    const rest = domains[dimension].difference(of);
    if (rest.size > 0) ways.push(way({ of: new Map([[dimension, rest]]) }));
  };
  if (action === null) note('application', applicationsOf(policy, domains.application, benefit));
  note('client', held('client', domains.client, policy.clientAppTypes, [], benefit));
  for (const [dimension, include, exclude] of optional(policy))
    if (include.length > 0 || exclude.length > 0)
      note(dimension, held(dimension, domains[dimension], include, exclude, benefit));
  const filter = factOf(policy.deviceFilter);
  if (filter !== null) ways.push(way({ facts: new Map([filter]) }));

  for (const demand of demands) if (demand.doubt !== null) doubts.push(demand.doubt);
  const byFacts = new Map<string, { readonly facts: readonly string[]; readonly clients: Set<string> }>();
  for (const client of domains.client)
    for (const facts of past(policy.operator, demands, clientWords[client] ?? client, benefit)) {
      const key = JSON.stringify(facts);
      const same = byFacts.get(key) ?? { facts, clients: new Set() };
      byFacts.set(key, same);
      same.clients.add(client);
    }
  for (const { facts, clients } of byFacts.values())
    ways.push(
      way({
        of: clients.size === domains.client.size ? new Map() : new Map([['client', clients]]),
        facts: new Map(facts.map((fact) => [fact, true])),
      }),
    );
  return { gate: ways.some(isAnyWay) ? null : ways, doubts };
}

const openTo = (doubts: readonly string[]): Compiled => ({ gate: null, doubts });

/** A policy that asks for a mark, or at an action, is about no application; one for applications is about no action. */
function isAbout(
  { includeApplications, applicationFilter, includeUserActions }: Policy,
  action: string | null,
): boolean {
  if (action !== null) return lower(includeUserActions).has(action);
  return includeApplications.length > 0 || applicationFilter !== 'none';
}

function doubtsOf({
  conditions,
  includeApplications,
  includeUserActions,
  includeContexts,
}: Policy): string[] {
  return [
    ...conditions.map((name) => `it sets ${name}, and what that does nobody here knows`),
    ...(includeApplications.length > 0 && includeUserActions.length + includeContexts.length > 0
      ? ['it names applications and something else beside them, and which counts nobody here knows']
      : []),
  ];
}

type Lists = readonly (readonly [Dimension, readonly string[], readonly string[]])[];

const optional = (policy: Policy): Lists => [
  ['platform', policy.includePlatforms, policy.excludePlatforms],
  ['signInRisk', policy.signInRiskLevels, []],
  ['userRisk', policy.userRiskLevels, []],
  ['insiderRisk', policy.insiderRiskLevels, []],
  ['flow', policy.transferMethods, []],
];

const clientWords: Readonly<Record<string, string>> = { exchangeactivesync: 'exchangeActiveSync' };

/**
 * Questions about devices that are the same as a demand: whoever meets the one meets the other. Of a device that nobody
 * registered everything is null, which is not equal to anything, so that not being compliant is no such question:
 * https://learn.microsoft.com/entra/identity/conditional-access/concept-condition-filters-for-devices#policy-behavior-with-filter-for-devices
 */
const sameAs: Readonly<Record<string, readonly [fact: string, is: boolean]>> = {
  'device.iscompliant-eqtrue': ['compliantDevice', true],
  'device.iscompliant-netrue': ['compliantDevice', false],
  'device.trusttype-eq"serverad"': ['domainJoinedDevice', true],
  'device.trusttype-ne"serverad"': ['domainJoinedDevice', false],
};

/** What is true of a device that a policy's filter keeps it from; `null` where it has none. */
function factOf(filter: Policy['deviceFilter']): [string, boolean] | null {
  if (filter === 'none') return null;
  const [fact, is] = sameAs[filter.rule.replaceAll(/\s/g, '').toLowerCase()] ?? [
    `filter ${filter.rule}`,
    true,
  ];
  return [fact, filter.mode === 'exclude' ? is : !is];
}

/** A fact that nothing else asks about keeps nobody out, but one of the device may meet another policy's. */
function isAnyWay({ of, inside, outside, trusted, facts }: Way): boolean {
  return of.size + inside.size + outside.size === 0 && trusted === null && [...facts.keys()].every(isFree);
}

/** What anybody can do: it excludes no other way. */
const isFree = (fact: string) => !(fact in device) && !fact.startsWith('filter ');
const device: Readonly<Record<string, true>> = { compliantDevice: true, domainJoinedDevice: true };
