import {
  Account as AccountKind,
  AuthenticationStrength,
  EffectiveMembership,
  Group,
  NamedLocation,
  RoleAssignment,
  SignInPolicy,
} from '../../evidence-model/kinds.ts';
import { need, type Need, type View, type Whole } from '../control.ts';
import { pass } from '../finding.ts';
import { told } from '../told.ts';
import { ConditionalAccess } from './engine.ts';
import { lower, type Account, type Policy, type Strength, type UntoldPolicy } from './model.ts';

/** Everything that a policy says, and that the engine reads. */
const terms = [
  ...(['includeUsers', 'excludeUsers', 'includeGroups', 'excludeGroups', 'includeRoles'] as const),
  ...(['excludeRoles', 'includeGuests', 'excludeGuests', 'includeApplications'] as const),
  ...(['excludeApplications', 'applicationFilter', 'includeUserActions', 'includeContexts'] as const),
  ...(['clientAppTypes', 'includePlatforms', 'excludePlatforms', 'includeLocations'] as const),
  ...(['excludeLocations', 'deviceFilter', 'signInRiskLevels', 'userRiskLevels'] as const),
  ...(['insiderRiskLevels', 'programRiskLevels', 'transferMethods', 'includePrograms'] as const),
  ...(['excludePrograms', 'conditions', 'operator', 'grants', 'customFactors'] as const),
  ...(['termsOfUse', 'strength'] as const),
] as const;

/** What a control must need to ask who is forced to show what. */
export const accessNeeds = {
  policies: need(SignInPolicy, ['name', 'mechanism', 'state', ...terms]),
  strengths: need(AuthenticationStrength, ['combinations', 'secondFactor']),
  places: need(NamedLocation, ['name', 'type', 'trusted']),
  // What is read of each group is due for everybody: who is in one may be taken in, or left out.
  groups: need(Group, ['name']),
  memberships: need(EffectiveMembership, ['group', 'account', 'accountType']),
  assignments: need(RoleAssignment, ['account', 'accountType', 'role', 'scope']),
  people: need(AccountKind, ['name', 'userType']),
};
export type AccessNeeds = {
  readonly [K in keyof typeof accessNeeds]: (typeof accessNeeds)[K] extends Need<infer V> ? V : never;
};

/** The conditional access of a tenant as it was read, and who everybody in it is. */
export interface ReadTenant {
  readonly access: ConditionalAccess;
  readonly account: (id: string) => Account;
  /** The id of security defaults where they are on, as far as that is told. */
  readonly defaults: string | null;
}

export function readTenant(whole: Whole<AccessNeeds>): ReadTenant {
  const { policies, defaults } = policiesOf(whole.related('policies'));
  const strengths = new Map<string, Strength>();
  for (const view of whole.related('strengths'))
    view.given(['combinations', 'secondFactor'], (strength) => {
      strengths.set(view.id.toLowerCase(), strength);
      return pass('noted');
    });
  const places = whole.related('places').map((view) => {
    // Of a place of which something is not told only its id counts.
    let place = { name: view.id, trusted: false, elsewhere: false, told: false };
    view.given(['name', 'type', 'trusted'], ({ name, type, trusted }) => {
      place = { name, trusted, elsewhere: type === 'countries', told: true };
      return pass('noted');
    });
    return [view.id.toLowerCase(), place] as const;
  });
  const morePlaces = places.every(([, place]) => place.told) ? whole.open('places') : 'a place is not told';
  const access = new ConditionalAccess({
    policies,
    strengths,
    places: new Map(places.filter(([, place]) => place.told)),
    morePlaces,
  });
  return { access, defaults, account: accountsOf(whole) };
}

function policiesOf(views: readonly View<AccessNeeds['policies']>[]) {
  const policies: (Policy | UntoldPolicy)[] = [];
  let defaults: string | null = null;
  for (const view of views) {
    const { id } = view;
    let name = id;
    const finding = view.given(['mechanism', 'state'], ({ mechanism, state }) => {
      if (mechanism === 'security-defaults') {
        if (state === 'enabled') defaults = id;
        return pass('noted');
      }
      if (state !== 'enabled') return pass('it is not in force');
      view.given(['name'], (values) => {
        ({ name } = values);
        return pass('noted');
      });
      return view.given(['name', ...terms], (values) => {
        policies.push({ id, ...values });
        return pass('noted');
      });
    });
    if (finding.status !== 'pass') policies.push({ id, name, untold: finding.reason });
  }
  return { policies, defaults };
}

/** Whom an account may belong to. A name of this form is one of somebody from outside: https://learn.microsoft.com/entra/external-id/user-properties */
function standingOf(userType: 'member' | 'guest', name: string): readonly string[] {
  const outside = name.toUpperCase().includes('#EXT#');
  if (userType === 'member') return outside ? ['b2bCollaborationMember'] : ['member'];
  return outside ? ['b2bCollaborationGuest'] : ['b2bCollaborationGuest', 'internalGuest'];
}
const anybody = ['member', 'b2bCollaborationMember', 'b2bCollaborationGuest', 'internalGuest'];

function accountsOf(whole: Whole<AccessNeeds>): ReadTenant['account'] {
  const members = told(whole.related('memberships'), ['group', 'account', 'accountType']);
  const open = whole.open('memberships') ?? whole.open('groups') ?? members.untold?.reason ?? null;
  const groups = listed(members.known.map(({ account, group }) => [account, group]));
  const withPeople = new Set(
    members.known.flatMap((each) => (each.accountType === 'user' ? [each.group] : [])),
  );
  const nested = lower(
    members.known.flatMap(({ group, accountType }) =>
      accountType === 'group' && !withPeople.has(group) ? [group] : [],
    ),
  );
  const moreGroups = (group: string) =>
    open ?? (nested.has(group) ? 'who is in a group inside it is not shown' : null);

  const held = told(whole.related('assignments'), ['account', 'accountType', 'role', 'scope']);
  const own = held.known.filter(({ accountType }) => accountType !== 'group');
  const roles = listed(own.flatMap(({ account, role, scope }) => (scope === '/' ? [[account, role]] : [])));
  const partial = listed(own.flatMap(({ account, role, scope }) => (scope === '/' ? [] : [[account, role]])));
  const byGroup = held.known.filter(({ accountType }) => accountType === 'group');
  const ofGroup = listed(byGroup.map(({ account, role }) => [account, role]));
  const unclear = byGroup.map(({ account }) => moreGroups(account.toLowerCase())).find((why) => why !== null);
  const moreRoles = whole.open('assignments') ?? held.untold?.reason ?? unclear ?? null;

  const standings = new Map<string, readonly string[]>();
  for (const view of whole.related('people'))
    view.given(['name', 'userType'], ({ name, userType }) => {
      standings.set(view.id, standingOf(userType, name));
      return pass('noted');
    });
  return (id) => {
    const mine = groups.get(id) ?? none;
    return {
      id: id.toLowerCase(),
      standing: standings.get(id) ?? anybody,
      groups: mine,
      moreGroups,
      roles: roles.get(id) ?? none,
      partialRoles: partial.get(id) ?? none,
      rolesByGroup: new Set([...mine].flatMap((group) => [...(ofGroup.get(group) ?? none)])),
      moreRoles,
    };
  };
}

const none: ReadonlySet<string> = new Set();

/** Everything that each has, in small letters. */
function listed(pairs: readonly (readonly string[])[]): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [key = '', value = ''] of pairs) {
    const set = found.get(key) ?? new Set();
    found.set(key, set.add(value.toLowerCase()));
  }
  return found;
}
