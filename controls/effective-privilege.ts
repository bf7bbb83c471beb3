import { found, isEverything, told, ways, type Power, type Way } from './iam-policy.ts';
import { Statements, statementsOf } from './iam-statements.ts';

/** A policy that somebody holds. Of one whose document is not known it is said why. */
export interface Held {
  readonly id: string;
  /** As people call it, with the group that it comes from. */
  readonly name: string;
  readonly document: { readonly known: unknown } | { readonly unknown: string };
}

/** One user or role: what it holds itself and by way of its groups, and what bounds it. */
export interface Holder {
  readonly arn: string;
  /** ARNs of the groups that it is in. */
  readonly groups: readonly string[];
  readonly policies: readonly Held[];
  readonly boundary: Held | null;
}

/** Whether somebody is an administrator or able to become one, and why, in plain words. */
export type Privilege =
  | { readonly outcome: 'administrator'; readonly why: string }
  | { readonly outcome: 'not' }
  | { readonly outcome: 'unknown'; readonly why: string };

/** What stands for a document that is not known, when it is asked what it might give. */
const anything = new Statements([{ Effect: 'Allow', Action: ['*'], Resource: ['*'], hasVariables: true }]);
/** How many ways are told, where there are many. */
const shown = 3;

/**
 * What the policies of the account make of somebody. A grant that only holds under a condition counts, and the condition
 * is told. Somebody is `not` an administrator only where that holds whatever the unknown documents say, and is one only
 * where none is unknown: any of them could deny it. What the organisation denies its accounts makes nobody less here.
 */
export function privilegeOf(holder: Holder): Privilege {
  const policies = holder.policies.map((policy) => ({ ...policy, ...reading(policy) }));
  const read = policies.flatMap(({ name, statements }) => (statements ? [{ name, statements }] : []));
  const bounds = holder.boundary && reading(holder.boundary);
  const bound = bounds?.statements ?? null;
  const documents = read.map(({ statements }) => statements);
  const most = read.length < policies.length ? [...documents, anything] : documents;
  const powers = powersOf(holder, most, bound);
  if (powers.length === 0) return { outcome: 'not' };
  const lost = [...policies, ...(bounds ? [bounds] : [])].flatMap(({ lost }) => lost ?? []);
  if (lost.length > 0) return { outcome: 'unknown', why: lost.join('; ') };
  const alone = read.map(({ name, statements }) => ({ name, powers: powersOf(holder, [statements], bound) }));
  const reasons = powers.slice(0, shown).map((power) => {
    const by = alone.filter((each) => each.powers.some((one) => includes(one, power)));
    const names = [...new Set(by.map(({ name }) => name))];
    return `${told(power)}, by ${names.length > 0 ? names.join(' and by ') : 'several policies together'}`;
  });
  const rest = powers.length > shown ? [`${powers.length - shown} more ways lead there`] : [];
  return { outcome: 'administrator', why: `may ${[...reasons, ...rest].join('; ')}` };
}

function reading({ name, document }: Held): {
  readonly statements: Statements | null;
  readonly lost: string | null;
} {
  const statements = 'known' in document ? statementsOf(document.known) : null;
  const why = 'unknown' in document ? document.unknown : 'it is not understood';
  return { statements, lost: statements ? null : `what ${name} says is not known: ${why}` };
}

function powersOf(holder: Holder, documents: readonly Statements[], bound: Statements | null): Power[] {
  if (bound === null) return distinct(found([...ways, ...ownWays(holder)], documents, null));
  // What it gives itself is bounded too, and so is no way out unless everything is within the bounds.
  const own = found(ways, [bound], null).some(isEverything) ? ownWays(holder) : [];
  const within = distinct(found([...ways, ...own], documents, bound));
  const [free] = within.some(isEverything) ? [] : found(ownUnbinding(holder), documents, bound);
  if (!free) return within;
  // Whoever may take off its own bounds is as if it had none, under the conditions under which it may.
  return powersOf(holder, documents, null).map(({ words, conditions }) => ({
    words: `${free.words} and then ${words}`,
    conditions: [...new Set([...free.conditions, ...conditions])].sort(),
  }));
}

/** Of several ways that read the same, the one with the fewest conditions. */
function distinct(powers: readonly Power[]): Power[] {
  const best = new Map<string, Power>();
  for (const power of powers) {
    const before = best.get(power.words);
    if (!before || power.conditions.length < before.conditions.length) best.set(power.words, power);
  }
  return [...best.values()];
}

/** A way that takes one deed, done to one thing. */
const on = (words: string, action: string, arn: string): Way => ({
  words,
  deeds: [{ action, on: { arn } }],
});

/** Ways of somebody who may change what it holds itself, and need not reach anybody else. */
function ownWays({ arn, groups, policies }: Holder): Way[] {
  const user = isUser(arn);
  const written = [...new Set(policies.map(({ id }) => id))].filter(isRewritable);
  return [
    on('write a policy of its own', user ? 'iam:PutUserPolicy' : 'iam:PutRolePolicy', arn),
    on('attach any policy to itself', user ? 'iam:AttachUserPolicy' : 'iam:AttachRolePolicy', arn),
    ...groups.flatMap((group) => [
      on('write a policy of its own group', 'iam:PutGroupPolicy', group),
      on('attach any policy to its own group', 'iam:AttachGroupPolicy', group),
    ]),
    ...written.flatMap((policy) => [
      on('rewrite a policy that it holds', 'iam:CreatePolicyVersion', policy),
      on('bring back a former version of a policy that it holds', 'iam:SetDefaultPolicyVersion', policy),
    ]),
  ];
}

function ownUnbinding({ arn, boundary }: Holder): Way[] {
  const kind = isUser(arn) ? 'User' : 'Role';
  return [
    on('take off its own bounds', `iam:Delete${kind}PermissionsBoundary`, arn),
    on('give itself other bounds', `iam:Put${kind}PermissionsBoundary`, arn),
    ...(boundary && isRewritable(boundary.id)
      ? [
          on('rewrite its own bounds', 'iam:CreatePolicyVersion', boundary.id),
          on('bring back a former version of its own bounds', 'iam:SetDefaultPolicyVersion', boundary.id),
        ]
      : []),
  ];
}

/** What AWS wrote, and what is written in place, is no policy that anybody may give another version. */
const isRewritable = (id: string) => /^arn:[^|]*:policy\/[^|]*$/.test(id);

const isUser = (arn: string) => arn.includes(':user/');

/** Whether one gives what the other says, by doing everything or in so many words. */
function includes(one: Power, power: Power): boolean {
  return (
    isEverything(one) ||
    (one.words === power.words && one.conditions.every((key) => power.conditions.includes(key)))
  );
}
