import { z } from 'zod';
import { Invitation } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent, timeOf } from './scope.ts';

const Item = z.object({
  id: z.int(),
  owner: z.object({ login: z.string() }),
  created_at: z.iso.datetime({ offset: true }).nullish(),
});

/** Fine-grained tokens of people that wait to be let into the organisation. GitHub lists them to Apps only. */
export const personalAccessTokenRequests = dataset.state({
  id: 'github/personal-access-token-requests',
  title: 'Requests for fine-grained tokens',
  docs: 'https://docs.github.com/rest/orgs/personal-access-tokens#list-requests-to-access-organization-resources-with-fine-grained-personal-access-tokens',
  permissions: ['Organization personal access token requests: read, by a GitHub App'],
  tier: 'full',
  personal: ['account names', 'pictures', 'times of use'],
  speaks: [speaks(Invitation, ['name', 'role', 'invitedAt', 'failedAt'], { lists: true })],
  // Why somebody asks is free text.
  secrets: ['/*/reason'],
  requests: ({ organization }) => [
    listing('/orgs/{org}/personal-access-token-requests', { org: organization }),
  ],
  lists: [
    dataset.list('', Item, ({ id, owner, created_at }) => [
      Invitation.record({
        id: `token:${id}`,
        name: owner.login,
        role: 'fine-grained token',
        invitedAt: known(timeOf(created_at), silent),
        failedAt: 'never',
      }),
    ]),
  ],
});
