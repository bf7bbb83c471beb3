import { Account, GroupSchedule, Licence, Role, RoleSchedule } from '../../evidence-model/kinds.ts';
import type { Citation, Subject } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { doubtOf, providerNeeds, providerOf, type Provider } from '../conditional-access/provider.ts';
import { required } from '../conditional-access/required.ts';
import { accessNeeds, readTenant, type ReadTenant } from '../conditional-access/tenant.ts';
import { need, type Need } from '../control.ts';
import { askedEveryTime, globalAdministrator, harmlessRoles } from '../directory-roles.ts';
import type { Evidence } from '../evaluate.ts';
import { bought, plans } from '../licences.ts';
import { told } from '../told.ts';
import { HeldOnce } from './derived-subject.ts';
import { fieldOf, truthOf, untold, type Facts, type Mfa, type Standing, type Told } from './facts.ts';
import { observedAt } from './observed.ts';
import { wholeSource, type WholeSource } from './whole-source.ts';

/** What is looked at of one. */
export const tenantNeeds = {
  ...accessNeeds,
  accounts: need(
    Account,
    [
      ...(['name', 'userType', 'mfaEnabled', 'mfaCapable', 'createdAt'] as const),
      ...(['lastSignInAt', 'lastSuccessfulSignInAt', 'signInRecorded'] as const),
    ],
    'id',
  ),
  eligible: need(RoleSchedule, ['account', 'role', 'standing']),
  joining: need(GroupSchedule, ['account', 'group']),
  licences: need(Licence, ['services']),
  roles: need(Role, ['name'], 'id'),
  ...providerNeeds,
};
type Related = {
  readonly [K in keyof typeof tenantNeeds]: (typeof tenantNeeds)[K] extends Need<infer V> ? V : never;
};
type Whole = WholeSource<Related>;

/** A tenant as far as others rely on it: who signs in there, and what that takes. */
export interface Tenant {
  readonly source: string;
  readonly facts: (account: Subject) => Facts;
  /**
   * What signing in to one application takes of whoever is called so, for another system that relies on it. Whether that
   * application is among those that policies name is not read.
   */
  readonly elsewhere: (name: string) => Mfa;
}

/** What the accounts of one tenant can do, and what it takes to sign in with them. */
export function tenantOf(evidence: Evidence, source: string): Tenant {
  const whole = wholeSource<Related>(evidence, source, tenantNeeds);
  const tenant = readTenant(whole);
  const observed = observedAt(evidence, source);
  const standing = standings(whole, tenant);
  const provider = providerOf(whole);
  const openPolicies = whole.open('policies');
  const mfaOf = signingIn(whole, tenant, provider, openPolicies);
  const held = new HeldOnce();
  const known = new Map<string, Mfa>();
  const mfa = (id: string): Mfa => {
    const before = known.get(id);
    if (before) return before;
    const found = held.same({ ...mfaOf(id), observed: observed(id) });
    known.set(id, found);
    return found;
  };
  const called = new Map<string, string | null>();
  for (const view of evidence.subjects.of(Account.name)) {
    if (view.source !== source) continue;
    const name = view.fields.get('name')?.value;
    if (typeof name !== 'string') continue;
    // Two that are called alike are nobody.
    called.set(name.toLowerCase(), called.has(name.toLowerCase()) ? null : view.id);
  }
  const facts = (account: Subject): Facts => {
    const [view] = whole.related('accounts', account.id);
    if (!view) throw new Error(`${account.id} is in no reading of ${source}`);
    const userType = fieldOf(view, 'userType');
    const name = fieldOf(view, 'name');
    const outside = typeof name === 'string' && /#ext#/i.test(name);
    const its = standing(account.id);
    return {
      guest: outside
        ? true
        : isUnknown(userType)
          ? userType
          : userType === 'guest'
            ? true
            : isUnknown(name)
              ? name
              : false,
      standing: its,
      signsInAt: signsInAt(source, provider(name)),
      directory: 'none',
      interactive: true,
      mfa: mfa(account.id),
      use: {
        createdAt: fieldOf(view, 'createdAt'),
        lastSignInAt: fieldOf(view, 'lastSignInAt'),
        lastSuccessfulSignInAt: fieldOf(view, 'lastSuccessfulSignInAt'),
        signInRecorded: fieldOf(view, 'signInRecorded'),
        activeAt: untold('the record of sign-ins tells it'),
      },
      citations: [...its.citations, ...(mfaOf.citations.get(account.id) ?? [])],
    };
  };
  const elsewhere = (name: string): Mfa => {
    const id = called.get(name.toLowerCase());
    if (typeof id !== 'string') {
      const why = untold(`${source} has no account called ${name}, or several`);
      return { capable: why, required: why, observed: why, phishingResistant: why, by: why.unknown };
    }
    const its = mfa(id);
    const there = `signs in at ${source}: ${its.by}`;
    const seen = untold('the log of the directory does not tell this system from others');
    if (its.required !== false) return { ...its, observed: seen, by: there };
    const anywhere = tenant.access.openEverywhere(tenant.account(id), 'mfa') && openPolicies === null;
    const some = untold(
      `${source} does not ask ${name} for a second factor at every application, and whether it does at this one is not read`,
    );
    return {
      ...its,
      required: anywhere ? false : some,
      phishingResistant: its.phishingResistant === true ? true : anywhere ? its.phishingResistant : some,
      observed: seen,
      by: there,
    };
  };
  return { source, facts, elsewhere };
}

