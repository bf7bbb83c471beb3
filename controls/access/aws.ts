import {
  Account,
  AuditTrail,
  Credential,
  DirectoryUser,
  Membership,
  MfaDevice,
  Principal,
  Role,
  RoleAssignment,
  RoleTrust,
} from '../../evidence-model/kinds.ts';
import type { Citation, Subject } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { need, type Need, type View } from '../control.ts';
import type { Evidence } from '../evaluate.ts';
import { documentsOf, holdingsOf, policyNeeds, privilegeBy } from '../held-policies.ts';
import { openIn } from '../readings.ts';
import { told } from '../told.ts';
import { both, fieldOf, untold, type Facts, type Mfa, type Standing, type Told, type Use } from './facts.ts';
import { nobodyKnows, type Relied } from './relied.ts';
import { RolesToTakeOn, takesOnSome, type Held, type Taken } from './taking-on.ts';
import { wholeSource, type WholeSource } from './whole-source.ts';

/** What is looked at of one. */
export const cloudNeeds = {
  accounts: need(
    Account,
    [
      ...(['name', 'cloudAccount', 'root', 'mfaEnabled', 'consolePassword', 'createdAt'] as const),
      ...(['passwordLastUsedAt', 'passwordPresent', 'accessKeysPresent'] as const),
      'signingCertificatesPresent',
    ],
    'id',
  ),
  users: need(DirectoryUser, ['directory', 'name'], 'id'),
  keys: need(Credential, ['account', 'type', 'active', 'lastUsedAt'], 'account'),
  devices: need(MfaDevice, ['assignedTo', 'type'], 'assignedTo'),
  principals: need(Principal, ['cloudAccount', 'name', 'policies', 'groups', 'boundary'], 'id'),
  roles: need(Principal, ['cloudAccount', 'name', 'type']),
  ...policyNeeds,
  trusts: need(RoleTrust, ['document']),
  memberships: need(Membership, ['group', 'account'], 'account'),
  assignments: need(RoleAssignment, ['account', 'role', 'scope'], 'account'),
  sets: need(Role, ['name'], 'id'),
  trails: need(AuditTrail, ['owner'], undefined, { multiRegion: [true] }),
};
type Related = {
  readonly [K in keyof typeof cloudNeeds]: (typeof cloudNeeds)[K] extends Need<infer V> ? V : never;
};
type Whole = WholeSource<Related>;

/** What the users of the accounts of one AWS source can do, and what it takes to sign in with them. */
export function cloudOf(evidence: Evidence, source: string, relied: Relied): (account: Subject) => Facts {
  const whole = wholeSource<Related>(evidence, source, cloudNeeds);
  const details = evidence.readings.filter(
    (reading) => reading.source === source && reading.kinds[RoleTrust.name] !== undefined,
  );
  const powers = new Powers(
    whole,
    (account) => openIn(details, { has: (key) => key === account, *[Symbol.iterator]() {} }).at(0) ?? null,
  );
  const openKeys = whole.open('keys');
  return (subject) => {
    if (subject.kind === DirectoryUser.name) return ofDirectory(subject, source, whole, powers, relied);
    const [view] = whole.related('accounts', subject.id);
    if (!view) throw new Error(`${subject.id} is in no reading of ${source}`);
    const keys = keysOf(subject.id, whole, openKeys);
    const root = fieldOf(view, 'root');
    const standing = root === true ? ofRoot(fieldOf(view, 'cloudAccount'), powers) : powers.of(subject.id);
    return {
      // Users of an account are its own, whoever they were made for.
      guest: false,
      standing: isUnknown(root) ? lost(root.unknown) : standing,
      signsInAt: source,
      directory: 'none',
      interactive: root === true ? true : fieldOf(view, 'consolePassword'),
      mfa: root === true ? rootMfa(view) : userMfa(subject.id, view, keys, whole, powers),
      use: useOf(fieldOf(view, 'createdAt'), [fieldOf(view, 'passwordLastUsedAt'), ...keys.used]),
      citations: [...standing.citations, ...keys.citations],
    };
  };
}

type UserView = View<Related['accounts']>;

