import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { signInOf } from './managed.ts';
import { Member } from './member.ts';
import { ownersSight } from './organization.ts';
import { dataset, listing, type Scope } from './scope.ts';

const roles = { admin: 'owner', member: 'member' } as const;
const Role = z.enum(['admin', 'member']);
const Count = z.object({
  data: z.object({ organization: z.object({ membersWithRole: z.object({ totalCount: z.int() }) }) }),
});

const countOf = (value: unknown) =>
  Count.safeParse(value).data?.data.organization.membersWithRole.totalCount ?? null;

const countRequest = ({ organization }: Scope) => ({
  query: 'query ($login: String!) { organization(login: $login) { membersWithRole { totalCount } } }',
  variables: { login: organization },
});

/** Whether the caller sees people at all: without that right GitHub answers listings with an empty one. */
export const membersSight = {
  what: "GraphQL's count of members",
  request: countRequest,
  seen: (value: unknown) => (countOf(value) ?? 0) > 0,
};

/** Members with their role. An item does not say it: its role is that of the listing that it came in. */
export const members = dataset.state({
  id: 'github/members',
  title: 'Members of the organisation',
  docs: 'https://docs.github.com/rest/orgs/members#list-organization-members',
  permissions: ['Organization administration: read', 'Organization members: read'],
  tier: 'insurance-mfa',
  personal: ['account names', 'pictures'],
  speaks: [speaks(Account, ['name', 'root', 'role', 'managed', 'mfaEnabled', 'mfaSecure'], { lists: true })],
  requests: ({ organization }) =>
    Role.options.map((role) => listing('/orgs/{org}/members', { org: organization, role })),
  lists: [
    dataset.list('', Member, ({ id, login }, { url, scope }) => [
      Account.record({
        id: String(id),
        name: login,
        root: false,
        role: roles[Role.parse(new URL(url).searchParams.get('role'))],
        ...signInOf(login, scope),
      }),
    ]),
  ],
  neverEmpty: 'an organisation always has an owner',
  count: { what: membersSight.what, request: countRequest, of: countOf },
  // Listing and count shrink alike for whoever sees public members only.
  probes: [ownersSight],
});
