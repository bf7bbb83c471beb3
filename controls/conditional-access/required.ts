import type { View } from '../control.ts';
import { fail, noData, pass, unless, type Finding } from '../finding.ts';
import type { Outcome } from './model.ts';

interface Circumstances {
  /** What is asked, as people call it. */
  readonly what: string;
  /** Whether security defaults are on, which nothing but themselves says what they ask. */
  readonly defaults: boolean;
  readonly policies: readonly View<{ name: string; state: string }>[];
  /** Why there may be more policies than these. */
  readonly open: string | null;
}

/** What an outcome says of one account. Policies that decided are looked at, so that they are cited. */
export function required(outcome: Outcome, { what, defaults, policies, open }: Circumstances): Finding {
  if (outcome.kind === 'forced') {
    const ids = new Set(outcome.by.map(({ id }) => id));
    for (const policy of policies)
      if (ids.has(policy.id)) policy.given(['name', 'state'], () => pass('cited'));
    const names = outcome.by.map(({ name }) => name).join(' and ');
    return pass(
      outcome.blocked
        ? `nobody whom ${names} reaches can sign in at all`
        : `${names} ${outcome.by.length === 1 ? 'lets' : 'together let'} nobody in without ${what}`,
    );
  }
  if (defaults) return noData('security defaults are on, and Microsoft decides when to ask');
  if (outcome.kind === 'unknown')
    return noData(`whether ${what} is asked for ${outcome.way} is not known: ${outcome.why.join('; ')}`);
  return unless(open, fail(`no enabled policy asks for ${what} ${outcome.way}`));
}