const lost = (why: string): Standing => ({
  privilege: untold(why),
  by: why,
  duties: [],
  openDuties: why,
  citations: [],
});

interface Keys {
  /** One may be used, with no second factor. */
  readonly active: Told<boolean>;
  readonly used: readonly Told<string>[];
  readonly citations: readonly Citation[];
}

function keysOf(id: string, whole: Whole, open: string | null): Keys {
  const views = whole.related('keys', id);
  const states = views.map((view) => fieldOf(view, 'active'));
  const active = states.includes(true)
    ? true
    : (states.find(isUnknown) ?? (open === null ? false : untold(open)));
  return {
    active,
    used: [
      ...views
        .filter((view) => fieldOf(view, 'type') !== 'signing-certificate')
        .map((view) => fieldOf(view, 'lastUsedAt')),
      ...(open === null ? [] : [untold(open)]),
    ],
    citations: views.flatMap((view) => whole.subject('keys', view.id)?.citations ?? []),
  };
}

/** AWS asks whoever has a second factor for it at the console, and nobody who signs requests with a key. */
function userMfa(id: string, view: UserView, keys: Keys, whole: Whole, powers: Powers): Mfa {
  const enabled = fieldOf(view, 'mfaEnabled');
  const password = fieldOf(view, 'consolePassword');
  const console =
    password === false ? true : password === true ? enabled : enabled === true ? true : password;
  const byKey =
    keys.active === true && powers.asksForMfa(id)
      ? untold(
          'it has an active access key, and whether policies let that do anything without a second factor is not judged',
        )
      : isUnknown(keys.active)
        ? keys.active
        : !keys.active;
  const types = whole.related('devices', id).map((device) => fieldOf(device, 'type'));
  const weaker = types.some((type) => type === 'virtual' || type === 'hardware');
  return {
    capable: enabled,
    required: both(console, byKey),
    observed: untold('sign-ins to the console are read of some regions only'),
    phishingResistant:
      enabled === false || keys.active === true || (password === true && weaker)
        ? false
        : untold('AWS does not tell every second factor of somebody who has several'),
    by: [
      password === false
        ? 'has no console password'
        : isUnknown(password)
          ? `whether it has a console password is not told: ${password.unknown}`
          : isUnknown(enabled)
            ? enabled.unknown
            : enabled
              ? 'AWS asks for its second factor at the console'
              : 'signs in to the console with a password alone',
      isUnknown(byKey)
        ? byKey.unknown
        : byKey
          ? 'has no active access key or certificate'
          : 'an active access key or certificate opens it without a second factor',
    ].join('; '),
  };
}

function rootMfa(view: UserView): Mfa {
  const enabled = fieldOf(view, 'mfaEnabled');
  const keys = fieldOf(view, 'accessKeysPresent');
  const password = fieldOf(view, 'passwordPresent');
  const certificates = fieldOf(view, 'signingCertificatesPresent');
  const none = both(not(password), both(not(keys), not(certificates)));
  const console = enabled === true || password === false ? true : enabled;
  const asked = both(console, both(not(keys), not(certificates)));
  return {
    capable: enabled,
    required: none === true ? true : asked,
    observed: untold('sign-ins of root users are read of some regions only'),
    phishingResistant:
      enabled === false ? false : untold('AWS tells nobody which second factor the root user has'),
    by:
      none === true
        ? 'the root user has no password, key or certificate'
        : [
            isUnknown(enabled)
              ? enabled.unknown
              : enabled
                ? 'the root user has a second factor'
                : 'the root user has no second factor',
            ...(isUnknown(keys) ? [keys.unknown] : keys ? ['it has access keys, which ask for none'] : []),
            ...(isUnknown(certificates)
              ? [certificates.unknown]
              : certificates
                ? ['it has signing certificates, which ask for none']
                : []),
          ].join('; '),
  };
}

const not = (told: Told<boolean>): Told<boolean> => (isUnknown(told) ? told : !told);

