import { Account } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { lacks } from './managed.ts';
import { filterPermissions, Member, ownersOnly } from './member.ts';
import { membersSight } from './members.ts';
import { ownersSight } from './organization.ts';
import { dataset, listing } from './scope.ts';

/** Members with a second factor that GitHub calls insecure, such as SMS. It says nothing of those who have none. */
export const members2faInsecure = dataset.state({
  id: 'github/members-2fa-insecure',
  title: 'Members with insecure two-factor sign-in',
  docs: 'https://docs.github.com/rest/orgs/members#list-organization-members',
  permissions: filterPermissions,
  tier: 'insurance-mfa',
  personal: ['account names', 'pictures'],
  speaks: [speaks(Account, ['name', 'mfaSecure'])],
  requests: ({ organization }) => [
    listing('/orgs/{org}/members', { org: organization, filter: '2fa_insecure' }),
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
  absence: { kind: Account, among: 'github/members', means: { mfaSecure: true } },
  denied: ownersOnly,
  probes: [ownersSight, membersSight],
});
