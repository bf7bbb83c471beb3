import { z } from 'zod';
import { Group } from '../../evidence-model/kinds.ts';
import { each, speaks } from '../dataset.ts';
import { ownersSight } from './organization.ts';
import { connection, dataset } from './scope.ts';

const Item = z.object({
  databaseId: z.int(),
  slug: z.string().min(1),
  parentTeam: z.object({ databaseId: z.int() }).nullable(),
});
const Total = z.object({
  data: z.object({ organization: z.object({ teams: z.object({ totalCount: z.int() }) }) }),
});

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    teams(first: 100, after: $after) {
      nodes { databaseId slug parentTeam { databaseId } }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** Teams, secret ones too where an owner asks. */
export const teams = dataset.state({
  id: 'github/teams',
  title: 'Teams',
  docs: 'https://docs.github.com/graphql/reference/objects#team',
  permissions: ['Organization administration: read', 'Organization members: read'],
  personal: [],
  speaks: [speaks(Group, ['name', 'parent'], { lists: true })],
  requests: ({ organization }) => [connection('/data/organization/teams', query, { login: organization })],
  lists: [
    dataset.list('/data/organization/teams/nodes', Item, ({ databaseId, slug, parentTeam }) => [
      Group.record({
        id: String(databaseId),
        name: slug,
        parent: parentTeam === null ? 'none' : String(parentTeam.databaseId),
      }),
    ]),
  ],
  count: {
    what: "GraphQL's count of teams",
    request: ({ organization }) => ({
      query: 'query ($login: String!) { organization(login: $login) { teams { totalCount } } }',
      variables: { login: organization },
    }),
    of: (value) => Total.safeParse(value).data?.data.organization.teams.totalCount ?? null,
  },
  // Whoever is no owner is not shown secret teams of others, and the count leaves them out too.
  probes: [ownersSight],
});

export const eachTeam = each(teams, Group, ['name']);
export type OfTeam = Parameters<NonNullable<typeof eachTeam.where>>[0];
