import { z } from 'zod';
import { Account, BackupVault, Credential, Principal, RoleTrust } from '../../evidence-model/kinds.ts';
import { control, need, type View } from '../control.ts';
import { privilegeOf, type Held, type Holder } from '../effective-privilege.ts';
import { all, any, fail, noData, notApplicable, pass, type Finding } from '../finding.ts';
import { holdingsOf, policyNeeds } from '../held-policies.ts';
import { matches } from '../pattern.ts';
import { isForServices, isNamedForService, trustOf, type Admission } from '../role-trust.ts';
import { factorAskedAt, maySomewhere, withoutFactor } from '../second-factor-conditions.ts';
import { told } from '../told.ts';

/** To delete a copy, and to say that its time is over. */
const deletions = ['backup:DeleteRecoveryPoint', 'backup:UpdateRecoveryPointLifecycle'];

export const mfaBackupAdmins = control({
  id: 'mfa-backup-admins',
  severity: 'high',
  assertion:
    'At each reading, in every connected AWS account with a vault of AWS Backup from which copies could be deleted before their time, every IAM user and role that its policies, those of its groups and its boundary let delete copies or end the time for which these are kept, or that is an administrator in one of the known ways, could do so with a second factor alone: its policies asked for one; or it was a user that signs in with a password and a second factor and has no active access key; or a role that lets in those alone who have shown one. Roles that AWS made for services of its own and programs that the policy names are left out. The root user, and copies outside AWS Backup, were not looked at.',
  board: 'Ransomware crews delete backups first.',
  remedy:
    'Lock the vaults for good; or let one role alone delete copies, which asks for a second factor in its trust policy, and take that right from everybody else.',
  collectors: ['aws'],
  population: 'IAM users and roles of connected AWS accounts',
  parameters: z.strictObject({
    /** ARNs of programs that may delete copies, such as one that keeps vaults in order; `*` is any text. */
    programs: z
      .array(z.string().regex(/^arn:aws[a-z-]*:iam::(?:\d{12}|\*):(?:user|role)\/[\w+=,.@/-]+\*?$/))
      .default([]),
  }),
  over: need(Principal, ['cloudAccount', 'type', 'policies', 'groups', 'boundary']),
  related: {
    vaults: need(BackupVault, ['copies', 'locked', 'lockFinalAt'], { cloudAccount: 'cloudAccount' }),
    trusts: need(RoleTrust, ['document'], 'id'),
    accounts: need(Account, ['mfaEnabled', 'consolePassword'], 'id'),
    keys: need(Credential, ['type', 'active'], 'account'),
    ...policyNeeds,
  },
  test: (principal, { asOf, related, open, parameters: { programs } }) => {
    const exposed = related('vaults').map((vault) => locked(vault, asOf));
    // Where every vault is known to be locked or empty, nobody can delete anything.
    const safe = all([pass('no copy in its account can be deleted before its time'), ...exposed]);
    if (safe.status === 'pass' && open('vaults') === null) return notApplicable(safe.reason);
    return principal.given(
      ['cloudAccount', 'type', 'policies', 'groups', 'boundary'],
      ({ type, ...standing }) => {
        const trusts = told(related('trusts'), ['document']);
        const trust = trusts.known[0]?.document;
        if (isNamedForService(principal.id) && trust !== undefined && isForServices(trust))
          return notApplicable('AWS made it for a service of its own, which alone may take it on');
        const holdings = holdingsOf(standing, related);
        if ('untold' in holdings) return noData(holdings.untold);
        const may = mayDelete({ arn: principal.id, ...holdings });
        if (may.status !== 'fail') return may;
        if (programs.some((pattern) => matches(pattern, principal.id)))
          return notApplicable('the policy names it as a program that may delete copies');
        // That a vault is not locked must be known before anybody is blamed for it.
        if (safe.status !== 'fail') return safe.status === 'pass' ? noData(open('vaults') ?? '') : safe;
        const way =
          type === 'user'
            ? signingIn(related('accounts'), related('keys'), open('keys'))
            : trust === undefined
              ? (trusts.untold ?? noData('who may take it on was not in the answer'))
              : takenOn(trust);
        return way.status === 'fail' ? fail(`${may.reason}, and ${way.reason}`) : way;
      },
    );
  },
});

