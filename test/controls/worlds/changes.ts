import type { Told } from '../support.ts';

/** The thirty days before the readings, and when they end. */
export const lastDays = { from: '2026-05-31T02:30:00.000Z', to: '2026-06-30T02:30:00.000Z' };
export const wholly = { to: lastDays.to, covered: [lastDays] };

type Fields = Readonly<Record<string, unknown>>;

/** What was changed in a GitHub organisation with one repository, all of it in good order. */
export function changes({
  change = {},
  update = {},
  repository = {},
  log = wholly,
}: {
  change?: Fields;
  update?: Fields;
  repository?: Fields;
  log?: NonNullable<Told['log']>;
} = {}): Told[] {
  return [
    {
      dataset: 'github/repositories',
      kinds: { repository: { speaks: ['name', 'archived', 'defaultBranch'], lists: true } },
      records: [
        {
          kind: 'repository',
          id: '20',
          name: 'larkspur/app',
          archived: false,
          defaultBranch: 'main',
          ...repository,
        },
      ],
    },
    {
      dataset: 'github/merged-pull-requests',
      kinds: {
        'pull-request': {
          speaks: ['repository', 'branch', 'mergedAt', 'author', 'authorIsProgram', 'approvers'],
          lists: true,
        },
      },
      partitions: { '20': 'complete' },
      log,
      records: [
        {
          kind: 'pull-request',
          id: '20:7',
          partition: '20',
          repository: '20',
          branch: 'main',
          mergedAt: '2026-06-20T10:00:00.000Z',
          author: '10',
          authorIsProgram: false,
          approvers: ['11'],
          ...change,
        },
      ],
    },
    {
      dataset: 'github/branch-updates',
      kinds: {
        'branch-update': {
          speaks: ['repository', 'branch', 'at', 'actor', 'byProgram', 'way', 'before', 'after'],
          lists: true,
        },
      },
      partitions: { '20': 'complete' },
      log,
      records: [
        {
          kind: 'branch-update',
          id: '900',
          partition: '20',
          repository: '20',
          branch: 'main',
          at: '2026-06-20T10:00:00.000Z',
          actor: '10',
          byProgram: false,
          way: 'pull-request',
          before: 'a',
          after: 'b',
          ...update,
        },
      ],
    },
  ];
}
