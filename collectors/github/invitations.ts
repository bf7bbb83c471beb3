import { z } from 'zod';
import { Invitation } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { ownersSight } from './organization.ts';
import { dataset, listing, silent, timeOf } from './scope.ts';

const Item = z.object({
  id: z.int(),
  login: z.string().nullable(),
  role: z.string(),
  created_at: z.iso.datetime({ offset: true }).nullish(),
});

/** Who was asked in and has not come yet. Nobody is in who is only invited. */
export const invitations = dataset.state({
  id: 'github/invitations',
  title: 'Pending invitations',
  docs: 'https://docs.github.com/rest/orgs/members#list-pending-organization-invitations',
  permissions: ['Organization administration: read', 'Organization members: read'],
  personal: ['account names', 'e-mail addresses', 'pictures'],
  speaks: [speaks(Invitation, ['name', 'role', 'invitedAt', 'failedAt'], { lists: true })],
  requests: ({ organization }) => [listing('/orgs/{org}/invitations', { org: organization })],
  lists: [
    dataset.list('', Item, ({ id, login, role, created_at }) => [
      Invitation.record({
        id: String(id),
        name: login ?? 'by e-mail',
        role,
        invitedAt: known(timeOf(created_at), silent),
        failedAt: 'never',
      }),
    ]),
  ],
  probes: [ownersSight],
});
