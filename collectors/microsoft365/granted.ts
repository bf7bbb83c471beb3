import { z } from 'zod';

/** https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference#payload-claims */
const Claims = z.object({ roles: z.array(z.string()) });

/** What only reads is called so: https://learn.microsoft.com/graph/permissions-overview#permissions-naming-pattern */
const reads = /^[\w-]+\.Read(?:Basic)?(?:\.|$)/;

/**
 * Of the permissions that a token of an application names, those that let it do more than read. A token that cannot be
 * read names none: what it may do is then only told by what it is refused.
 */
export function beyondReading(token: string): string[] {
  const [, payload = ''] = token.split('.');
  let claims: unknown;
  try {
    claims = JSON.parse(Buffer.from(payload, 'base64url').toString());
  } catch {
    return [];
  }
  return (Claims.safeParse(claims).data?.roles ?? []).filter((role) => !reads.test(role)).sort();
}
