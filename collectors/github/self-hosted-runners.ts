import { z } from 'zod';
import { Runner } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent, single } from './scope.ts';

const path = '/orgs/{org}/actions/runners';
const Item = z.object({
  id: z.int(),
  name: z.string(),
  os: z.string().nullish(),
  status: z.enum(['online', 'offline']).nullish(),
  ephemeral: z.boolean().nullish(),
});
const Total = z.object({ total_count: z.int() });

/** Machines of the organisation's own on which GitHub Actions run. */
export const selfHostedRunners = dataset.state({
  id: 'github/self-hosted-runners',
  title: 'Self-hosted runners',
  docs: 'https://docs.github.com/rest/actions/self-hosted-runners#list-self-hosted-runners-for-an-organization',
  permissions: ['Organization self-hosted runners: read'],
  personal: [],
  speaks: [speaks(Runner, ['name', 'system', 'online', 'ephemeral'], { lists: true })],
  requests: ({ organization }) => [listing(path, { org: organization })],
  lists: [
    dataset.list('/runners', Item, ({ id, name, os, status, ephemeral }) => [
      Runner.record({
        id: String(id),
        name,
        system: known(os, silent),
        online: known(status && status === 'online', silent),
        ephemeral: known(ephemeral, silent),
      }),
    ]),
  ],
  count: {
    what: "GitHub's count of runners",
    request: ({ organization }) => single(path, { org: organization, per_page: 1 }),
    of: (value) => Total.safeParse(value).data?.total_count ?? null,
  },
});
