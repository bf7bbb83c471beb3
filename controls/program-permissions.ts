/** Words by which names of permissions say that they change something, or do whatever somebody may. */
const changes =
  /write|fullcontrol|full_access|manage(?!ment|d)|send|accessasuser|impersonation|invite|create|delete|update|upload|privilegedoperations|initiate/i;
/** What people wrote, said and keep, and keys to their devices, as names of permissions begin. */
const content =
  /^(?:mail|files|myfiles|sites|allsites|calendars|contacts|chat|channelmessage|notes|onlinemeeting|ediscovery|bitlockerkey\.read\.all)/i;

/** What only reads is called so. */
const reads = /^[\w-]+\.Read(?:Basic)?(?:\.|$)/;
/** Who is signed in, and that this may last: https://learn.microsoft.com/entra/identity-platform/scopes-oidc#openid-connect-scopes */
const signingIn: readonly string[] = ['openid', 'profile', 'email', 'offline_access'];
/** What is called to manage everything, and lets do what other rights let, which may be to read. */
const asRolesSay: readonly string[] = ['Exchange.ManageAsApp'];

/** Whether a permission of Microsoft 365 only reads or changes something, where its name says either. */
export function sortOf(permission: string): 'reads' | 'changes' | 'unknown' {
  if (signingIn.includes(permission)) return 'reads';
  if (asRolesSay.includes(permission)) return 'unknown';
  if (changes.test(permission)) return 'changes';
  return reads.test(permission) ? 'reads' : 'unknown';
}

/**
 * Whether a permission of Microsoft 365 changes something or reads what people wrote, as far as its name says so. Names
 * follow a pattern: https://learn.microsoft.com/graph/permissions-overview#permissions-naming-pattern
 */
export function isPowerful(permission: string): boolean {
  return changes.test(permission) || content.test(permission);
}