const duty: Readonly<Record<string, string>> = { [globalAdministrator]: 'global-administrator' };
const harmless = new Set(harmlessRoles);

/** Who holds which directory role, by themselves or by way of a group, or may take one on. */
function standings(whole: Whole, { account }: ReadTenant): (id: string) => Standing {
  const names = new Map<string, string>();
  const nameOf = (role: string) => {
    let name = names.get(role);
    if (name === undefined) {
      const [view] = whole.related('roles', role);
      const found = view && fieldOf(view, 'name');
      name = typeof found === 'string' ? found : role;
      names.set(role, name);
    }
    return name;
  };
  const citing = new Map<string, Citation[]>();
  for (const view of whole.related('assignments')) {
    const holder = fieldOf(view, 'account');
    if (typeof holder !== 'string') continue;
    const list = citing.get(holder.toLowerCase()) ?? [];
    citing.set(holder.toLowerCase(), list);
    list.push(...(whole.subject('assignments', view.id)?.citations ?? []));
  }
  const schedules = told(whole.related('eligible'), ['account', 'role', 'standing']);
  const mayTakeOn = new Map<string, Set<string>>();
  for (const { account: who, role, standing } of schedules.known) {
    if (standing !== 'eligible') continue;
    const key = who.toLowerCase();
    mayTakeOn.set(key, (mayTakeOn.get(key) ?? new Set()).add(role.toLowerCase()));
  }
  // Where nobody bought it, nobody may take a role on.
  const impossible =
    bought(plans.privilegedIdentities, whole.related('licences'), whole.open('licences')).status === 'fail';
  const openSchedules = impossible ? null : (whole.open('eligible') ?? schedules.untold?.reason ?? null);
  // Whoever may become a member of a group that holds a role, or an owner who lets in whom they like, may take it on.
  const joining = told(whole.related('joining'), ['account', 'group']);
  const mayJoin = new Map<string, Set<string>>();
  for (const { account: who, group } of joining.known) {
    const key = who.toLowerCase();
    mayJoin.set(key, (mayJoin.get(key) ?? new Set()).add(group.toLowerCase()));
  }
  const ofGroups = new Map<string, Set<string>>();
  for (const each of told(whole.related('assignments'), ['account', 'accountType', 'role']).known) {
    if (each.accountType !== 'group' || harmless.has(each.role.toLowerCase())) continue;
    const key = each.account.toLowerCase();
    ofGroups.set(key, (ofGroups.get(key) ?? new Set()).add(each.role.toLowerCase()));
  }
  const takers = [...mayTakeOn].flatMap(([holder, theirs]) =>
    [...theirs].some((role) => !harmless.has(role)) && !whole.subject('accounts', holder) ? [holder] : [],
  );
  const { moreGroups } = account('');
  const openGroups =
    takers.map(moreGroups).find((why) => why !== null) ??
    (impossible || ofGroups.size + takers.length === 0
      ? null
      : (whole.open('joining') ?? joining.untold?.reason ?? null));
  return (id) => {
    const { roles, partialRoles, rolesByGroup, moreRoles, groups, id: key } = account(id);
    const held = [...new Set([...roles, ...partialRoles, ...rolesByGroup])]
      .filter((role) => !harmless.has(role))
      .sort();
    const holders = [key, ...groups];
    const joined = holders.flatMap((holder) => [...(mayJoin.get(holder) ?? [])]);
    const could = [
      ...new Set([
        ...[...holders, ...joined].flatMap((holder) => [...(mayTakeOn.get(holder) ?? [])]),
        ...joined.flatMap((group) => [...(ofGroups.get(group) ?? [])]),
      ]),
    ]
      .filter((role) => !harmless.has(role) && !held.includes(role))
      .sort();
    const words = [
      ...(held.length > 0 ? [`holds ${held.map(nameOf).join(', ')}`] : []),
      ...(could.length > 0 ? [`may take on ${could.map(nameOf).join(', ')}`] : []),
    ];
    const open = moreRoles ?? openSchedules ?? openGroups;
    const duties = [...held, ...could].flatMap((role) => duty[role] ?? []);
    const administrator = words.length > 0;
    return {
      privilege: administrator ? 'administrator' : open === null ? 'ordinary' : untold(open),
      by: administrator ? words.join('; ') : (open ?? 'no directory role'),
      duties,
      openDuties: open,
      citations: holders.flatMap((holder) => citing.get(holder) ?? []),
    };
  };
}

