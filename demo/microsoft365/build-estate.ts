import type { Seeded } from '../aws/random.ts';
import { allPermissions, type M365User } from './model.ts';
import type {
  M365Delegated,
  M365Device,
  M365Estate,
  M365Grant,
  M365Group,
  M365Program,
} from './model-estate.ts';
import { exchangePermission } from './token.ts';

/** What reads here as the demo does. */
const readerName = 'Exhibit evidence reader';

/** What the estate is built from. */
export interface Grounds {
  readonly chance: Seeded;
  readonly members: readonly M365User[];
  readonly guests: readonly M365User[];
  /** The account for emergencies, which policies leave out. */
  readonly breakGlass: M365User;
  /** The time so many days before the night. */
  readonly ago: (days: number) => string;
  /** The id of the program that holds a role. */
  readonly pipeline: string;
}

/** Some of what Microsoft Graph lets programs do: https://learn.microsoft.com/graph/permissions-reference */
const graphRoles = {
  'User.Read.All': 'df021288-bdef-4463-88db-98f22de89214',
  'Directory.ReadWrite.All': '19dbc75e-c2e2-444c-a770-ec69d8559fc7',
  'Mail.Read': '810c84a8-4a9e-49e6-bf7d-12d183f40d01',
} as const;
/** https://learn.microsoft.com/powershell/exchange/app-only-auth-powershell-v2 */
const exchangeRole = 'dc50a0fb-09a3-484d-be87-e023b12c6440';
/** https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in */
const graphAppId = '00000003-0000-0000-c000-000000000000';
const microsoft = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';

export const groupName = {
  emergencies: 'Accounts for emergencies',
  desk: 'Help desk',
  everyone: 'Everyone',
} as const;

/** Groups: one that policies leave out, one that can hold roles and has another inside, one that a rule fills. */
export function groupsOf({ chance, members, breakGlass, ago }: Grounds): M365Group[] {
  const group = (name: string, said: Partial<M365Group>): M365Group => ({
    id: chance.uuid(`group/${name}`),
    name,
    createdAt: ago(700),
    dynamic: false,
    assignableToRoles: false,
    users: [],
    groups: [],
    ...said,
  });
  const night = group('Help desk at night', { users: members.slice(9, 11).map(({ id }) => id) });
  return [
    group(groupName.emergencies, { users: [breakGlass.id] }),
    night,
    group(groupName.desk, {
      assignableToRoles: true,
      users: members.slice(7, 9).map(({ id }) => id),
      groups: [night.id],
    }),
    group(groupName.everyone, { dynamic: true, users: members.map(({ id }) => id) }),
  ];
}

/** What Graph lets programs do, as far as somebody here may. */
function offersOf(chance: Seeded): M365Program['offers'] {
  const others = allPermissions.filter((value) => !(value in graphRoles) && value !== exchangePermission);
  return [
    ...Object.entries(graphRoles).map(([value, id]) => ({ id, value })),
    ...others.map((value) => ({ id: chance.uuid(`role/${value}`), value })),
  ];
}

/** Programs: Microsoft Graph, the pipeline with a password that has ended, and a stranger's that reads mail. */
export function programsOf({ chance, pipeline, ago }: Grounds): M365Program[] {
  const program = (name: string, said: Partial<M365Program>): M365Program => ({
    id: chance.uuid(`program/${name}`),
    appId: chance.uuid(`app/${name}`),
    name,
    registration: null,
    maker: chance.uuid(`maker/${name}`),
    type: 'Application',
    createdAt: ago(600),
    enabled: true,
    offers: [],
    passwords: [],
    certificates: [],
    ...said,
  });
  const secret = (name: string, from: number, until: number) => ({
    id: chance.uuid(`key/${name}`),
    name,
    from: ago(from),
    until: ago(until),
  });
  return [
    program('Microsoft Graph', {
      appId: graphAppId,
      maker: microsoft,
      offers: offersOf(chance),
    }),
    program('Deployment pipeline', {
      id: pipeline,
      registration: chance.uuid('registration/pipeline'),
      maker: chance.uuid('tenant'),
      passwords: [secret('pipeline-1', 800, 20), secret('pipeline-2', 400, -330)],
    }),
    program('Payroll export', {
      registration: chance.uuid('registration/payroll'),
      maker: chance.uuid('tenant'),
      certificates: [secret('payroll-1', 100, -265)],
    }),
    program('Meeting notes by somebody else', {}),
    program('Backup worker', { type: 'ManagedIdentity', maker: null }),
    program('Office 365 Exchange Online', {
      appId: '00000002-0000-0ff1-ce00-000000000000',
      maker: microsoft,
      offers: [{ id: exchangeRole, value: exchangePermission }],
    }),
    program(readerName, {
      appId: chance.uuid('application'),
      registration: chance.uuid('registration/exhibit'),
      maker: chance.uuid('tenant'),
      passwords: [secret('exhibit-1', 60, -300)],
    }),
  ];
}

