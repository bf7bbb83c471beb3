import { Declared } from '../../controls/declared/declared.ts';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consented } from '../../collectors/dataset.ts';
import { collectors } from '../../collectors/index.ts';
import { openNetwork } from '../../collectors/transport/network.ts';
import type { Exception, Policy } from '../../controls/declarations.ts';
import { guardedRoles } from '../../demo/microsoft365/build-roles.ts';
import type { M365Audit, M365User } from '../../demo/microsoft365/model.ts';
import { digest } from '../../evidence-model/digest.ts';
import { Book } from '../../scheduler/book.ts';
import type { Night } from '../../scheduler/night.ts';
import { runManual } from '../../scheduler/run-slot.ts';
import type { Setup, Source, Timetable } from '../../scheduler/setup.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { createVault } from '../../vault/files.ts';
import { createKeys, loadKeys } from '../../vault/keys.ts';
import { startSpotless } from './spotless.ts';

/*
 * Half a year of a company in which nothing is wrong but what the script below plants. Every night is read by the real
 * collectors over HTTP from the synthetic company's servers and written through the real vault; datasets are those of the
 * smallest consent and a few more, so that it takes a minute and not an hour.
 */

/** Dates at the company's place; night 0 is the first. Its clocks go forward at 02:00 on 29 March. */
export const firstDate = '2026-03-01';
export const nights = 180;
export const timeZone = 'Europe/Berlin';

const dayMs = 86_400_000;
/** The date of a night. */
export const dateOf = (night: number) =>
  new Date(Date.parse(`${firstDate}T00:00:00Z`) + night * dayMs).toISOString().slice(0, 10);

/** When a night that was read was closed: the clock stands still while it is read. */
export function closedAt(night: number): string {
  const minutes = night < 28 ? 90 : night === 28 ? 60 : 30;
  return new Date(Date.parse(`${dateOf(night)}T00:00:00Z`) + minutes * 60_000).toISOString();
}

/**
 * What happens, each in the day before the night of this number, so that this night is the first to see it. The log of the
 * directory tells all of it that happens there, but of the user that nobody wrote down.
 */
export const script = {
  joins: {
    user: 20,
    userUnlogged: 75,
    guest: 30,
    member: 40,
    owner: 60,
    repository: 90,
    key: 55,
    administrator: 70,
    awsAdministrator: 65,
  },
  leaves: {
    guest: 120,
    outsideCollaborator: 33,
    member: 150,
    inOutage: 101,
    onDeniedNight: 110,
    administrator: 140,
    awsAdministrator: 125,
  },
  /** People who come to work elsewhere: one as the log of the directory tells, one of whom it tells nothing. */
  moves: { logged: 45, inOutage: 102 },
  /** Before this night somebody gets a role and loses it again, which no night sees. */
  between: 85,
  /** The policy that asks everybody for a second factor is off in these nights: nine days. */
  policyOff: { from: 131, until: 140 },
  /** The last night on which the accepted failure is accepted. */
  exceptionEnds: 70,
  /** Nights that nobody read. */
  outage: [100, 101, 102],
  /** GitHub refuses the list of members in this night. */
  denied: 110,
  /** From this night on no more than so many owners are allowed. */
  policyChange: { night: 80, maximum: 4 },
  /** Somebody reads GitHub by hand in the afternoon after this night. */
  byHand: 50,
} as const;

export const timetable: Timetable = {
  daily: { hour: 2, minute: 30, second: 0, timeZone },
  graceMinutes: 60,
};

const alsoRead = new Set([
  ...['github/repositories', 'github/audit-log', 'aws/accounts', 'aws/account-authorization-details'],
  ...['microsoft365/directory-audits', 'microsoft365/user-positions'],
]);

export interface HalfAYear {
  readonly vaultDir: string;
  /** Ids of whom the script is about, as results print them. */
  readonly who: Readonly<Record<string, string>>;
  /** Seconds that all nights took to read. */
  readonly seconds: number;
  close(): Promise<void>;
}

