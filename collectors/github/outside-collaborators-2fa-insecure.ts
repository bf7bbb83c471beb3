import { Account } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { lacks } from './managed.ts';
import { filterPermissions, Member, ownersOnly } from './member.ts';
import { membersSight } from './members.ts';
import { ownersSight } from './organization.ts';
import { dataset, listing } from './scope.ts';

/** Outside collaborators with a second factor that GitHub calls insecure. It says nothing of those who have none. */
export const outsideCollaborators2faInsecure = dataset.state({
  id: 'github/outside-collaborators-2fa-insecure',
  title: 'Outside collaborators with insecure two-factor sign-in',
  docs: 'https://docs.github.com/rest/orgs/outside-collaborators#list-outside-collaborators-for-an-organization',
  permissions: filterPermissions,
  tier: 'insurance-mfa',
  personal: ['account names', 'pictures'],
  speaks: [speaks(Account, ['name', 'mfaSecure'])],
  requests: ({ organization }) => [
    listing('/orgs/{org}/outside_collaborators', { org: organization, filter: '2fa_insecure' }),
  ],
  lists: [
    dataset.list('', Member, ({ id, login }, { scope }) => [
      Account.record({
        id: String(id),
        name: login,
        mfaSecure: lacks(login, scope),
      }),
    ]),
  ],
  absence: { kind: Account, among: 'github/outside-collaborators', means: { mfaSecure: true } },
  denied: ownersOnly,
  probes: [ownersSight, membersSight],
});
