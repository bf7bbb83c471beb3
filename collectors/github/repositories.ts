import { z } from 'zod';
import { Repository } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks } from '../dataset.ts';
import { isOf, organizationRequest } from './organization.ts';
import { dataset, listing, timeOf } from './scope.ts';

const Switch = z.object({ status: z.string() }).nullish();
const Item = z.object({
  id: z.int(),
  full_name: z.string(),
  visibility: z.enum(['public', 'internal', 'private']).nullish(),
  private: z.boolean(),
  archived: z.boolean().nullish(),
  default_branch: z.string().nullish(),
  created_at: z.iso.datetime({ offset: true }).nullish(),
  permissions: z.object({ admin: z.boolean() }).nullish(),
  security_and_analysis: z
    .object({ secret_scanning: Switch, secret_scanning_push_protection: Switch })
    .nullish(),
});
const Totals = z.object({ public_repos: z.int(), total_private_repos: z.int() });

/** A token that was given some repositories lists those and says nothing of the others; the organisation counts all. */
export const repositoriesTotal = {
  what: "the organisation's count of its repositories",
  request: organizationRequest,
  of: (value: unknown) => {
    const totals = Totals.safeParse(value).data;
    return totals ? totals.public_repos + totals.total_private_repos : null;
  },
};

const unsaid = (field: string) => `GitHub leaves ${field} out`;
const hidden =
  'GitHub shows which scanners are on only to administrators of the repository (grant: Repository administration: read)';
const states: Readonly<Record<string, boolean>> = { enabled: true, disabled: false };
const on = (value: z.output<typeof Switch>) => known(states[value?.status ?? ''], hidden);

/** Every repository of the organisation, archived ones too. */
export const repositories = dataset.state({
  id: 'github/repositories',
  title: 'Repositories',
  docs: 'https://docs.github.com/rest/repos/repos#list-organization-repositories',
  permissions: ['Organization administration: read', 'Repository metadata: read'],
  personal: [],
  speaks: [
    speaks(
      Repository,
      [
        ...(['name', 'visibility', 'archived', 'defaultBranch', 'administered'] as const),
        ...(['createdAt', 'secretScanning', 'pushProtection'] as const),
      ],
      { lists: true },
    ),
  ],
  requests: ({ organization }) => [listing('/orgs/{org}/repos', { org: organization, type: 'all' })],
  lists: [
    dataset.list('', Item, (item, { scope }) => {
      if (!isOf(item.full_name.split('/')[0] ?? '', scope))
        throw new Error('it is a repository of somebody else');
      return [
        Repository.record({
          id: String(item.id),
          name: item.full_name,
          visibility: known(item.visibility, unsaid('visibility')),
          archived: known(item.archived, unsaid('archived')),
          defaultBranch: known(item.default_branch, unsaid('default_branch')),
          createdAt: known(timeOf(item.created_at), unsaid('created_at')),
          administered: known(item.permissions?.admin, unsaid('permissions')),
          secretScanning: on(item.security_and_analysis?.secret_scanning),
          pushProtection: on(item.security_and_analysis?.secret_scanning_push_protection),
        }),
      ];
    }),
  ],
  count: repositoriesTotal,
});

/** For datasets that ask about every repository, archived ones too. */
export const eachRepository = each(repositories, Repository, ['name']);
export type OfAnyRepository = Parameters<NonNullable<typeof eachRepository.where>>[0];

/** For datasets that ask about the default branch of each repository that can still change. */
export const liveRepositories = each(
  repositories,
  Repository,
  ['name', 'defaultBranch', 'archived', 'administered'],
  ({ archived }) => !archived,
);

/** Owner and name of a repository, as paths want them. */
export function ownerAndName({ name }: { readonly name: string }) {
  const [owner = '', repo = ''] = name.split('/');
  return { owner, repo };
}

/** And its default branch. */
export function placeOf({ name, defaultBranch }: { readonly name: string; readonly defaultBranch: string }) {
  return { ...ownerAndName({ name }), branch: defaultBranch };
}

/** For logs: what happened while a repository was not archived yet happened all the same. */
export const eachDefaultBranch = each(repositories, Repository, ['name', 'defaultBranch']);
export type OfDefaultBranch = Parameters<NonNullable<typeof eachDefaultBranch.where>>[0];

export type OfRepository = Parameters<NonNullable<typeof liveRepositories.where>>[0];
