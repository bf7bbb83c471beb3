import { z } from 'zod';
import {
  Account,
  BackupVault,
  Credential,
  Principal,
  PrincipalPower,
  RoleTrust,
} from '../../evidence-model/kinds.ts';
import { control, need, type Context, type View } from '../control.ts';
import { all, any, fail, noData, notApplicable, pass, type Finding } from '../finding.ts';
import { matches } from '../pattern.ts';
import { isForServices, isNamedForService, trustOf, type Admission } from '../role-trust.ts';
import { factorAskedAt } from '../second-factor-conditions.ts';
import { told } from '../told.ts';

export const mfaBackupAdmins = control({
  id: 'mfa-backup-admins',
  severity: 'high',
  assertion:
    'At each reading, in every connected AWS account with a vault of AWS Backup from which copies could be deleted before their time, every IAM user and role that its policies, those of its groups and its boundary let delete copies or end the time for which these are kept, or that is an administrator in one of the known ways, or that could take on such a role of the account, directly or by way of others, could do so with a second factor alone: its policies, or the roles on the way, asked for one; or it was a user that signs in with a password and a second factor and has no active access key or certificate; or a role that lets in such users and roles alone, or those who have shown one. Roles that AWS made for services of its own and programs that the policy names are left out. The root user, copies outside AWS Backup, and roles of accounts that are not connected, were not looked at.',
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
  over: need(Principal, ['type']),
  related: {
    vaults: need(BackupVault, ['copies', 'locked', 'lockFinalAt'], { cloudAccount: 'cloudAccount' }),
    powers: need(PrincipalPower, ['deletesCopies', 'deletesCopiesBy'], 'id'),
    trusts: need(RoleTrust, ['document'], 'id'),
    accounts: need(Account, ['mfaEnabled', 'consolePassword'], 'id'),
    keys: need(Credential, ['type', 'active'], 'account'),
  },
  test: (principal, { asOf, related, open, parameters: { programs } }) => {
    const exposed = related('vaults').map((vault) => locked(vault, asOf));
    // Where every vault is known to be locked or empty, nobody can delete anything.
    const safe = all([pass('no copy in its account can be deleted before its time'), ...exposed]);
    if (safe.status === 'pass' && open('vaults') === null) return notApplicable(safe.reason);
    const trusts = told(related('trusts'), ['document']);
    const trust = trusts.known[0]?.document;
    if (isNamedForService(principal.id) && trust !== undefined && isForServices(trust))
      return notApplicable('AWS made it for a service of its own, which alone may take it on');
    const [power] = related('powers');
    if (!power) return noData('what it holds was not in the answer');
    return power.given(['deletesCopies', 'deletesCopiesBy'], ({ deletesCopies, deletesCopiesBy: by }) => {
      if (deletesCopies === 'no') return notApplicable(by);
      if (deletesCopies === 'with-second-factor') return pass(by);
      if (programs.some((pattern) => matches(pattern, principal.id)))
        return notApplicable('the policy names it as a program that may delete copies');
      // That a vault is not locked must be known before anybody is blamed for it.
      if (safe.status !== 'fail') return safe.status === 'pass' ? noData(open('vaults') ?? '') : safe;
      return principal.given(['type'], ({ type }) => {
        const way = new WaysIn(related, open).into(principal.id, type);
        return way.status === 'fail' ? fail(`${by}, and ${way.reason}`) : way;
      });
    });
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

interface Related {
  readonly trusts: { readonly document: unknown };
  readonly accounts: { readonly mfaEnabled: boolean; readonly consolePassword: boolean };
  readonly keys: { readonly type: string; readonly active: boolean };
}

/** Whether whoever comes to be a user or role has shown a second factor, there or on the way. */
class WaysIn {
  readonly #related: Context<Related>['related'];
  readonly #open: Context<Related>['open'];
  /** A way that leads back to where it was lets nobody in. */
  readonly #passed = new Set<string>();

  constructor(related: Context<Related>['related'], open: Context<Related>['open']) {
    this.#related = related;
    this.#open = open;
  }

  into(arn: string, type: 'user' | 'role'): Finding {
    return type === 'user' ? this.#signingIn(arn) : this.#takingOn(arn);
  }

  #signingIn(arn: string): Finding {
    const keys = this.#related('keys', arn).map((each) =>
      each.given(['type', 'active'], ({ type, active }) =>
        active
          ? fail(`it has an active ${type.replace('-', ' ')}, which asks for no second factor`)
          : pass('it has no active key or certificate'),
      ),
    );
    const [account] = this.#related('accounts', arn);
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
    const more = this.#open('keys');
    return all([
      password,
      pass('it has no active key or certificate'),
      ...keys,
      ...(more === null ? [] : [noData(more)]),
    ]);
  }

  #takingOn(arn: string): Finding {
    this.#passed.add(arn);
    const { known, untold } = told(this.#related('trusts', arn), ['document']);
    const [first] = known;
    if (!first) return untold ?? noData('who may take it on was not in the answer');
    const trust = trustOf(first.document);
    if (trust === null) return noData('its trust policy is not understood');
    if (trust.admissions.length === 0) return pass('nobody may take it on');
    const finding = all(trust.admissions.map((each) => this.#admitted(each)));
    return finding.status === 'fail' && trust.denies
      ? noData(`${finding.reason}; it also keeps some out, which is not judged`)
      : finding;
  }

  #admitted(admission: Admission): Finding {
    const { type, who } = admission;
    if (factorAskedAt(admission)) return pass('whoever takes it on must have shown a second factor');
    if (type === 'Federated')
      return noData(
        `whom ${who} signs in may take it on, and whether that asks for a second factor was not read: hand over its rules for signing in`,
      );
    const [, sort] = type === 'AWS' ? (/^arn:[^:]+:iam::\d{12}:(user|role)\//.exec(who) ?? []) : [];
    if (sort !== 'user' && sort !== 'role')
      return fail(
        type === 'Service'
          ? `the service ${who} may take it on, which shows no second factor`
          : `${type === 'everybody' ? 'everybody' : who} may take it on without a second factor`,
      );
    if (this.#passed.has(who)) return pass(`${who} is no way in of its own`);
    const way = this.into(who, sort);
    return way.status === 'fail' ? fail(`${who} may take it on, and ${way.reason}`) : way;
  }
}
