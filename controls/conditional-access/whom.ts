import { isId, lower, type Account, type Policy } from './model.ts';

/** `null` is what is not known. */
type Truth = boolean | null;

/** Whether a policy is about an account, and if that is not known, why. */
export interface Reach {
  readonly is: Truth;
  readonly why: string | null;
}

/** Prepares a policy for being held against many accounts. */
export function whom(policy: Policy): (account: Account) => Reach {
  const included = side(
    policy.includeUsers,
    policy.includeGroups,
    policy.includeRoles,
    policy.includeGuests,
    'takes in',
  );
  const excluded = side(
    policy.excludeUsers,
    policy.excludeGroups,
    policy.excludeRoles,
    policy.excludeGuests,
    'leaves out',
  );
  return (account) => {
    const out = excluded(account);
    if (out.is === true) return { is: false, why: null };
    const within = included(account);
    if (within.is === false) return { is: false, why: null };
    if (within.is === true && out.is === false) return { is: true, why: null };
    return { is: null, why: [within.why, out.why].filter((why) => why !== null).join('; ') };
  };
}

type Guests = Policy['includeGuests'];

/**
 * All guests in the word of old, and who else may be meant by it: https://learn.microsoft.com/graph/api/resources/conditionalaccessusers
 * and https://learn.microsoft.com/entra/identity/conditional-access/concept-conditional-access-users-groups
 */
const guests: ReadonlySet<string> = new Set(['b2bcollaborationguest', 'internalguest']);
const strangerHere = 'b2bcollaborationmember';

function side(
  users: readonly string[],
  groups: readonly string[],
  roles: readonly string[],
  some: Guests,
  verb: string,
): (account: Account) => Reach {
  const named = lower(users);
  const grouped = lower(groups);
  const roled = lower(roles);
  const strangers = some === 'none' ? null : lower(some.types.map((type) => type.trim()));
  const odd = [
    ...users.filter((word) => !isId(word) && !/^(?:all|none|guestsorexternalusers)$/i.test(word)),
    ...roles.filter((word) => !isId(word)),
  ];
  const [first] = odd;
  // Whoever is named by a word that is not known may be anybody.
  const unclear: Reach = first === undefined ? no : maybe(`it ${verb} ${first}, which nobody here knows`);
  return (account) => {
    if (named.has('all') || named.has(account.id)) return yes;
    if (some_(account.groups, grouped) || some_(account.roles, roled)) return yes;
    const found: Reach[] = [unclear];
    if (named.has('guestsorexternalusers')) {
      found.push(standing(account, guests, verb));
      if (account.standing.some((each) => each.toLowerCase() === strangerHere))
        found.push(
          maybe(`it ${verb} external users, and whether one who is a member here is meant is not known`),
        );
    }
    if (strangers !== null && some !== 'none') {
      const { is, why } = standing(account, strangers, verb);
      found.push(
        is === true && some.tenants !== 'all'
          ? maybe(`it ${verb} guests of some organisations, and where this one is at home is not read`)
          : { is, why },
      );
    }
    for (const group of grouped) {
      const more = account.moreGroups(group);
      if (more !== null)
        found.push(maybe(`it ${verb} the group ${group}, and who is in it is not known: ${more}`));
    }
    if (some_(account.rolesByGroup, roled))
      found.push(maybe(`it ${verb} a role that a group holds, and whether it sees that is not known`));
    if (verb === 'leaves out' && some_(account.partialRoles, roled))
      found.push(maybe('it leaves out a role that is held over a part of the directory'));
    if (roled.size > 0 && account.moreRoles !== null) found.push(maybe(account.moreRoles));
    return found.find(({ is }) => is === true) ?? found.find(({ is }) => is === null) ?? no;
  };
}

const yes: Reach = { is: true, why: null };
const no: Reach = { is: false, why: null };
const maybe = (why: string): Reach => ({ is: null, why });

function some_(of: ReadonlySet<string>, wanted: ReadonlySet<string>): boolean {
  const [few, many] = of.size < wanted.size ? [of, wanted] : [wanted, of];
  for (const each of few) if (many.has(each)) return true;
  return false;
}

/** Whether the account is one of these guests, as far as it is told whom it belongs to. */
function standing(account: Account, types: ReadonlySet<string>, verb: string): Reach {
  const hits = account.standing.filter((each) => types.has(each.toLowerCase()));
  if (hits.length === 0) return no;
  return hits.length === account.standing.length
    ? yes
    : maybe(`it ${verb} some kinds of guests, and which this one is is not told`);
}
