import {
  AccessGrant,
  Account,
  BranchUpdate,
  ExternalIdentity,
  Group,
  Membership,
  Organization,
  PullRequest,
  Role,
  RoleAssignment,
} from '../../evidence-model/kinds.ts';
import type { Citation, Subject } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { need, type Need, type View } from '../control.ts';
import type { Evidence } from '../evaluate.ts';
import { nameOf } from '../told.ts';
import { both, fieldOf, untold, type Facts, type Mfa, type Standing, type Told } from './facts.ts';
import { levelOf } from './organization-roles.ts';
import { nobodyKnows, type Relied } from './relied.ts';
import { wholeSource, type WholeSource } from './whole-source.ts';

/** What is looked at of one. */
export const organizationNeeds = {
  accounts: need(Account, ['name', 'role', 'managed', 'mfaEnabled', 'mfaSecure'], 'id'),
  organizations: need(Organization, ['mfaRequired', 'basePermission']),
  grants: need(AccessGrant, ['holder', 'holderType', 'repository', 'level'], 'holder'),
  memberships: need(Membership, ['group', 'account'], 'account'),
  teams: need(Group, ['parent'], 'id'),
  assignments: need(RoleAssignment, ['account', 'accountType', 'role'], 'account'),
  roles: need(Role, ['name', 'builtIn', 'base', 'attachedPolicies'], 'id'),
  identities: need(ExternalIdentity, ['account', 'name', 'issuer'], 'account'),
};
type Related = {
  readonly [K in keyof typeof organizationNeeds]: (typeof organizationNeeds)[K] extends Need<infer V>
    ? V
    : never;
};
type Whole = WholeSource<Related>;

/** What the accounts of one GitHub organisation can do, and what it takes to sign in with them. */
export function organizationOf(
  evidence: Evidence,
  source: string,
  relied: Relied,
): (account: Subject) => Facts {
  const whole = wholeSource<Related>(evidence, source, organizationNeeds);
  const standing = standings(whole);
  const organization = whole.related('organizations').at(0);
  const required = organization
    ? fieldOf(organization, 'mfaRequired')
    : untold(whole.open('organizations') ?? 'the settings of the organisation were not read');
  const openIdentities = whole.open('identities');
  const active = activity(evidence, source);
  return (account) => {
    const [view] = whole.related('accounts', account.id);
    if (!view) throw new Error(`${account.id} is in no reading of ${source}`);
    const role = fieldOf(view, 'role');
    const managed = fieldOf(view, 'managed');
    const enabled = fieldOf(view, 'mfaEnabled');
    const secure = fieldOf(view, 'mfaSecure');
    const its = standing(account.id, role);
    const identities = whole.related('identities', account.id);
    const mfa =
      managed === true ? byProvider(identities, openIdentities, relied) : byItself(enabled, secure, required);
    return {
      guest: isUnknown(role) ? role : role === 'outside-collaborator',
      standing: its,
      signsInAt:
        managed === true
          ? issuerOf(identities, openIdentities, relied)
          : isUnknown(managed)
            ? managed
            : source,
      directory: 'none',
      interactive: true,
      // Who signs it in must be known before anything that GitHub says of its factors counts.
      mfa: isUnknown(managed) ? nobodyKnows(managed.unknown) : mfa,
      use: {
        ...silentUse,
        activeAt: active.get(account.id) ?? untold('no change of a branch shows who did something'),
      },
      citations: [
        ...its.citations,
        ...(managed === true
          ? identities.flatMap(({ id }) => whole.subject('identities', id)?.citations ?? [])
          : ((organization && whole.subject('organizations', organization.id)?.citations) ?? [])),
      ],
    };
  };
}

const silent = untold('GitHub does not tell when an account was used');
const silentUse = {
  createdAt: silent,
  lastSignInAt: silent,
  lastSuccessfulSignInAt: silent,
  signInRecorded: silent,
} as const;

