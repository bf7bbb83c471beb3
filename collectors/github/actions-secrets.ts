import { z } from 'zod';
import { Credential } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent, single, timeOf } from './scope.ts';

const path = '/orgs/{org}/actions/secrets';
const Item = z.object({
  name: z.string(),
  created_at: z.iso.datetime({ offset: true }).nullish(),
  updated_at: z.iso.datetime({ offset: true }).nullish(),
  visibility: z.enum(['all', 'private', 'selected']).nullish(),
});
const Total = z.object({ total_count: z.int() });

/** Names and ages of what the organisation gives its pipelines to sign in elsewhere. GitHub never gives the values. */
export const actionsSecrets = dataset.state({
  id: 'github/actions-secrets',
  title: 'Names of secrets of GitHub Actions',
  docs: 'https://docs.github.com/rest/actions/secrets#list-organization-secrets',
  permissions: ['Organization secrets: read'],
  personal: [],
  speaks: [
    speaks(Credential, ['name', 'type', 'active', 'reach', 'createdAt', 'rotatedAt'], { lists: true }),
  ],
  requests: ({ organization }) => [listing(path, { org: organization })],
  lists: [
    dataset.list('/secrets', Item, ({ name, created_at, updated_at, visibility }) => [
      Credential.record({
        id: `actions:${name}`,
        name,
        type: 'stored-secret',
        active: true,
        reach: known(visibility, silent),
        createdAt: known(timeOf(created_at), silent),
        rotatedAt: known(timeOf(updated_at), silent),
      }),
    ]),
  ],
  count: {
    what: "GitHub's count of secrets",
    request: ({ organization }) => single(path, { org: organization, per_page: 1 }),
    of: (value) => Total.safeParse(value).data?.total_count ?? null,
  },
});
