import { z } from 'zod';
import { Account, EffectiveMembership, Group, Licence, RoleAssignment } from '../../evidence-model/kinds.ts';
import { control, need, type View } from '../control.ts';
import { UnprivilegedRoles } from '../directory-roles.ts';
import { all, fail, noData, pass, type Finding } from '../finding.ts';
import { GroupMembers } from '../group-members.ts';
import { givesMailbox } from '../licences.ts';
import { administratorsBy } from '../administrators-by.ts';

export const adminSeparateAccountsM365 = control({
  id: 'admin-separate-accounts-m365',
  severity: 'high',
  assertion:
    'At each reading, no user account of a connected Microsoft 365 tenant that held a directory role by active assignment, its own or that of a group that it is in, other than those that the policy names as unprivileged (five that only read, unless the policy says otherwise), came from a directory on premises or had a licence with a mailbox. Whether whoever uses it has another account for daily work, mailboxes without a licence, and who may take on a role were not judged.',
  board: 'A phishing mail opened in daily work should not hit an administrator.',
  remedy: 'Give each administrator a second account in the cloud, without a mailbox, for that work alone.',
  collectors: ['microsoft365'],
  population: 'active assignments of directory roles in connected Microsoft 365 tenants',
  parameters: z.strictObject({ unprivilegedRoles: UnprivilegedRoles }),
  over: need(RoleAssignment, ['account', 'accountType', 'role']),
  related: {
    accounts: need(Account, ['synchronized', 'licences']),
    licences: need(Licence, ['plans']),
    // What is read of each group is due for everybody: who is in one holds what it holds.
    groups: need(Group, ['assignableToRoles']),
    memberships: need(EffectiveMembership, ['group', 'account', 'accountType']),
  },
  test: (assignment, { related, open, parameters: { unprivilegedRoles } }) =>
    assignment.given(['account', 'accountType', 'role'], (held) => {
      const groups = () => new GroupMembers(related('memberships'), open('memberships'));
      const people = administratorsBy(held, unprivilegedRoles, groups);
      if ('status' in people) return people;
      const accounts = related('accounts').filter(({ id }) => people.has(id));
      return all(
        [...people].map((id) => {
          const account = accounts.find((each) => each.id === id);
          return account
            ? separate(account, related('licences'))
            : noData(`${id} holds the role, and the list of users does not name it`);
        }),
      );
    }),
});

interface Origin {
  readonly synchronized: boolean;
  readonly licences: readonly { readonly licence: string; readonly off: readonly string[] }[];
}

function separate(account: View<Origin>, bought: readonly View<{ plans: readonly string[] }>[]): Finding {
  return all([
    account.given(['synchronized'], ({ synchronized }) =>
      synchronized
        ? fail(`${account.id}, who holds the role, comes from a directory on premises`)
        : pass(`${account.id}, who holds the role, was made in the cloud and has no licence with a mailbox`),
    ),
    account.given(['licences'], ({ licences }) =>
      all([
        pass(`${account.id}, who holds the role, was made in the cloud and has no licence with a mailbox`),
        ...licences.map(({ licence, off }) => {
          const found = bought.find(({ id }) => id === licence);
          if (!found)
            return noData(`the licence ${licence} of ${account.id} is not among those of the tenant`);
          return found.given(['plans'], ({ plans }) => {
            const mailbox = plans.find((plan) => givesMailbox(plan, off));
            return mailbox === undefined
              ? pass('')
              : fail(`${account.id}, who holds the role, has a licence with a mailbox (${mailbox})`);
          });
        }),
      ]),
    ),
  ]);
}
