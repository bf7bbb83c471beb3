import { z } from 'zod';
import { Deployment } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, within, type Reading } from '../dataset.ts';
import { accountOf, Actor, actorFields } from './actor.ts';
import { eachEnvironment, type OfEnvironment } from './environments.ts';
import { connection, dataset, silent, timeOf, type Scope } from './scope.ts';

const Item = z.object({
  // Its number is larger than GraphQL's integers can be.
  id: z.string().min(1),
  commitOid: z.string().min(1),
  createdAt: z.iso.datetime({ offset: true }),
  creator: Actor,
  state: z.string().nullish(),
});

const query = `query ($owner: String!, $repo: String!, $environment: String!, $after: String) {
  repository(owner: $owner, name: $repo) {
    deployments(first: 100, after: $after, environments: [$environment], orderBy: { field: CREATED_AT, direction: DESC }) {
      nodes { id commitOid createdAt creator { ${actorFields} } state }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** What was delivered where, by whom, and what had become of it when it was read. */
export const deployments = dataset.log<OfEnvironment>({
  id: 'github/deployments',
  title: 'Deployments',
  docs: 'https://docs.github.com/graphql/reference/objects#deployment',
  permissions: ['Repository deployments: read', 'Repository metadata: read'],
  personal: [],
  // Deployments to an environment that was deleted before it was read are not among them.
  speaks: [speaks(Deployment, ['environment', 'at', 'commit', 'actor', 'state'])],
  each: eachEnvironment,
  // It costs a request for each environment.
  cadence: 'weekly',
  // GitHub forgets none; how far back a first reading goes is ours.
  memoryDays: 30,
  settleMinutes: 60,
  requests: (_, { place, name }, { from }) => {
    const [owner = '', repo = ''] = place.split('/');
    const until = { field: 'createdAt', before: from };
    return [connection('/data/repository/deployments', query, { owner, repo, environment: name }, { until })];
  },
  lists: [
    dataset.list(
      '/data/repository/deployments/nodes',
      Item,
      (item, reading: Reading<Scope, OfEnvironment>) => {
        if (!within(item.createdAt, reading)) return [];
        return [
          Deployment.record({
            id: item.id,
            environment: reading.parent.id,
            at: timeOf(item.createdAt),
            commit: item.commitOid,
            actor: accountOf(item.creator),
            state: known(item.state?.toLowerCase(), silent),
          }),
        ];
      },
    ),
  ],
});
