import { Account } from '../../evidence-model/kinds.ts';
import { need, type Need, type View } from '../control.ts';
import { fail, noData, pass, unless, type Finding } from '../finding.ts';
import type { Outcome } from './model.ts';

/**
 * What a control needs to ask, of an account, whether its own setting asks for a second factor where no policy does. It
 * is read of those who hold roles by name. Nobody passes by it, because what gets past it cannot be read.
 */
export const ownSetting = { states: { ...need(Account, ['perUserMfa'], 'id'), softens: true } } as const;
type OwnSetting = typeof ownSetting.states extends Need<infer V> ? V : never;

type Policies = readonly View<{ name: string; state: string }>[];

interface Circumstances {
  /** What is asked, as people call it. */
  readonly what: string;
  /** The id of security defaults where they are on, of which nothing but themselves says what they ask. */
  readonly defaults: string | null;
  readonly policies: Policies;
  /** Why there may be more policies than these. */
  readonly open: string | null;
  /** Where the setting of the account alone counts, the account. */
  readonly own?: readonly View<OwnSetting>[];
  /** Why what is asked may be proved where nobody reads. */
  readonly elsewhere?: string | null;
}

/** What an outcome says of one account. Policies that decided are looked at, so that they are cited. */
export function required(
  outcome: Outcome,
  { what, defaults, policies, open, own = [], elsewhere = null }: Circumstances,
): Finding {
  if (outcome.kind === 'forced') {
    cite(policies, new Set(outcome.by.map(({ id }) => id)));
    if (elsewhere !== null && !outcome.blocked) return noData(elsewhere);
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
  const setting = byItself(own);
  if (setting?.status === 'no-data') return setting;
  const more = setting ? `, and ${setting.reason}` : '';
  return unless(open, fail(`no enabled policy asks for ${what} ${outcome.way}${more}`));
}

/**
 * What the setting of an account alone asks, where it is read. Only what is enforced asks for a second factor at each
 * sign-in; what is enabled waits until one is set up. What gets past it nobody can read:
 * https://learn.microsoft.com/entra/identity/authentication/howto-mfa-userstates and
 * https://learn.microsoft.com/entra/identity/authentication/howto-mfa-mfasettings#app-passwords
 */
function byItself(accounts: readonly View<OwnSetting>[]): Finding | null {
  const [account] = accounts.filter((each) => each.isAsked('perUserMfa'));
  return (
    account?.given(['perUserMfa'], ({ perUserMfa }) =>
      perUserMfa === 'enforced'
        ? noData(
            "no policy asks, and per-user MFA is enforced for the account: whether old clients with an app password, or addresses that Microsoft's older settings trust, get past that cannot be read",
          )
        : fail(`per-user MFA is ${perUserMfa} for the account`),
    ) ?? null
  );
}

/** What security defaults do by themselves; they are cited too. */
export function byDefaults(
  defaults: string,
  policies: Policies,
  reason: string,
  elsewhere: string | null = null,
): Finding {
  cite(policies, new Set([defaults]));
  return elsewhere === null ? pass(reason) : noData(elsewhere);
}

function cite(policies: Policies, ids: ReadonlySet<string>): void {
  for (const policy of policies) if (ids.has(policy.id)) policy.given(['name', 'state'], () => pass('cited'));
}
