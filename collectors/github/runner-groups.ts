import { z } from 'zod';
import { RunnerGroup } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent, single } from './scope.ts';

const path = '/orgs/{org}/actions/runner-groups';
const Item = z.object({
  id: z.int(),
  name: z.string(),
  visibility: z.enum(['all', 'selected', 'private']).nullish(),
  allows_public_repositories: z.boolean().nullish(),
});
const Total = z.object({ total_count: z.int() });

/** Which repositories' code may run on the organisation's own machines. */
export const runnerGroups = dataset.state({
  id: 'github/runner-groups',
  title: 'Runner groups',
  docs: 'https://docs.github.com/rest/actions/self-hosted-runner-groups#list-self-hosted-runner-groups-for-an-organization',
  permissions: ['Organization self-hosted runners: read'],
  personal: [],
  speaks: [speaks(RunnerGroup, ['name', 'reach', 'openToPublic'], { lists: true })],
  requests: ({ organization }) => [listing(path, { org: organization })],
  lists: [
    dataset.list('/runner_groups', Item, ({ id, name, visibility, allows_public_repositories }) => [
      RunnerGroup.record({
        id: String(id),
        name,
        reach: known(visibility, silent),
        openToPublic: known(allows_public_repositories, silent),
      }),
    ]),
  ],
  count: {
    what: "GitHub's count of runner groups",
    request: ({ organization }) => single(path, { org: organization, per_page: 1 }),
    of: (value) => Total.safeParse(value).data?.total_count ?? null,
  },
});
