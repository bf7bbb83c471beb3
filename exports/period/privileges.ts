import { administratorNeeds } from '../../controls/access/needs.ts';
import { Account, AccountAccess, RoleAssignment, RoleSchedule } from '../../evidence-model/kinds.ts';
import type { Subject } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import type { LogEvent, Saying } from './log-lines.ts';
import type { Watched } from './watched.ts';

/** A role or power that an account has, and where. */
export interface Held {
  readonly account: string;
  /** What people call the account; `null` where that is not told here. */
  readonly name: string | null;
  readonly role: string;
  readonly scope: string | null;
}

/** A sort of power of which everybody who got or lost it is told. */
export interface Privilege extends Watched {
  readonly id: string;
  /** How it is had, in words that come before the role. */
  readonly title: string;
  /** Who has what by a subject; `none` where nobody has anything by it, and `null` where that is not told. */
  readonly held: (subject: Subject) => Held | 'none' | null;
  /** The lines of the source's own log that may tell of it. */
  readonly tellsOf: (line: LogEvent, change: 'gained' | 'lost', role: string) => boolean;
}

const told = ({ fields }: Subject, field: string) => {
  const value = fields.get(field)?.value;
  return typeof value === 'string' && !isUnknown(value) ? value : null;
};

function assignment(subject: Subject): Held | null {
  const [account, role] = [told(subject, 'account'), told(subject, 'role')];
  if (account === null || role === null) return null;
  return { account, name: told(subject, 'name'), role, scope: told(subject, 'scope') };
}

/** Lines that say so of a role that they do not tell, or of this one. */
const saying =
  (gained: Saying, ...lost: readonly Saying[]): Privilege['tellsOf'] =>
  ({ says, role: named }, change, role) =>
    (change === 'gained' ? says.includes(gained) : lost.some((each) => says.includes(each))) &&
    (named === null || named === role);

/** Who administers a source, by everything that was read of it. No log tells it as such. */
const administrators = (collector: keyof typeof administratorNeeds): Privilege => ({
  id: `${collector}-administrator`,
  title: 'is',
  collector,
  kind: AccountAccess.name,
  from: administratorNeeds[collector],
  held: (subject) => {
    const privilege = told(subject, 'privilege');
    if (privilege === null) return null;
    return privilege === 'administrator'
      ? { account: subject.id, name: told(subject, 'name'), role: 'administrator', scope: null }
      : 'none';
  },
  tellsOf: () => false,
});

export const privileges: readonly Privilege[] = [
  {
    id: 'directory-role',
    title: 'holds the directory role',
    collector: 'microsoft365',
    kind: RoleAssignment.name,
    held: assignment,
    tellsOf: saying('gained', 'lost'),
  },
  {
    id: 'eligible-role',
    title: 'may take on the directory role',
    collector: 'microsoft365',
    kind: RoleSchedule.name,
    held: (subject) => {
      const standing = told(subject, 'standing');
      return standing === null ? null : standing === 'eligible' ? assignment(subject) : 'none';
    },
    tellsOf: saying('eligible', 'no-longer-eligible'),
  },
  {
    id: 'ownership',
    title: 'is',
    collector: 'github',
    kind: Account.name,
    held: (subject) => {
      const role = told(subject, 'role');
      if (role === null) return null;
      return role === 'owner'
        ? { account: subject.id, name: told(subject, 'name'), role, scope: null }
        : 'none';
    },
    // Whoever is removed from the organisation no longer owns it.
    tellsOf: (line, change, role) =>
      line.role === null
        ? change === 'lost' && line.says.includes('left')
        : saying('gained', 'lost')(line, change, role),
  },
  {
    id: 'organization-role',
    title: 'holds the organisation role',
    collector: 'github',
    kind: RoleAssignment.name,
    held: assignment,
    tellsOf: (line, change, role) => line.role !== null && saying('gained', 'lost')(line, change, role),
  },
  {
    id: 'permission-set',
    title: 'is given the permission set',
    collector: 'aws',
    kind: RoleAssignment.name,
    held: assignment,
    tellsOf: () => false,
  },
  administrators('github'),
  administrators('aws'),
];

/** What a thing is called that stands for something that somebody has. */
export function pairOf({ account, role, scope }: Held): string {
  return JSON.stringify([account, role, scope]);
}

export function heldBy(pair: string): Omit<Held, 'name'> {
  const [account, role, scope] = JSON.parse(pair) as [string, string, string | null];
  return { account, role, scope };
}

/** What a role is called among things, apart from accounts, which a source may number alike. */
export const roleCalled = (role: string) => `role ${role}`;
