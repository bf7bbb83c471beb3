import { z } from 'zod';

/** The fields of a listed account that are read. Logins are renamed; the number never changes. */
export const Member = z.object({ id: z.int(), login: z.string() });

/** Why the filter for two-factor sign-in is refused with 422: https://docs.github.com/rest/orgs/members#list-organization-members */
export const ownersOnly = ({ status }: { readonly status: number }) => status === 422;

/** What the filters need beyond the permission. GitHub: «only available for organization owners». */
export const filterPermissions = [
  'Organization administration: read',
  'Organization members: read',
  'Organization owner',
];
