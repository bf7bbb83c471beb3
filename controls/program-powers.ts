import type { View } from './control.ts';
import { any, fail, noData, pass, type Finding } from './finding.ts';
import { isPowerful } from './program-permissions.ts';
import { told } from './told.ts';

interface Grant {
  readonly way: string;
  readonly permissions: readonly string[];
}

/**
 * By what a program is powerful: a pass that says it, a failure where nothing of what is known makes it so. Every
 * assignment of a role, and the grants and memberships of the program alone, are looked at.
 */
export function powersOf(
  id: string,
  {
    assignments,
    memberships,
    grants,
    unprivilegedRoles,
    ways,
  }: {
    readonly assignments: readonly View<{ account: string; accountType: string; role: string }>[];
    readonly memberships: readonly View<{ group: string }>[];
    readonly grants: readonly View<Grant>[];
    readonly unprivilegedRoles: readonly string[];
    /** Ways of holding a permission that count. */
    readonly ways: readonly string[];
  },
): Finding {
  const { known, untold } = told(memberships, ['group']);
  const holders = new Set([id, ...known.map(({ group }) => group)]);
  const roles = assignments.map((each) =>
    each.given(['account', 'accountType', 'role'], ({ account, accountType, role }) => {
      if (unprivilegedRoles.includes(role)) return powerless;
      if (holders.has(account)) return pass(`it holds the directory role ${role}`);
      return accountType === 'group' ? silent(account, role) : powerless;
    }),
  );
  const permissions = grants.map((each) =>
    each.given(['way'], ({ way }) =>
      ways.includes(way)
        ? each.given(['permissions'], (held) => {
            const powerful = held.permissions.filter(isPowerful);
            return powerful.length > 0 ? pass(`it may ${powerful.join(', ')}`) : powerless;
          })
        : powerless,
    ),
  );
  return any([...roles, ...permissions, ...(untold ? [untold] : [])], powerless);
}

const powerless = fail(
  'it holds no role and no permission that changes something or reads what people wrote',
);

/**
 * Graph lists who is in a group and leaves programs out, so that silence is no answer:
 * https://learn.microsoft.com/graph/known-issues#get-groupsidmembers-doesnt-return-service-principals-in-v10
 */
export function silent(group: string, role: string): Finding {
  return noData(
    `the group ${group} holds the directory role ${role}, and whether the program is in it Microsoft Graph does not tell`,
  );
}
