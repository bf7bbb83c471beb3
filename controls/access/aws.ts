import { Account, Credential, DirectoryUser, MfaDevice } from '../../evidence-model/kinds.ts';
import type { Citation, Subject } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { need, type Need, type View } from '../control.ts';
import type { Evidence } from '../evaluate.ts';
import { both, fieldOf, untold, type Facts, type Mfa, type Standing, type Told, type Use } from './facts.ts';
import { lost, powerNeeds, powersIn, type Powers } from './powers.ts';
import { nobodyKnows, type Relied } from './relied.ts';
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
  ...powerNeeds,
};
type Related = {
  readonly [K in keyof typeof cloudNeeds]: (typeof cloudNeeds)[K] extends Need<infer V> ? V : never;
};
type Whole = WholeSource<Related>;

/** What the users of the accounts of one AWS source can do, and what it takes to sign in with them. */
export function cloudOf(evidence: Evidence, source: string, relied: Relied): (account: Subject) => Facts {
  const whole = wholeSource<Related>(evidence, source, cloudNeeds);
  const powers = powersIn(evidence, source, whole);
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
