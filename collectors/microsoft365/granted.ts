import { z } from 'zod';

/** Each claim is read by itself: one that is of no use must not hide the other. */
const names = z.union([z.array(z.string()), z.string().transform((one) => [one])]).catch([]);
const name = z.string().min(1).optional().catch(undefined);
/** https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#payload-claims */
const Claims = z.object({ roles: names, wids: names, appid: name, azp: name });

/** What only reads is called so: https://learn.microsoft.com/graph/permissions-overview#permissions-naming-pattern */
const reads = /^[\w-]+\.Read(?:Basic)?(?:\.|$)/;

/** Directory roles that only read, and what every token names: https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference */
const readers: readonly string[] = [
  'f2ef992c-3afb-46b9-b7cf-a126ee74c451', // Global Reader
  '5d6b6bb7-de71-4623-b4af-96380a352509', // Security Reader
  '88d8e3e3-8f55-4a1e-953a-9b9898b8876b', // Directory Readers
  '0997a1d0-0d1d-4acb-b408-d5ca73121e90', // of applications without a role
  'b79fbf4d-3ef9-4689-8143-76b194e85509', // of whoever belongs to the tenant
];

const silent: z.output<typeof Claims> = { roles: [], wids: [] };

function claimsIn(token: string): z.output<typeof Claims> {
  const [, payload = ''] = token.split('.');
  try {
    const said: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString());
    return Claims.safeParse(said).data ?? silent;
  } catch {
    return silent;
  }
}

/**
 * Of the permissions that a token of an application names, those that let it do more than read. A token that cannot be
 * read names none: what it may do is then only told by what it is refused.
 */
export function beyondReading(token: string): string[] {
  return claimsIn(token)
    .roles.filter((role) => !reads.test(role))
    .sort();
}

/** Of the directory roles that it holds, those that are not known to read only, each by its id. */
export function rolesBeyondReading(token: string): string[] {
  return claimsIn(token)
    .wids.filter((role) => !readers.includes(role.toLowerCase()))
    .map((role) => `directory-role:${role}`)
    .sort();
}

/** The id of the application that a token is for; `null` where it does not say so. */
export function applicationIn(token: string): string | null {
  const { appid, azp } = claimsIn(token);
  return appid ?? azp ?? null;
}