function useOf(createdAt: Told<string>, times: readonly Told<string>[]): Use {
  const last = latest(times);
  return {
    createdAt,
    lastSignInAt: last,
    lastSuccessfulSignInAt: last,
    signInRecorded: isUnknown(last) ? last : last !== 'never',
    activeAt: untold('the record of passwords and keys tells it'),
  };
}

/** The last of these times; one that is not known could be later than any other. */
function latest(times: readonly Told<string>[]): Told<string> {
  const unknown = times.find(isUnknown);
  if (unknown) return unknown;
  const known = times.flatMap((time) => (typeof time === 'string' && time !== 'never' ? [time] : []));
  return known.reduce((a, b) => (Date.parse(a) < Date.parse(b) ? b : a), known[0] ?? 'never');
}

function ofRoot(cloudAccount: Told<string>, powers: Powers): Standing {
  return {
    privilege: 'administrator',
    by: 'the root user may do everything',
    duties: ['aws-administrator', ...(isUnknown(cloudAccount) ? [] : powers.trailDuty(cloudAccount))],
    openDuties: isUnknown(cloudAccount) ? cloudAccount.unknown : powers.openTrails,
    citations: [],
  };
}

/** Somebody of Identity Center: what the permission sets are that they are given, where they sign in is told elsewhere. */
function ofDirectory(user: Subject, source: string, whole: Whole, powers: Powers, relied: Relied): Facts {
  const [view] = whole.related('users', user.id);
  if (!view) throw new Error(`${user.id} is in no reading of ${source}`);
  const directory = fieldOf(view, 'directory');
  const name = fieldOf(view, 'name');
  const standing = powers.ofDirectoryUser(user.id);
  const silent = untold('AWS does not tell when somebody of Identity Center signed in');
  const statement = isUnknown(directory) ? null : relied.statement(source, directory);
  return {
    guest: false,
    standing,
    signsInAt:
      statement === null || isUnknown(directory)
        ? untold('the directory is not told')
        : statement.is === 'tenant'
          ? statement.tenant.source
          : statement.is === 'itself'
            ? source
            : untold(statement.why),
    directory: isUnknown(directory) ? 'none' : directory,
    interactive: true,
    mfa: isUnknown(directory)
      ? nobodyKnows(directory.unknown)
      : isUnknown(name)
        ? nobodyKnows(name.unknown)
        : relied.byStatement(source, directory, name),
    use: {
      createdAt: silent,
      lastSignInAt: silent,
      lastSuccessfulSignInAt: silent,
      signInRecorded: silent,
      activeAt: silent,
    },
    citations: standing.citations,
  };
}

/** What the users of one source may do. What was found of somebody is found once. */
class Powers {
  readonly #whole: Whole;
  /** Why there may be roles of an account that were not read. */
  readonly #openIn: (cloudAccount: string) => string | null;
  readonly #held = new Map<string, Held>();
  readonly #found = new Map<string, Standing>();
  /** Found when somebody is first looked at. */
  #toTakeOn: RolesToTakeOn | null = null;
  /** Roles by the account and the permission set that they stand for. */
  readonly #reserved = new Map<string, string[]>();
  readonly #ids = new Map<string, string>();
  readonly #trails: ReadonlySet<string>;
  /** Why there may be more trails than are known. */
  readonly openTrails: string | null;
  readonly #openAssignments: string | null;

  constructor(whole: Whole, openIn: (cloudAccount: string) => string | null) {
    this.#whole = whole;
    this.#openIn = openIn;
    for (const { cloudAccount, name, type } of told(whole.related('roles'), ['cloudAccount', 'name', 'type'])
      .known) {
      // https://docs.aws.amazon.com/singlesignon/latest/userguide/referencingpermissionsets.html
      const set = type === 'role' ? /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(name)?.[1] : undefined;
      if (set === undefined) continue;
      const key = JSON.stringify([cloudAccount, set]);
      this.#reserved.set(key, [...(this.#reserved.get(key) ?? []), name]);
    }
    for (const view of whole.related('roles'))
      this.#ids.set(JSON.stringify([fieldOf(view, 'cloudAccount'), fieldOf(view, 'name')]), view.id);
    const trails = told(whole.related('trails'), ['owner']);
    this.#trails = new Set(trails.known.map(({ owner }) => owner));
    this.openTrails = whole.open('trails') ?? trails.untold?.reason ?? null;
    this.#openAssignments =
      whole.open('assignments') ?? whole.open('memberships') ?? whole.open('sets') ?? null;
  }