/** Reads all nights. `after` is called when a night was read, by its number. */
export async function readHalfAYear(
  options: {
    readonly until?: number;
    readonly after?: (vaultDir: string, night: number) => Promise<void>;
  } = {},
): Promise<HalfAYear> {
  const started = performance.now();
  let now = new Date(`${dateOf(-1)}T12:00:00Z`);
  const clock = () => now;
  const demo = await startSpotless({ now, clock, people: 12, repositories: 4, usersPerAccount: 4 });
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-half-a-year-'));
  const vaultDir = join(dir, 'vault');
  const keysDir = join(dir, 'keys');
  await createKeys(keysDir, 'exhibit/0123456789abcdef');
  const vault = await createVault({
    dir: vaultDir,
    keys: await loadKeys(keysDir),
    now: clock,
    randomBytes,
    recovery: null,
  });
  const network = openNetwork({ environment: {}, authorities: [demo.microsoft365.certificate] });
  const { github, microsoft365, aws } = demo.company;
  const [organization] = github.organizations;
  const [account] = aws.accounts;
  if (!organization || !account) throw new Error('the company has no systems');
  const settings: Readonly<Record<string, unknown>> = {
    github: {
      organization: organization.login,
      url: demo.github.url,
      app: demo.github.app,
    },
    microsoft365: {
      tenant: demo.microsoft365.tenant,
      clientId: demo.microsoft365.clientId,
      credential: { clientSecret: demo.microsoft365.clientSecret },
      url: demo.microsoft365.url,
      authority: demo.microsoft365.url,
    },
    aws: {
      endpoint: demo.aws.url,
      role: demo.aws.role,
      externalId: demo.aws.externalId,
      credentials: { accessKeyId: demo.aws.accessKeyId, secretAccessKey: demo.aws.secretAccessKey },
    },
  };
  const sources = collectors.map((collector): Source => {
    const parsed = collector.config.parse(settings[collector.id]);
    const small = new Set(consented(collector.datasets, 'insurance-mfa', []).map(({ id }) => id));
    return {
      id: `${collector.id}-one`,
      title: collector.title,
      collector,
      datasets: collector.datasets.filter(({ id }) => small.has(id) || alsoRead.has(id)),
      scope: collector.scope(parsed as never),
      settings: () => Promise.resolve(parsed),
    };
  });

  // Somebody whose second factor is weak, which was accepted for a while.
  const accepted = organization.members.find(({ role }) => role === 'member');
  if (!accepted) throw new Error('nobody is a member');
  accepted.twoFactor = 'insecure';
  const exception: Exception = {
    id: 'keys-to-come',
    control: 'mfa-enabled-github-members',
    subjects: [String(accepted.id)],
    class: 'weak second factor',
    owner: 'Ada Example',
    approver: 'Bo Example',
    reason: 'Keys are on their way',
    safeguard: { text: 'Sign-ins are reviewed every week' },
    start: '2026-02-01',
    end: dateOf(script.exceptionEnds),
  };
  const setupOf = (policy: Policy): Setup => ({
    organization: { name: 'Spotless', slug: 'spotless' },
    sources,
    policy,
    exceptions: [exception],
    systems: [],
    register: { people: [], services: [], federations: [], leavers: null },
    answers: [],
    declared: Declared.parse({}),
  });
  const owners = organization.members.filter(({ role }) => role === 'admin').length;
  const allowed = (maximum: number): Policy => ({ controls: { 'github-owners-bounded': { maximum } } });
  const night: Night = {
    book: await Book.open(vault),
    setup: setupOf(allowed(owners + 1)),
    outside: { network, now: clock, random: () => 0.5, sleep: () => Promise.resolve(), environment: {} },
    signal: new AbortController().signal,
    clock: 'given',
    program: { version: '0.0.0-test', code: () => Promise.resolve(digest('code of the test')) },
    report: () => undefined,
  };
  await recordSchedule(night.book, night.setup, timetable, clock());

  const who: Record<string, string> = {
    accepted: String(accepted.id),
    policy: microsoft365.policies.find(({ name }) => name === 'Require MFA for everyone')?.id ?? '',
    organization: String(organization.id),
    owners: String(owners),
  };
  const plants = plantsOf({ organization, microsoft365, account, who, at: () => now });
  try {
    for (let n = 0; n < (options.until ?? nights); n += 1) {
      now = new Date(`${dateOf(n - 1)}T15:00:00Z`);
      for (const plant of plants) if (plant.before === n) plant.happens();
      if ((script.outage as readonly number[]).includes(n)) continue;
      const refusal = n === script.denied;
      if (refusal)
        demo.github.server.faults.add({
          match: { path: /\/orgs\/[^/]+\/members\?/ },
          fault: { kind: 'answer', status: 403, body: '{"message":"Forbidden"}' },
        });
      now = new Date(closedAt(n));
      const { night: maximum, maximum: most } = script.policyChange;
      await tick({ ...night, setup: setupOf(allowed(n < maximum ? owners + 1 : most)) }, clock());
      if (refusal) demo.github.server.faults.clear();
      if (n === script.byHand) {
        now = new Date(`${dateOf(n)}T14:00:00Z`);
        const [source] = sources.filter(({ id }) => id === 'github-one');
        if (source) await runManual(night, [{ source, dataset: null }]);
      }
      await options.after?.(vaultDir, n);
    }
  } finally {
    network.close();
    await vault.close();
    await demo.close();
  }
  return {
    vaultDir,
    who,
    seconds: (performance.now() - started) / 1000,
    close: () => rm(dir, { recursive: true }),
  };
}

