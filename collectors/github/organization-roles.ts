import { z } from 'zod';
import { Role } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks } from '../dataset.ts';
import { dataset, silent, single, timeOf } from './scope.ts';

const Item = z.object({
  id: z.int(),
  name: z.string(),
  source: z.enum(['Organization', 'Enterprise', 'Predefined']).nullish(),
  permissions: z.array(z.string()).nullish(),
  // Null says that it gives nothing of the repositories; an answer without it says nothing.
  base_role: z.string().nullable().optional(),
  created_at: z.iso.datetime({ offset: true }).nullish(),
});
const Total = z.object({ total_count: z.int() });

/** Sets of rights over the organisation, made by GitHub or by the organisation itself, such as security manager. */
export const organizationRoles = dataset.state({
  id: 'github/organization-roles',
  title: 'Organisation roles',
  docs: 'https://docs.github.com/rest/orgs/organization-roles#get-all-organization-roles-for-an-organization',
  permissions: ['Organization custom organization roles: read'],
  personal: [],
  speaks: [speaks(Role, ['name', 'attachedPolicies', 'base', 'builtIn', 'createdAt'], { lists: true })],
  requests: ({ organization }) => [single('/orgs/{org}/organization-roles', { org: organization })],
  lists: [
    dataset.list('/roles', Item, ({ id, name, source, permissions, base_role, created_at }) => [
      Role.record({
        id: String(id),
        name,
        attachedPolicies: known(permissions, silent),
        base: known(base_role === null ? 'none' : base_role, silent),
        builtIn: known(source && source === 'Predefined', silent),
        createdAt: known(timeOf(created_at), silent),
      }),
    ]),
  ],
  neverEmpty: 'GitHub itself makes some',
  count: {
    what: "GitHub's count of roles",
    request: ({ organization }) => single('/orgs/{org}/organization-roles', { org: organization }),
    of: (value) => Total.safeParse(value).data?.total_count ?? null,
  },
});

/** For datasets that ask who holds each role. */
export const eachRole = each(organizationRoles, Role, ['name']);
export type OfRole = Parameters<NonNullable<typeof eachRole.where>>[0];