  /** Whoever administers the account that a trail is of can stop it. */
  trailDuty(cloudAccount: string): readonly string[] {
    return this.#trails.has(cloudAccount) ? ['audit-trail-administrator'] : [];
  }

  of(arn: string): Standing {
    const before = this.#found.get(arn);
    if (before) return before;
    const found = this.#withRoles(arn);
    this.#found.set(arn, found);
    return found;
  }

  /** Whether something that it holds, or takes on to be an administrator, depends on a second factor, or may. */
  asksForMfa(arn: string): boolean {
    const { standing, holdings } = this.#look(arn);
    const documents = holdings && documentsOf(holdings);
    if (documents === null || documents.some((document) => document.asksForMfa)) return true;
    const taken = standing.privilege === 'administrator' ? [] : this.#takenBy(arn);
    return (
      taken.length > 0 &&
      taken.every(({ conditions }) => conditions.some((key) => /multifactorauth/i.test(key)))
    );
  }

  #takenBy(arn: string): readonly Taken[] {
    this.#toTakeOn ??= new RolesToTakeOn(this.#whole.related('trusts'), (each) => this.#look(each));
    return this.#toTakeOn.takenBy(arn);
  }

  /** Whoever may take on the role of an administrator is one. */
  #withRoles(arn: string): Standing {
    const { standing, holdings } = this.#look(arn);
    if (standing.privilege === 'administrator' || isUnknown(standing.privilege)) return standing;
    const taken = this.#takenBy(arn);
    const sure = taken.filter(({ doubt }) => doubt === null);
    const [first] = sure.toSorted((a, b) => a.conditions.length - b.conditions.length);
    if (first) {
      const under =
        first.conditions.length === 0 ? '' : ` (under conditions on ${first.conditions.join(', ')})`;
      const more = sure.length > 1 ? ` and ${sure.length - 1} more such roles` : '';
      const accounts = new Set(sure.map((role) => role.arn.split(':')[4] ?? ''));
      return {
        ...standing,
        privilege: 'administrator',
        by: `may take on ${first.arn}${under}${more}`,
        duties: ['aws-administrator', ...new Set([...accounts].flatMap((each) => this.trailDuty(each)))],
        openDuties: this.openTrails ?? taken.find(({ doubt }) => doubt !== null)?.doubt ?? null,
        citations: [
          ...standing.citations,
          ...sure.flatMap((role) => this.#whole.subject('trusts', role.arn)?.citations ?? []),
        ],
      };
    }
    const [may] = taken;
    if (may?.doubt) return { ...lost(`may take on ${may.arn}: ${may.doubt}`), citations: standing.citations };
    // A role of its own account may let it in by name, one of another only where it may take on some.
    const open =
      (takesOnSome(holdings) ? this.#whole.open('trusts') : null) ?? this.#openIn(arn.split(':')[4] ?? '');
    return open === null ? standing : { ...lost(open), citations: standing.citations };
  }

  #look(arn: string): Held {
    const before = this.#held.get(arn);
    if (before) return before;
    const found = this.#judge(arn);
    this.#held.set(arn, found);
    return found;
  }

  #judge(arn: string): Held {
    const [view] = this.#whole.related('principals', arn);
    if (!view)
      return {
        standing: lost(this.#whole.open('principals') ?? 'what it holds was not in the answer'),
        holdings: null,
      };
    const citations = this.#whole.subject('principals', arn)?.citations ?? [];
    const { known, untold: silent } = told([view], ['cloudAccount', 'policies', 'groups', 'boundary']);
    const [holder] = known;
    if (!holder) return { standing: lost(silent?.reason ?? ''), holdings: null };
    const held = holdingsOf(holder, this.#whole.related);
    if ('untold' in held) return { standing: lost(held.untold), holdings: null };
    const privilege = privilegeBy(arn, held);
    if (privilege.outcome === 'unknown') return { standing: lost(privilege.why), holdings: held };
    if (privilege.outcome === 'administrator')
      return {
        standing: {
          privilege: 'administrator',
          by: privilege.why,
          duties: ['aws-administrator', ...this.trailDuty(holder.cloudAccount)],
          openDuties: this.openTrails,
          citations,
        },
        holdings: held,
      };
    const documents = documentsOf(held);
    const reads = documents?.every(({ onlyReads }) => onlyReads);
    return {
      standing: {
        privilege: reads === undefined ? untold('what it holds is not known') : reads ? 'ordinary' : 'writer',
        by:
          held.policies.length === 0
            ? 'holds no policy'
            : `holds ${held.policies
                .slice(0, 2)
                .map(({ name }) => name)
                .join(', ')}${held.policies.length > 2 ? ` and ${held.policies.length - 2} more` : ''}`,
        duties: [],
        openDuties: null,
        citations,
      },
      holdings: held,
    };
  }

  /** What the permission sets make of somebody that are given to them, or to groups that they are in. */
  ofDirectoryUser(id: string): Standing {
    const lacking: string[] = this.#openAssignments === null ? [] : [this.#openAssignments];
    const groups = told(this.#whole.related('memberships', id), ['group']);
    if (groups.untold) lacking.push(groups.untold.reason);
    const holders = [id, ...groups.known.map(({ group }) => group)];
    const found: { readonly standing: Standing; readonly words: string }[] = [];
    const citations: Citation[] = [];
    for (const holder of holders)
      for (const view of this.#whole.related('assignments', holder)) {
        citations.push(...(this.#whole.subject('assignments', view.id)?.citations ?? []));
        const { known, untold: lost } = told([view], ['role', 'scope']);
        const [assignment] = known;
        if (!assignment) lacking.push(lost?.reason ?? '');
        else {
          const role = this.#roleOf(assignment.role, assignment.scope);
          if ('why' in role) lacking.push(role.why);
          else found.push({ standing: this.of(role.arn), words: `${role.set} in ${assignment.scope}` });
        }
      }
    for (const privilege of ['administrator', 'writer'] as const) {
      const these = found.filter(({ standing }) => standing.privilege === privilege);
      if (privilege === 'writer') {
        for (const { standing } of found)
          if (isUnknown(standing.privilege)) lacking.push(standing.privilege.unknown);
        const [why] = lacking;
        if (why !== undefined) return { ...lost(why), citations };
      }
      if (these.length === 0) continue;
      const open = [...lacking, ...found.flatMap(({ standing }) => standing.openDuties ?? [])];
      const words = [...new Set(these.map((each) => each.words))];
      const more = words.length > 2 ? ` and ${words.length - 2} more` : '';
      return {
        privilege,
        by: `is given ${words.slice(0, 2).join(', ')}${more}`,
        duties: [...new Set(these.flatMap(({ standing }) => standing.duties))],
        openDuties: open[0] ?? null,
        citations,
      };
    }
    return {
      privilege: 'ordinary',
      by: 'is given nothing that changes anything',
      duties: [],
      openDuties: null,
      citations,
    };
  }

  /** The role that a permission set is in an account. */
  #roleOf(
    set: string,
    cloudAccount: string,
  ): { readonly arn: string; readonly set: string } | { readonly why: string } {
    const [view] = this.#whole.related('sets', set);
    const name = view ? fieldOf(view, 'name') : untold(`the permission set ${set} was not read`);
    if (isUnknown(name)) return { why: name.unknown };
    const names = this.#reserved.get(JSON.stringify([cloudAccount, name])) ?? [];
    const [only, ...others] = names;
    if (only === undefined || others.length > 0)
      return {
        why: `the role that the permission set ${name} is in account ${cloudAccount} was not ${only === undefined ? 'in the answer' : 'told from another'}`,
      };
    const arn = this.#ids.get(JSON.stringify([cloudAccount, only]));
    return arn === undefined ? { why: `the role ${only} was not in the answer` } : { arn, set: name };
  }
}
