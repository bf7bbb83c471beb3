import { Account } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { lacks } from './managed.ts';
import { filterPermissions, Member, ownersOnly } from './member.ts';
import { membersSight } from './members.ts';
import { ownersSight } from './organization.ts';
import { dataset, listing } from './scope.ts';

/** Outside collaborators who have no second factor at all. Whoever a whole listing leaves out has one. */
export const outsideCollaborators2faDisabled = dataset.state({
  id: 'github/outside-collaborators-2fa-disabled',
  title: 'Outside collaborators without two-factor sign-in',
  docs: 'https://docs.github.com/rest/orgs/outside-collaborators#list-outside-collaborators-for-an-organization',
  permissions: filterPermissions,
  tier: 'insurance-mfa',
  personal: ['account names', 'pictures'],
  speaks: [speaks(Account, ['name', 'mfaEnabled'])],
  requests: ({ organization }) => [
    listing('/orgs/{org}/outside_collaborators', { org: organization, filter: '2fa_disabled' }),
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
  absence: { kind: Account, among: 'github/outside-collaborators', means: { mfaEnabled: true } },
  denied: ownersOnly,
  probes: [ownersSight, membersSight],
});