/** What those programs may do at Microsoft Graph. */
export function grantsOf(
  { chance, members, ago }: Grounds,
  [graph, pipeline, payroll, notes, , exchange, reader]: readonly M365Program[],
): { grants: M365Grant[]; delegated: M365Delegated[] } {
  if (!graph || !pipeline || !payroll || !notes || !exchange || !reader) return { grants: [], delegated: [] };
  const grant = (holder: M365Program, role: keyof typeof graphRoles): M365Grant => ({
    id: chance.hex(`grant/${holder.name}/${role}`, 32),
    holder: holder.id,
    resource: graph.id,
    role: graphRoles[role],
    at: ago(300),
  });
  const delegation = (scope: string, of: string | null): M365Delegated => ({
    id: chance.hex(`delegated/${scope}`, 32),
    client: notes.id,
    resource: graph.id,
    of,
    scope,
  });
  return {
    grants: [
      grant(pipeline, 'Directory.ReadWrite.All'),
      grant(payroll, 'User.Read.All'),
      ...[graph, exchange].flatMap((resource) =>
        resource.offers
          .filter(({ value }) => allPermissions.includes(value))
          .map(({ id: role, value }) => ({
            id: chance.hex(`grant/${readerName}/${value}`, 32),
            holder: reader.id,
            resource: resource.id,
            role,
            at: ago(300),
          })),
      ),
    ],
    delegated: [
      delegation('User.Read offline_access', null),
      delegation('Mail.Read', members[2]?.id ?? null),
    ],
  };
}

/** An id that follows from another: of things that everybody has there are too many to make up an id for each. */
export function like(id: string, mark: string): string {
  return `${mark}${id.slice(mark.length)}`;
}

const systems = [
  { system: 'Windows', version: '10.0.26100.2894' },
  { system: 'macOS', version: '26.1' },
  { system: 'iOS', version: '26.1' },
] as const;

/** A device for everybody who can sign in. One is not encrypted, one has been silent, one is in the directory alone. */
export function devicesOf({ members, ago }: Grounds): M365Device[] {
  const [enrolledAt, lately, before] = [ago(400), ago(1), ago(60)];
  return members.map((owner, n): M365Device => {
    const { system, version } = systems[n % systems.length] ?? systems[0];
    const bare = n % 23 === 11;
    return {
      id: like(owner.id, 'd1'),
      deviceId: like(owner.id, 'd2'),
      intuneId: n % 29 === 13 ? null : like(owner.id, 'd3'),
      name: `LARK-${String(n + 1).padStart(3, '0')}`,
      owner: owner.id,
      system,
      version,
      compliance: bare ? 'noncompliant' : n % 31 === 17 ? 'inGracePeriod' : 'compliant',
      encrypted: !bare,
      enrolledAt,
      seenAt: n % 37 === 19 ? before : lately,
    };
  });
}

/** Everything of the estate that is no setting and did not happen. */
export function thingsOf(
  grounds: Grounds,
): Pick<M365Estate, 'groups' | 'programs' | 'grants' | 'delegated' | 'devices'> {
  const programs = programsOf(grounds);
  return {
    groups: groupsOf(grounds),
    programs,
    ...grantsOf(grounds, programs),
    devices: devicesOf(grounds),
  };
}
