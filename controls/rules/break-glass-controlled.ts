import { z } from 'zod';
import { Account, Domain, Organization, RoleAssignment } from '../../evidence-model/kinds.ts';
import { control, need, type View } from '../control.ts';
import { EmergencyAccounts, globalAdministrator } from '../directory-roles.ts';
import { all, any, fail, noData, pass, unless, type Finding } from '../finding.ts';

/** Methods that nobody can be talked out of, as the registration report calls them. */
const resistant = /^(?:fido2|passkey|windowshelloforbusiness|macossecureenclavekey)/i;

export const breakGlassControlled = control({
  id: 'break-glass-controlled',
  severity: 'high',
  assertion:
    'At each reading, one or two of the accounts that the policy names as those for emergencies were in every connected Microsoft 365 tenant, and each of these was enabled, no guest, made in the cloud, in a domain whose people sign in at Microsoft, held Global Administrator over the whole directory by an active assignment of its own, and had a method set up that resists phishing, by Microsoft’s registration report. Which policies leave it out, whether its use is noticed, and when it was last tried were not judged.',
  board: 'We must not be locked out, nor leave an unwatched master key.',
  remedy:
    'Make two accounts for emergencies in the cloud, each with a security key, and name them in the policy file by id.',
  collectors: ['microsoft365'],
  population: 'connected Microsoft 365 tenants',
  parameters: z.strictObject({ emergencyAccounts: EmergencyAccounts }),
  over: need(Organization, ['name']),
  related: {
    accounts: need(Account, ['name', 'enabled', 'userType', 'synchronized', 'signInMethods']),
    assignments: need(RoleAssignment, ['account', 'role', 'scope']),
    domains: need(Domain, ['signIn']),
  },
  test: (_, { related, open, parameters: { emergencyAccounts } }) => {
    if (emergencyAccounts.length === 0) return noData('the policy names no account for emergencies');
    const found = related('accounts').filter(({ id }) => emergencyAccounts.includes(id));
    if (found.length === 0)
      return unless(open('accounts'), fail('none of the accounts that the policy names is there'));
    const noRole = fail('an emergency account does not hold Global Administrator over the whole directory');
    return all(
      found.flatMap((account) => {
        const holds = related('assignments').map((each) =>
          each.given(['account', 'role', 'scope'], (held) =>
            held.account === account.id && held.role === globalAdministrator && held.scope === '/'
              ? pass(`${account.id} is there as it should be`)
              : noRole,
          ),
        );
        return [unless(open('assignments'), any(holds, noRole)), kept(account, related('domains'))];
      }),
    );
  },
});

interface Kept {
  readonly name: string;
  readonly enabled: boolean;
  readonly userType: string;
  readonly synchronized: boolean;
  readonly signInMethods: readonly string[];
}

function kept(account: View<Kept>, domains: readonly View<{ signIn: string }>[]): Finding {
  const good = pass(`${account.id} is there as it should be`);
  return all([
    account.given(['enabled'], ({ enabled }) =>
      enabled ? good : fail(`sign-in to ${account.id} is blocked`),
    ),
    account.given(['userType'], ({ userType }) =>
      userType === 'guest' ? fail(`${account.id} is a guest`) : good,
    ),
    account.given(['synchronized'], ({ synchronized }) =>
      synchronized ? fail(`${account.id} comes from a directory on premises`) : good,
    ),
    account.given(['signInMethods'], ({ signInMethods }) =>
      signInMethods.some((method) => resistant.test(method))
        ? good
        : fail(`${account.id} has no method set up that resists phishing`),
    ),
    account.given(['name'], ({ name }) => {
      const suffix = name.slice(name.lastIndexOf('@') + 1).toLowerCase();
      const domain = domains.find(({ id }) => id.toLowerCase() === suffix);
      if (!domain) return noData(`where people of ${suffix} sign in is not told`);
      return domain.given(['signIn'], ({ signIn }) =>
        signIn === 'managed' ? good : fail(`${account.id} signs in at another provider, which may be out`),
      );
    }),
  ]);
}
