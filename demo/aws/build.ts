import {
  accessKey,
  flawless,
  making,
  person,
  robot,
  role,
  signInsOf,
  trail,
  userNames,
  type Making,
} from './build-account.ts';
import type { AwsAccount, AwsModel, AwsUser } from './model.ts';
import { organizationOf } from './build-organization.ts';
import { plantDefects } from './defects.ts';
import { provide, trusting } from './build-trust.ts';
import { seeded } from './random.ts';

export interface BuildAws {
  readonly seed: number | string;
  /** The night that ages are counted from. */
  readonly now: Date;
  /** Active accounts, the management account among them. A suspended one comes on top. */
  readonly accounts?: number;
  /** IAM users of each account; one in four is a program. */
  readonly usersPerAccount?: number;
  /** User names of the people; made up where there are too few. */
  readonly people?: readonly string[];
  /** Whether the defects of `defects.ts` are planted. */
  readonly defects?: boolean;
  /** Makes the summary of the management account deny the MFA of its root, against report and device list. */
  readonly contradiction?: boolean;
  readonly readRole?: { readonly name: string; readonly externalId: string | null };
  readonly partition?: string;
}

/** An AWS organisation that follows from the seed alone, with what it takes to sign in to it. */
export function buildAws({
  seed,
  now,
  accounts = 3,
  usersPerAccount = 8,
  people = [],
  defects = true,
  contradiction = false,
  readRole = { name: 'ExhibitRead', externalId: 'exhibit-demo' },
  partition = 'aws',
}: BuildAws): AwsModel {
  const chance = seeded(seed);
  const make = making(chance, now, partition);
  const humans = usersPerAccount - Math.floor(usersPerAccount / 4);
  const names = [...new Set([...people, ...userNames(humans * (accounts + 1))])];

  const active = Array.from({ length: accounts }, (_, n) =>
    flawless(make, chance.digits(`account/${n}`, 12), {
      name: ['Management', 'Production', 'Sandbox'][n] ?? `Workload ${n + 1}`,
      users: usersOf(make, String(n), names.slice(n * humans, (n + 1) * humans), usersPerAccount),
      joinedDays: 1000 - Math.min(n, 500),
    }),
  );
  const [management, ...members] = active;
  if (!management) throw new RangeError('an organisation has at least its management account');
  const suspended = flawless(make, chance.digits('account/suspended', 12), {
    name: 'Old Lab',
    users: usersOf(
      make,
      'suspended',
      names.slice(accounts * humans, (accounts + 1) * humans),
      usersPerAccount,
    ),
    joinedDays: 990,
  });
  suspended.status = 'SUSPENDED';
  suspended.joinedMethod = 'INVITED';

  // Each is written to an account that is not its own.
  const [archive = management] = members;
  management.trails.push({ ...trail(make, 'organization-trail', logsOf(archive)), organization: true });
  for (const member of members) {
    member.trails.push(trail(make, 'account-trail', logsOf(management)));
    grantReading(make, member, management.id, readRole);
  }
  // The role is still there, but nothing can be assumed in a suspended account.
  grantReading(make, suspended, management.id, readRole);
  const model: AwsModel = {
    partition,
    organization: organizationOf(make, active),
    accounts: [...active, suspended],
    callers: [callerOf(make, management, chance.hex('caller/secret', 40))],
  };
  provide(make, model.organization?.directory ?? null, active);
  trusting(make, active);
  if (defects) plantDefects(make, active);
  if (contradiction) management.summaryLies['AccountMFAEnabled'] = management.root.mfa === null ? 1 : 0;
  for (const account of active) account.signIns = signInsOf(make, account);
  return model;
}

/** The bucket in which nobody can delete what is written. */
function logsOf({ buckets }: AwsAccount): string {
  return buckets.find(({ lock }) => lock === 'COMPLIANCE')?.name ?? 'logs';
}

function usersOf(make: Making, account: string, people: readonly string[], count: number): AwsUser[] {
  const robots = Array.from(
    { length: count - people.length },
    (_, n) => `svc-${n === 0 ? 'deploy' : `job-${n}`}`,
  );
  return [
    ...people.map((name) => person(make, account, name)),
    ...robots.map((name) => robot(make, account, name)),
  ];
}

function grantReading(
  make: Making,
  account: AwsAccount,
  trusts: string,
  { name, externalId }: { readonly name: string; readonly externalId: string | null },
): void {
  account.readRole = { name, externalId, trusts, refuses: [] };
  account.roles.push(
    role(make, account.id, name, {
      trusts: { AWS: `arn:${make.partition}:iam::${trusts}:root` },
      policies: [`arn:${make.partition}:iam::aws:policy/SecurityAudit`],
    }),
  );
}

/** The user whose key reads the organisation. It is one of the users that are read. */
function callerOf(
  make: Making,
  management: AwsAccount,
  secretAccessKey: string,
): AwsModel['callers'][number] {
  const name = 'exhibit-reader';
  const key = accessKey(make, `${management.id}/${name}/1`, { age: 21, used: 0 });
  management.users.push({
    ...robot(make, management.id, name),
    accessKeys: [key],
    attachedPolicies: [`arn:${make.partition}:iam::aws:policy/SecurityAudit`],
    inlinePolicies: [],
  });
  return { accessKeyId: key.id, secretAccessKey, account: management.id, userName: name, refuses: [] };
}