/** A person who signs in at GitHub itself: what is set up, and whether the organisation lets anybody in without. */
function byItself(enabled: Told<boolean>, secure: Told<boolean>, required: Told<boolean>): Mfa {
  const words = [
    isUnknown(enabled) ? enabled.unknown : enabled ? 'has a second factor' : 'has no second factor',
    isUnknown(required)
      ? required.unknown
      : required
        ? 'the organisation lets nobody in without'
        : 'the organisation does not require one',
    ...(secure === false ? ['one that GitHub calls insecure'] : []),
  ];
  return {
    capable: enabled,
    // Who is said to have none is not protected by a setting, whatever it is.
    required: both(enabled, required),
    observed: untold('GitHub shows readers no sign-ins'),
    phishingResistant:
      enabled === false || secure === false
        ? false
        : untold('GitHub does not tell which second factors are set up'),
    by: words.join('; '),
  };
}

type Identities = readonly View<Related['identities']>[];

/** A person whom the company's identity provider signs in: whatever that takes. */
function byProvider(identities: Identities, open: string | null, relied: Relied): Mfa {
  const first = onlyOne(identities, open);
  if (isUnknown(first)) return nobodyKnows(first.unknown);
  const name = fieldOf(first, 'name');
  const issuer = fieldOf(first, 'issuer');
  if (isUnknown(name)) return nobodyKnows(name.unknown);
  if (isUnknown(issuer)) return nobodyKnows(issuer.unknown);
  return relied.byIssuer(issuer, name);
}

/** Where there may be others, none of them is the one. */
function onlyOne(identities: Identities, open: string | null): Told<Identities[number]> {
  const [first, ...others] = identities;
  if (others.length > 0) return untold('several identities are tied to the account');
  return first && open === null
    ? first
    : untold(open ?? 'which identity at the provider the account has is not told');
}

function issuerOf(identities: Identities, open: string | null, relied: Relied): Told<string> {
  const first = onlyOne(identities, open);
  if (isUnknown(first)) return first;
  const issuer = fieldOf(first, 'issuer');
  return isUnknown(issuer) ? issuer : relied.called(issuer);
}

const levels: Readonly<Record<string, 'administrator' | 'writer' | 'ordinary'>> = {
  admin: 'administrator',
  maintain: 'writer',
  write: 'writer',
  triage: 'ordinary',
  read: 'ordinary',
  none: 'ordinary',
};
const verbs: Readonly<Record<string, string>> = {
  admin: 'administers',
  maintain: 'maintains',
  write: 'may write to',
};