function signsInAt(source: string, provider: Provider): Told<string> {
  if (provider.is === 'unknown') return untold(provider.why);
  return provider.is === 'here' ? source : `${provider.issuer}, which is not read`;
}

interface SigningIn {
  (id: string): Omit<Mfa, 'observed'>;
  /** Policies by which somebody is asked, as they were read. */
  readonly citations: ReadonlyMap<string, readonly Citation[]>;
}

/** What policies, or security defaults, ask of whoever signs in with an account. */
function signingIn(
  whole: Whole,
  { access, account, defaults }: ReadTenant,
  provider: (name: Told<string>) => Provider,
  open: string | null,
): SigningIn {
  const citations = new Map<string, readonly Citation[]>();
  const held = new HeldOnce();
  const of = (id: string): Omit<Mfa, 'observed'> => {
    const [view] = whole.related('accounts', id);
    const who = account(id);
    const capable = view
      ? capableOf(fieldOf(view, 'mfaCapable'), fieldOf(view, 'userType'))
      : untold('it was not read');
    const where = provider(view ? fieldOf(view, 'name') : untold('it was not read'));
    const outcome = access.judge(who, { proof: 'mfa' });
    const byDefault = defaults !== null && [...who.roles].some((role) => askedEveryTime.has(role));
    const finding = required(outcome, { what: 'a second factor', defaults, policies: [], open });
    const strong = required(access.judge(who, { proof: 'phishing-resistant' }), {
      what: 'a factor that resists phishing',
      defaults: null,
      policies: [],
      open,
    });
    if (outcome.kind === 'forced')
      citations.set(
        id,
        held.same(outcome.by.flatMap((policy) => whole.subject('policies', policy.id)?.citations ?? [])),
      );
    const asked = byDefault ? true : truthOf(finding);
    const by = byDefault ? 'security defaults ask holders of the role at every sign-in' : finding.reason;
    const doubt = doubtOf(where);
    // What somebody else may have proved for them is not shown here.
    const there = (told: Told<boolean>) => (doubt !== null && told !== false ? untold(doubt) : told);
    return { capable, required: there(asked), phishingResistant: there(truthOf(strong)), by: doubt ?? by };
  };
  return Object.assign(of, { citations });
}

function capableOf(capable: Told<boolean>, userType: Told<string>): Told<boolean> {
  // A guest who has set up nothing here may have done so at home.
  if (capable === false && userType !== 'member')
    return untold('a guest may have a second factor at home, which is not read');
  return capable;
}
