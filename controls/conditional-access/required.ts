import type { View } from '../control.ts';
import { fail, noData, pass, unless, type Finding } from '../finding.ts';
import type { Outcome } from './model.ts';

type Policies = readonly View<{ name: string; state: string }>[];

interface Circumstances {
  /** What is asked, as people call it. */
  readonly what: string;
  /** The id of security defaults where they are on, of which nothing but themselves says what they ask. */
  readonly defaults: string | null;
  readonly policies: Policies;
  /** Why there may be more policies than these. */
  readonly open: string | null;
}

/** What an outcome says of one account. Policies that decided are looked at, so that they are cited. */
export function required(outcome: Outcome, { what, defaults, policies, open }: Circumstances): Finding {
  if (outcome.kind === 'forced') {
    cite(policies, new Set(outcome.by.map(({ id }) => id)));
    const names = outcome.by.map(({ name }) => name).join(' and ');
    return pass(
      outcome.blocked
        ? `nobody whom ${names} reaches can sign in at all`
        : `${names} ${outcome.by.length === 1 ? 'lets' : 'together let'} nobody in without ${what}`,
    );
  }
  if (defaults !== null) return noData('security defaults are on, and Microsoft decides when to ask');
  if (outcome.kind === 'unknown')
    return noData(`whether ${what} is asked for ${outcome.way} is not known: ${outcome.why.join('; ')}`);
  return unless(open, fail(`no enabled policy asks for ${what} ${outcome.way}`));
}

/** What security defaults do by themselves; they are cited too. */
export function byDefaults(defaults: string, policies: Policies, reason: string): Finding {
  cite(policies, new Set([defaults]));
  return pass(reason);
}

function cite(policies: Policies, ids: ReadonlySet<string>): void {
  for (const policy of policies) if (ids.has(policy.id)) policy.given(['name', 'state'], () => pass('cited'));
}
