import { Account } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { lacks } from './managed.ts';
import { filterPermissions, Member, ownersOnly } from './member.ts';
import { membersSight } from './members.ts';
import { ownersSight } from './organization.ts';
import { dataset, listing } from './scope.ts';

/** Members who have no second factor at all. Whoever a whole listing leaves out has one. */
export const members2faDisabled = dataset.state({
  id: 'github/members-2fa-disabled',
  title: 'Members without two-factor sign-in',
  docs: 'https://docs.github.com/rest/orgs/members#list-organization-members',
  permissions: filterPermissions,
  tier: 'insurance-mfa',
  personal: ['account names', 'pictures'],
  speaks: [speaks(Account, ['name', 'mfaEnabled'])],
  requests: ({ organization }) => [
    listing('/orgs/{org}/members', { org: organization, filter: '2fa_disabled' }),
  ],
  lists: [
    dataset.list('', Member, ({ id, login }, { scope }) => [
      Account.record({
        id: String(id),
        name: login,
        mfaEnabled: lacks(login, scope),
      }),
    ]),
  ],
  absence: { kind: Account, among: 'github/members', means: { mfaEnabled: true } },
  denied: ownersOnly,
  probes: [ownersSight, membersSight],
});