interface Plant {
  readonly before: number;
  readonly happens: () => void;
}

type Demo = Awaited<ReturnType<typeof startSpotless>>['company'];

function plantsOf({
  organization,
  microsoft365,
  account,
  who,
  at,
}: {
  readonly organization: Demo['github']['organizations'][number];
  readonly microsoft365: Demo['microsoft365'];
  readonly account: Demo['aws']['accounts'][number];
  readonly who: Record<string, string>;
  readonly at: () => Date;
}): Plant[] {
  const { users, policies, audits, assignments } = microsoft365;
  const model = users.find(({ guest }) => !guest);
  const [member] = organization.members.filter(
    ({ role, id }) => role === 'member' && String(id) !== who['accepted'],
  );
  const [repository] = organization.repositories;
  const [iam] = account.users;
  const [assignment] = assignments.filter(({ principal }) => principal.type === 'user');
  if (!model || !member || !repository || !iam || !assignment) throw new Error('the company lacks somebody');
  let made = 0;
  const newUser = (name: string, guest = false): M365User => {
    made += 1;
    const id = `00000000-0000-4000-8000-${String(made).padStart(12, '0')}`;
    const address = `${name}@${microsoft365.domain}`;
    const user = { ...model, id, guest, userPrincipalName: address, mail: address, displayName: name };
    return { ...user, createdAt: iso(at()), signedInAt: null };
  };
  const write = (
    activity: string,
    target: { readonly id: string; readonly displayName: string },
    ...properties: readonly string[]
  ) => {
    made += 1;
    const changed = properties.map((name) => ({ name, from: '"before"', to: '"after"' }));
    const audit: M365Audit = {
      id: `Directory_planted_${made}`,
      correlation: `00000000-0000-4000-9000-${String(made).padStart(12, '0')}`,
      at: at().toISOString().replace('Z', '0000Z'),
      activity,
      category: 'UserManagement',
      succeeded: true,
      by: { type: 'user', id: model.id, displayName: model.displayName },
      targets: [{ type: 'User', id: target.id, displayName: target.displayName, changed }],
    };
    audits.unshift(audit);
    return audit.id;
  };
  const drop = <T>(list: T[], is: (each: T) => boolean) => list.splice(list.findIndex(is), 1);
  const { joins, leaves, moves, between, policyOff } = script;
  // Those who leave are there from the beginning, beside those of whom other tests speak.
  const memberNamed = (login: string, id: number, role: 'admin' | 'member' = 'member') => ({
    ...member,
    login,
    id,
    role,
  });
  organization.members.push(
    memberNamed('leaves-in-outage', 900_001),
    memberNamed('leaves-on-denied', 900_002),
  );
  organization.outsideCollaborators.push({ id: 900_003, login: 'contractor', twoFactor: 'secure' });
  who['inOutage'] = '900001';
  who['onDeniedNight'] = '900002';
  who['outsideCollaborator'] = '900003';
  const joiner = newUser('joiner');
  const unlogged = newUser('unlogged');
  const guest = newUser('visitor', true);
  Object.assign(who, {
    user: joiner.id,
    userUnlogged: unlogged.id,
    guest: guest.id,
    administrator: joiner.id,
  });
  who['member'] = '900010';
  who['owner'] = String(member.id);
  const [mover, other] = users.filter(({ guest, id }) => !guest && id !== model.id);
  const cloudUser = account.users.find(({ groups }) => groups.length === 0);
  if (!mover || !other || !cloudUser) throw new Error('the company lacks somebody');
  Object.assign(who, {
    mover: mover.id,
    moverUnlogged: other.id,
    department: mover.department ?? '',
    jobTitle: other.jobTitle ?? '',
    between: model.id,
    awsAdministrator: `arn:aws:iam::${account.id}:user${cloudUser.path}${cloudUser.name}`,
  });
  const policy = policies.find(({ id }) => id === who['policy']);
  if (!policy) throw new Error('no policy asks everybody');
  // No other asks everybody, so that nobody is asked while it is off.
  for (const other of policies)
    if (other !== policy && other.include.users?.includes('All') && other.controls.includes('mfa'))
      other.state = 'disabled';
  const switched = (state: typeof policy.state) => {
    policy.state = state;
    write('Update conditional access policy', { id: policy.id, displayName: policy.name });
  };
  return [
    {
      before: joins.user,
      happens: () => void (users.push(joiner), (who['joinEvent'] = write('Add user', joiner))),
    },
    { before: joins.userUnlogged, happens: () => void users.push(unlogged) },
    { before: joins.guest, happens: () => void (users.push(guest), write('Invite external user', guest)) },
    {
      before: leaves.guest,
      happens: () => {
        drop(users, ({ id }) => id === guest.id);
        who['leaveEvent'] = write('Delete user', guest);
      },
    },
    { before: joins.member, happens: () => void organization.members.push(memberNamed('newcomer', 900_010)) },
    { before: leaves.member, happens: () => void drop(organization.members, ({ id }) => id === 900_010) },
    { before: leaves.inOutage, happens: () => void drop(organization.members, ({ id }) => id === 900_001) },
    {
      before: leaves.onDeniedNight,
      happens: () => void drop(organization.members, ({ id }) => id === 900_002),
    },
    {
      before: leaves.outsideCollaborator,
      happens: () => void drop(organization.outsideCollaborators, ({ id }) => id === 900_003),
    },
    {
      before: joins.owner,
      happens: () => {
        member.role = 'admin';
        organization.estate.events.push({
          ...{ id: 'planted-owner', at: at().toISOString(), action: 'org.update_member', repository: null },
          ...{ actor: organization.members[0]?.login ?? '' },
          to: { user: member.id, login: member.login, permission: 'admin' },
        });
      },
    },
    {
      before: moves.logged,
      happens: () => {
        mover.department = 'New ventures';
        who['moveEvent'] = write('Update user', mover, 'Department', 'Included Updated Properties');
      },
    },
    { before: moves.inOutage, happens: () => void (other.jobTitle = 'Head of everything') },
    {
      before: between,
      happens: () => {
        who['gainedBetween'] = write('Add member to role', model);
        who['lostBetween'] = write('Remove member from role', model);
      },
    },
    {
      before: joins.awsAdministrator,
      happens: () => void cloudUser.attachedPolicies.push('arn:aws:iam::aws:policy/AdministratorAccess'),
    },
    {
      before: leaves.awsAdministrator,
      happens: () => void cloudUser.attachedPolicies.pop(),
    },
    {
      before: joins.repository,
      happens: () => {
        const id = 990_001;
        organization.repositories.push({ ...repository, id, name: 'new-venture', createdAt: iso(at()) });
        who['repository'] = String(id);
      },
    },
    {
      before: joins.key,
      happens: () => {
        const [key] = account.users.flatMap(({ accessKeys }) => accessKeys);
        if (!key) throw new Error('nobody has a key');
        iam.accessKeys.push({ ...key, id: 'AKIAPLANTED000000001', createdAt: iso(at()) } as typeof key);
      },
    },
    {
      before: joins.administrator,
      happens: () => {
        assignments.push({
          ...assignment,
          id: 'planted-assignment',
          role: guardedRoles[0] ?? assignment.role,
          principal: { type: 'user', id: joiner.id, displayName: joiner.displayName },
        });
        write('Add member to role', joiner);
      },
    },
    {
      before: leaves.administrator,
      happens: () => {
        drop(assignments, ({ id }) => id === 'planted-assignment');
        write('Remove member from role', joiner);
      },
    },
    { before: policyOff.from, happens: () => switched('disabled') },
    { before: policyOff.until, happens: () => switched('enabled') },
  ];
}

const iso = (date: Date) => date.toISOString().replace(/\.\d{3}Z$/, 'Z');
