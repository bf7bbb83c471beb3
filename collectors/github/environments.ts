import { z } from 'zod';
import { Environment, Repository } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks } from '../dataset.ts';
import { repositoriesTotal } from './repositories.ts';
import { connection, dataset, part, silent, wholeOf } from './scope.ts';

const Item = z.object({
  databaseId: z.int(),
  nameWithOwner: z.string(),
  environments: part(
    z.object({
      // Numbers of environments and deployments are larger than GraphQL's integers can be.
      id: z.string().min(1),
      name: z.string(),
      protectionRules: part(z.object({ type: z.string(), preventSelfReview: z.boolean().nullish() })),
    }),
  ),
});

const query = `query ($login: String!, $after: String) {
  organization(login: $login) {
    repositories(first: 50, after: $after) {
      nodes {
        databaseId
        nameWithOwner
        environments(first: 50) {
          nodes {
            id
            name
            protectionRules(first: 10) {
              nodes { type preventSelfReview }
              pageInfo { hasNextPage }
            }
          }
          pageInfo { hasNextPage }
        }
      }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** Places that software is delivered to, and whether somebody must approve each delivery. */
export const environments = dataset.state({
  id: 'github/environments',
  title: 'Environments',
  docs: 'https://docs.github.com/graphql/reference/objects#environment',
  permissions: ['Organization administration: read', 'Repository actions: read', 'Repository metadata: read'],
  personal: [],
  speaks: [
    speaks(Repository, []),
    speaks(Environment, ['repository', 'place', 'name', 'approvalRequired', 'selfApprovalRefused'], {
      lists: true,
    }),
  ],
  requests: ({ organization }) => [
    connection('/data/organization/repositories', query, { login: organization }),
  ],
  lists: [
    dataset.list('/data/organization/repositories/nodes', Item, (item) => [
      Repository.record({ id: String(item.databaseId) }),
      ...wholeOf('environments', item.environments).map(({ id, name, protectionRules }) => {
        const approvals = wholeOf('protection rules', protectionRules).filter(
          ({ type }) => type === 'REQUIRED_REVIEWERS',
        );
        const [approval] = approvals;
        return Environment.record({
          id,
          repository: String(item.databaseId),
          place: item.nameWithOwner,
          name,
          approvalRequired: approval !== undefined,
          selfApprovalRefused: approval === undefined ? false : known(approval.preventSelfReview, silent),
        });
      }),
    ]),
  ],
  count: repositoriesTotal,
});

export const eachEnvironment = each(environments, Environment, ['place', 'name']);
export type OfEnvironment = Parameters<NonNullable<typeof eachEnvironment.where>>[0];