/** Who owns the organisation, who administers some repository of it, and who may write to one. */
function standings(whole: Whole): (id: string, role: Told<string>) => Standing {
  const [organization] = whole.related('organizations');
  const base = organization
    ? fieldOf(organization, 'basePermission')
    : untold(whole.open('organizations') ?? 'what every member may do was not read');
  const open = (['grants', 'memberships', 'teams', 'assignments'] as const)
    .map((name) => whole.open(name))
    .find((text) => text !== null);
  /** Whoever is in a team is in those above it; and why it is not known which those are. */
  const addAbove = (team: string, teams: Set<string>): string | null => {
    if (teams.has(team)) return null;
    teams.add(team);
    const [view] = whole.related('teams', team);
    const parent = view ? fieldOf(view, 'parent') : untold(`the team ${team} was not in the answer`);
    if (isUnknown(parent)) return parent.unknown;
    return parent === 'none' ? null : addAbove(parent, teams);
  };
  return (id, role) => {
    const found: { readonly is: 'administrator' | 'writer' | 'ordinary'; readonly words: string }[] = [];
    const lost: string[] = open === undefined ? [] : [open];
    const citations: Citation[] = [];
    const note = (is: string, words: string) => found.push({ is: levels[is] ?? 'administrator', words });
    if (role === 'owner') note('admin', 'owns the organisation');
    if (isUnknown(role)) lost.push(role.unknown);
    if (role === 'member' || isUnknown(role)) {
      if (isUnknown(base)) lost.push(base.unknown);
      else if (role === 'member') note(base, `every member may ${base} in every repository`);
    }
    const teams = new Set<string>();
    for (const view of whole.related('memberships', id)) {
      const team = fieldOf(view, 'group');
      if (isUnknown(team)) lost.push(team.unknown);
      else lost.push(...[addAbove(team, teams)].filter((why) => why !== null));
    }
    const holders = [[id, 'account'] as const, ...[...teams].map((team) => [team, 'group'] as const)];
    for (const [holder, sort] of holders)
      for (const view of whole.related('grants', holder)) {
        const type = fieldOf(view, 'holderType');
        // Accounts and teams are numbered each by themselves.
        if (!isUnknown(type) && type !== sort) continue;
        const level = fieldOf(view, 'level');
        if (isUnknown(level)) lost.push(level.unknown);
        else if (isUnknown(type)) lost.push(type.unknown);
        else if (levels[level] !== 'ordinary') {
          note(
            level,
            `${verbs[level] ?? `may ${level} in`} repository ${textOf(fieldOf(view, 'repository'))}`,
          );
          citations.push(...(whole.subject('grants', view.id)?.citations ?? []));
        }
      }
    for (const view of whole.related('assignments', id)) {
      // A team that is numbered alike is another; whoever is in a team is named by themselves.
      if (fieldOf(view, 'accountType') === 'group') continue;
      const assigned = fieldOf(view, 'role');
      if (isUnknown(assigned)) {
        lost.push(assigned.unknown);
        continue;
      }
      const [held] = whole.related('roles', assigned);
      const level = held ? levelOf(held) : untold(`the organisation role ${assigned} was not in the answer`);
      if (isUnknown(level)) lost.push(level.unknown);
      else if (held && level !== 'ordinary') {
        found.push({ is: level, words: `holds the organisation role ${nameOf(held)}` });
        citations.push(
          ...(whole.subject('assignments', view.id)?.citations ?? []),
          ...(whole.subject('roles', held.id)?.citations ?? []),
        );
      }
    }
    const administrator = found.filter(({ is }) => is === 'administrator');
    const writer = found.filter(({ is }) => is === 'writer');
    const duties = {
      duties: role === 'owner' ? ['github-owner'] : [],
      openDuties: isUnknown(role) ? role.unknown : null,
    };
    if (administrator.length > 0)
      return { privilege: 'administrator', by: words(administrator), ...duties, citations };
    const [why] = lost;
    if (why !== undefined) return { privilege: untold(why), by: why, ...duties, citations };
    return writer.length > 0
      ? { privilege: 'writer', by: words(writer), ...duties, citations }
      : { privilege: 'ordinary', by: 'may read what members may', ...duties, citations };
  };
}

const textOf = (told: Told<string>) => (isUnknown(told) ? 'that is not told' : told);

/** How many reasons are told, where there are many. */
const shown = 2;

function words(found: readonly { readonly words: string }[]): string {
  const texts = [...new Set(found.map((each) => each.words))];
  const rest = texts.length > shown ? [`and ${texts.length - shown} more`] : [];
  return [...texts.slice(0, shown), ...rest].join('; ');
}

/** When each account last changed a branch or took part in a change, as far as that was read. */
function activity({ subjects }: Evidence, source: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [{ name, at }, by] of [
    [BranchUpdate, 'actor'],
    [PullRequest, 'mergedBy'],
  ] as const)
    for (const subject of subjects.of(name)) {
      const [who, when] = [by, at ?? ''].map((field) => subject.fields.get(field)?.value);
      if (subject.source !== source || typeof who !== 'string' || typeof when !== 'string') continue;
      const before = found.get(who);
      if (before === undefined || Date.parse(before) < Date.parse(when)) found.set(who, when);
    }
  return found;
}