interface Vault {
  readonly copies: number;
  readonly locked: boolean;
  readonly lockFinalAt: string;
}

/** Whether nothing in a vault can be deleted before its time. */
function locked(vault: View<Vault>, asOf: string): Finding {
  const open = fail(`copies in ${vault.id} can be deleted before their time`);
  return any(
    [
      vault.given(['copies'], ({ copies }) => (copies === 0 ? pass('it holds no copies') : open)),
      vault.given(['locked', 'lockFinalAt'], (it) =>
        it.locked && it.lockFinalAt !== 'never' && Date.parse(it.lockFinalAt) <= Date.parse(asOf)
          ? pass('it is locked for good')
          : open,
      ),
    ],
    open,
  );
}

/** `fail` where it may delete copies without a second factor as far as policies are concerned. */
function mayDelete(holder: Holder): Finding {
  const whole = power(holder);
  if (whole.status !== 'fail') return whole;
  const without = (held: Held): Held => ({
    ...held,
    document: 'known' in held.document ? { known: withoutFactor(held.document.known) } : held.document,
  });
  const left = power({
    ...holder,
    policies: holder.policies.map(without),
    boundary: holder.boundary && without(holder.boundary),
  });
  return left.status === 'not-applicable'
    ? pass('its policies let it delete copies with a second factor alone')
    : left;
}

/** `fail` where it may delete copies, or come to do so. */
function power(holder: Holder): Finding {
  const documents = [...holder.policies, ...(holder.boundary ? [holder.boundary] : [])];
  const lost = documents.find(({ document }) => 'unknown' in document);
  if (lost) return noData(`what ${lost.name} says is not known`);
  const may = (held: readonly Held[], deletion: string) =>
    maySomewhere(
      held.flatMap(({ document }) => ('known' in document ? [document.known] : [])),
      deletion,
    );
  for (const deletion of deletions) {
    const own = may(holder.policies, deletion);
    const bound = holder.boundary === null || may([holder.boundary], deletion);
    if (own === null || bound === null) return noData('a policy that it holds is not understood');
    if (own && bound) return fail('it may delete copies or end their time');
  }
  const privilege = privilegeOf(holder);
  if (privilege.outcome === 'unknown') return noData(privilege.why);
  return privilege.outcome === 'not'
    ? notApplicable('it may not delete copies')
    : fail(`it ${privilege.why}`);
}

function signingIn(
  accounts: readonly View<{ readonly mfaEnabled: boolean; readonly consolePassword: boolean }>[],
  keys: readonly View<{ readonly type: string; readonly active: boolean }>[],
  more: string | null,
): Finding {
  const key = all([
    pass('it has no active access key'),
    ...keys.map((each) =>
      each.given(['type', 'active'], ({ type, active }) =>
        type === 'access-key' && active
          ? fail('it has an active access key, which asks for no second factor')
          : pass('it has no active access key'),
      ),
    ),
  ]);
  const [account] = accounts;
  const password = account
    ? account.given(['consolePassword'], ({ consolePassword }) =>
        consolePassword
          ? account.given(['mfaEnabled'], ({ mfaEnabled }) =>
              mfaEnabled
                ? pass('it signs in with a password and a second factor')
                : fail('it signs in with a password alone'),
            )
          : pass('it has no password'),
      )
    : noData('the credential report does not name it');
  return all([password, key, ...(more === null ? [] : [noData(more)])]);
}

function takenOn(document: unknown): Finding {
  const trust = trustOf(document);
  if (trust === null) return noData('its trust policy is not understood');
  if (trust.admissions.length === 0) return pass('nobody may take it on');
  const finding = all(trust.admissions.map(admitted));
  return finding.status === 'fail' && trust.denies
    ? noData(`${finding.reason}; it also keeps some out, which is not judged`)
    : finding;
}

function admitted(admission: Admission): Finding {
  const { type, who } = admission;
  if (factorAskedAt(admission)) return pass('whoever takes it on must have shown a second factor');
  if (type === 'Federated')
    return noData(
      `whom ${who} signs in may take it on, and whether that asks for a second factor was not read: hand over its rules for signing in`,
    );
  return fail(
    type === 'Service'
      ? `the service ${who} may take it on, which shows no second factor`
      : `${type === 'everybody' ? 'everybody' : who} may take it on without a second factor`,
  );
}
