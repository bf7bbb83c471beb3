import { Account } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { signInOf } from './managed.ts';
import { Member } from './member.ts';
import { membersSight } from './members.ts';
import { ownersSight } from './organization.ts';
import { dataset, listing } from './scope.ts';

/** People who are no members and may work in some repository. There may be none. */
export const outsideCollaborators = dataset.state({
  id: 'github/outside-collaborators',
  title: 'Outside collaborators',
  docs: 'https://docs.github.com/rest/orgs/outside-collaborators#list-outside-collaborators-for-an-organization',
  permissions: ['Organization administration: read', 'Organization members: read'],
  tier: 'insurance-mfa',
  personal: ['account names', 'pictures'],
  speaks: [speaks(Account, ['name', 'root', 'role', 'managed', 'mfaEnabled', 'mfaSecure'], { lists: true })],
  requests: ({ organization }) => [listing('/orgs/{org}/outside_collaborators', { org: organization })],
  lists: [
    dataset.list('', Member, ({ id, login }, { scope }) => [
      Account.record({
        id: String(id),
        name: login,
        root: false,
        role: 'outside-collaborator',
        ...signInOf(login, scope),
      }),
    ]),
  ],
  // There is no count of them. A caller without rights is answered with an empty list, so the right must be shown.
  probes: [ownersSight, membersSight],
});
