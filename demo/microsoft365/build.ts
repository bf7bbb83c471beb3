import { seeded, type Seeded } from '../aws/random.ts';
import type { Person } from '../people.ts';
import { auditsOf } from './build-audits.ts';
import { policiesOf } from './build-policies.ts';
import { assignmentsOf, globalAdministrator, pipelineOf, roles } from './build-roles.ts';
import { activityOf } from './build-activity.ts';
import { groupName, thingsOf } from './build-estate.ts';
import { listingsOf, settingsOf } from './build-settings.ts';
import { allPermissions, type M365User, type Microsoft365Model } from './model.ts';

export interface BuildMicrosoft365 {
  readonly seed: number | string;
  /** The night that ages are counted from. */
  readonly now: Date;
  readonly name: string;
  /** Members of the tenant; guests and the break-glass account come on top. */
  readonly people: number;
  readonly person: (n: number) => Person;
}

const dayMs = 86_400_000;

/**
 * One tenant that follows from the seed and the night alone. What is wrong in it stands in `plant` below and in
 * `build-policies.ts`: an administrator whom no policy reaches, one whom a policy may reach, people without a second
 * factor, and one of whom the registration report has nothing to say.
 */
export function buildMicrosoft365({ seed, now, name, people, person }: BuildMicrosoft365): Microsoft365Model {
  const chance = seeded(`${seed}/microsoft365`);
  const domain = 'larkspur.example.com';
  const ago = (days: number) => new Date(now.getTime() - days * dayMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const [yesterday, longAgo] = [ago(1), ago(120)];
  const [suite, premium] = [chance.uuid('sku/SPB'), chance.uuid('sku/AAD_PREMIUM_P2')];
  const phone = (n: number) => `+1 555 010 ${String(n).padStart(6, '0')}`; // nobody's
  const members = Array.from({ length: people }, (_, n): M365User => {
    const { userName, name: displayName, mail: alias } = person(n);
    return {
      id: chance.uuid(`user/${n}`),
      userPrincipalName: `${userName}@${domain}`,
      mail: `${userName}@${domain}`,
      displayName,
      phone: phone(n),
      aliases: [alias],
      ...(positions[n % positions.length] ?? nowhere),
      enabled: true,
      guest: false,
      createdAt: ago(chance.between(`created/${n}`, 30, 1800)),
      licences: [n === 1 ? premium : suite], // one has an account for administration alone
      registration: 'usable',
      signedInAt: n % 41 === 40 ? null : n % 19 === 18 ? longAgo : yesterday,
    };
  });
  const guests = Array.from({ length: Math.ceil(people / 20) }, (_, n): M365User => {
    return {
      id: chance.uuid(`guest/${n}`),
      userPrincipalName: `auditor-${n + 1}_partner.example#EXT#@${domain}`,
      mail: `auditor-${n + 1}@partner.example`,
      displayName: `Partner ${n + 1}`,
      phone: phone(people + n),
      aliases: [],
      ...nowhere,
      enabled: true,
      guest: true,
      createdAt: ago(200 + n),
      licences: [],
      registration: 'usable',
      signedInAt: n === 0 ? null : ago(5),
    };
  });
  const breakGlass: M365User = {
    id: chance.uuid('break-glass'),
    userPrincipalName: `emergency-access@${domain}`,
    mail: `emergency-access@${domain}`,
    displayName: 'Emergency access',
    phone: phone(99_999),
    aliases: [],
    ...nowhere,
    enabled: true,
    guest: false,
    createdAt: ago(900),
    licences: [],
    registration: 'usable',
    signedInAt: ago(170),
  };
  plant(members, guests, ago);
  const tenant = chance.uuid('tenant');
  const grounds = { chance, members, guests, breakGlass, ago, pipeline: pipelineOf(chance).id };
  const things = thingsOf(grounds);
  const emergencies = things.groups.filter((group) => group.name === groupName.emergencies);
  const policies = policiesOf(chance, {
    breakGlass: breakGlass.id,
    emergencies: emergencies.map(({ id }) => id),
    guests: guests.slice(0, 1).map(({ id }) => id),
  });
  return {
    ...things,
    ...activityOf(grounds, globalAdministrator),
    settings: settingsOf(grounds),
    listings: listingsOf(grounds, domain, things.groups, { tenant }),
    tenant,
    name,
    domain,
    licences: { p1: true, p2: true, intune: true },
    applications: [
      {
        name: 'Exhibit',
        clientId: chance.uuid('application'),
        secret: {
          value: `${chance.hex('secret', 8)}~${chance.hex('secret/rest', 32)}`,
          expiresAt: ago(-300),
        },
        certificate: null,
        federated: null,
        permissions: [...allPermissions],
      },
    ],
    users: [...members, ...guests, breakGlass],
    securityDefaults: false,
    policies,
    roles: roles.map((role) => ({ ...role, builtIn: true })),
    assignments: assignmentsOf(chance, members, breakGlass),
    skus: [
      sku(chance, 'SPB', people + 5, members.length, [
        ['AAD_PREMIUM', true],
        ['INTUNE_A', true],
        ['EXCHANGE_S_STANDARD', true],
        ['ATP_ENTERPRISE', true],
        ['MCOSTANDARD', false],
      ]),
      sku(chance, 'AAD_PREMIUM_P2', 10, 10, [['AAD_PREMIUM_P2', true]]),
      sku(chance, 'FLOW_FREE', 10_000, 3, [['FLOW_P2_VIRAL', true]]),
    ],
    audits: auditsOf(chance, now, { members, policies, roles, pipeline: pipelineOf(chance) }),
  };
}

/** What is wrong with people's second factors. Administrators come first and have theirs; where there are too few people, those left over are not planted. */
function plant(
  members: readonly M365User[],
  guests: readonly M365User[],
  ago: (days: number) => string,
): void {
  const plants: readonly ((user: M365User) => void)[] = [
    (user) => (user.registration = 'none'),
    (user) => (user.registration = 'unusable'), // registered a method that the tenant does not allow
    (user) => (user.registration = 'left-out'),
    (user) => Object.assign(user, { registration: 'none', createdAt: ago(3) }), // came three days ago
    (user) => Object.assign(user, { registration: 'none', enabled: false }), // left
  ];
  const others = members.slice(administrators);
  for (const [n, spoil] of plants.entries()) {
    const user = others[n * 3];
    if (user) spoil(user);
  }
  const [guest] = guests;
  if (guest && members.length > administrators) guest.registration = 'none';
}

/** Where in the company people work, and as what. */
const positions = [
  { department: 'Platform', jobTitle: 'Systems engineer' },
  { department: 'Product', jobTitle: 'Software developer' },
  { department: 'Customer care', jobTitle: 'Account manager' },
  { department: 'Bookkeeping', jobTitle: 'Controller' },
] as const;
const nowhere = { department: null, jobTitle: null };

/** How many members hold roles. */
const administrators = 8;

function sku(
  chance: Seeded,
  name: string,
  seats: number,
  used: number,
  plans: readonly (readonly [string, boolean])[],
): Microsoft365Model['skus'][number] {
  return {
    id: chance.uuid(`sku/${name}`),
    name,
    state: 'Enabled',
    seats,
    used,
    plans: plans.map(([plan, provisioned]) => ({ id: chance.uuid(`plan/${plan}`), name: plan, provisioned })),
  };
}
