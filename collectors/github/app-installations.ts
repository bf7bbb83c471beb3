import { z } from 'zod';
import { Application } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, single, type Scope } from './scope.ts';

const path = '/orgs/{org}/installations';
const Installation = z.object({
  id: z.int(),
  app_id: z.int().nullish(),
  app_slug: z.string().nullish(),
  repository_selection: z.enum(['all', 'selected']).nullish(),
  permissions: z.record(z.string(), z.string()).nullish(),
  created_at: z.iso.datetime({ offset: true }).nullish(),
  // Null says that it is not suspended; an answer without it says nothing.
  suspended_at: z.string().nullable().optional(),
});
const Total = z.object({ total_count: z.int() });

const silent = 'GitHub does not tell it';

/** The GitHub Apps that were let into the organisation, and what each may. */
export const appInstallations = dataset.state({
  id: 'github/app-installations',
  title: 'Installed GitHub Apps',
  docs: 'https://docs.github.com/rest/orgs/orgs#list-app-installations-for-an-organization',
  permissions: ['Organization administration: read'],
  personal: [],
  speaks: [
    speaks(Application, ['name', 'program', 'permissions', 'reach', 'grantedAt', 'suspended'], {
      lists: true,
    }),
  ],
  requests: ({ organization }) => [listing(path, { org: organization })],
  lists: [
    dataset.list('/installations', Installation, (item) => [
      Application.record({
        id: String(item.id),
        name: known(item.app_slug, silent),
        program: known(
          item.app_id === null || item.app_id === undefined ? null : String(item.app_id),
          silent,
        ),
        permissions: known(
          item.permissions && Object.entries(item.permissions).map(([what, level]) => `${what}: ${level}`),
          silent,
        ),
        reach: known(item.repository_selection, silent),
        grantedAt: known(item.created_at && new Date(item.created_at).toISOString(), silent),
        suspended: known(item.suspended_at === undefined ? null : item.suspended_at !== null, silent),
      }),
    ]),
  ],
  count: {
    what: "GitHub's count of installations",
    request: ({ organization }: Scope) => single(path, { org: organization, per_page: 1 }),
    of: (value) => Total.safeParse(value).data?.total_count ?? null,
  },
});
