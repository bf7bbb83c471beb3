/** Words by which names of permissions say that they change something, or do whatever somebody may. */
const changes =
  /write|fullcontrol|full_access|manage(?!ment|d)|send|accessasuser|impersonation|invite|create|delete|update|upload|privilegedoperations|initiate/i;
/** What people wrote, said and keep, and keys to their devices, as names of permissions begin. */
const content =
  /^(?:mail|files|myfiles|sites|allsites|calendars|contacts|chat|channelmessage|notes|onlinemeeting|ediscovery|bitlockerkey\.read\.all)/i;

/**
 * Whether a permission of Microsoft 365 changes something or reads what people wrote, as far as its name says so. Names
 * follow a pattern: https://learn.microsoft.com/graph/permissions-overview#permissions-naming-pattern
 */
export function isPowerful(permission: string): boolean {
  return changes.test(permission) || content.test(permission);
}
