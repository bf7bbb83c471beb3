import type { View } from './control.ts';
import { any, fail, pass, type Finding } from './finding.ts';
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
    readonly assignments: readonly View<{ account: string; role: string }>[];
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
    each.given(['account', 'role'], ({ account, role }) =>
      holders.has(account) && !unprivilegedRoles.includes(role)
        ? pass(`it holds the directory role ${role}`)
        : powerless,
    ),
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
