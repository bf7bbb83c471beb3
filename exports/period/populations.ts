import { administratorNeeds } from '../../controls/access/needs.ts';
import { globalAdministrator, harmlessRoles } from '../../controls/directory-roles.ts';
import type { Plan } from '../../controls/plan.ts';
import {
  Account,
  AccountAccess,
  CloudAccount,
  Credential,
  Repository,
  RoleAssignment,
} from '../../evidence-model/kinds.ts';
import type { Subject } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import type { Saying } from './log-lines.ts';
import type { Watched } from './watched.ts';

/** Something of which everybody who comes and goes is told, so that opening, joined and left add up to closing. */
export interface Population extends Watched {
  readonly id: string;
  readonly title: string;
  /** What a line of the source's own log says of whoever comes, and of whoever goes. */
  readonly told?: {
    readonly coming: Saying;
    readonly going: readonly Saying[];
    /** The role that a line must be about, where it tells one. */
    readonly role?: string;
  };
  /** Which thing a subject stands for, and whether it is one of these; `null` where that is not told. */
  readonly member: (subject: Subject, plan: Plan) => { readonly id: string; readonly is: boolean | null };
}

const told = ({ fields }: Subject, field: string) => {
  const value = fields.get(field)?.value;
  return value === undefined || isUnknown(value) ? null : value;
};

/** Those of which a field has one of these values. */
const having =
  (field: string, ...values: readonly unknown[]): Population['member'] =>
  (subject) => {
    const value = told(subject, field);
    return { id: subject.id, is: value === null ? null : values.includes(value) };
  };

/** A key that takes the place of another is told as the same: AWS reports the place, and of no key its id. */
function activeKey(key: Subject): ReturnType<Population['member']> {
  const [type, active] = ['type', 'active'].map((field) => told(key, field));
  const isKey = type === 'access-key';
  return { id: key.id, is: type === null || (isKey && active === null) ? null : isKey && active === true };
}

const every: Population['member'] = ({ id }) => ({ id, is: true });

/** Who holds a role in the directory that the policy does not name as one that is not privileged. */
function holder(subject: Subject, { policy }: Plan): ReturnType<Population['member']> {
  const [account, type, role] = ['account', 'accountType', 'role'].map((field) => told(subject, field));
  const said = policy.controls['mfa-required-admins-m365']?.['unprivilegedRoles'];
  const harmless: readonly unknown[] = Array.isArray(said) ? said : harmlessRoles;
  if (typeof account !== 'string' || typeof role !== 'string') return { id: subject.id, is: null };
  return {
    id: account,
    is: type === 'service-principal' ? false : role === globalAdministrator || !harmless.includes(role),
  };
}

const people = { coming: 'joined', going: ['left'] } as const;

export const populations: readonly Population[] = [
  {
    id: 'users',
    title: 'accounts of people of the tenant',
    collector: 'microsoft365',
    kind: Account.name,
    told: people,
    counted: 'microsoft365/users',
    member: having('userType', 'member'),
  },
  {
    id: 'guests',
    title: 'guest accounts of the tenant',
    collector: 'microsoft365',
    kind: Account.name,
    told: people,
    counted: 'microsoft365/users',
    member: having('userType', 'guest'),
  },
  {
    id: 'administrators',
    title: 'accounts and groups that hold privileged roles of the directory',
    collector: 'microsoft365',
    kind: RoleAssignment.name,
    told: { coming: 'gained', going: ['lost'] },
    member: holder,
  },
  {
    id: 'members',
    title: 'members of the organisation, its owners among them',
    collector: 'github',
    kind: Account.name,
    told: people,
    counted: 'github/members',
    member: having('role', 'member', 'owner'),
  },
  {
    id: 'owners',
    title: 'owners of the organisation',
    collector: 'github',
    kind: Account.name,
    // Whoever is removed from the organisation no longer owns it.
    told: { coming: 'gained', going: ['lost', 'left'], role: 'owner' },
    member: having('role', 'owner'),
  },
  {
    id: 'organization-administrators',
    title:
      'accounts that own the organisation, administer a repository of it or hold a role there of which it is not known that it may do less',
    collector: 'github',
    kind: AccountAccess.name,
    from: administratorNeeds.github,
    member: having('privilege', 'administrator'),
  },
  {
    id: 'outside-collaborators',
    title: 'outside collaborators',
    collector: 'github',
    kind: Account.name,
    told: people,
    member: having('role', 'outside-collaborator'),
  },
  {
    id: 'repositories',
    title: 'repositories, archived ones among them',
    collector: 'github',
    kind: Repository.name,
    counted: 'github/repositories',
    member: every,
  },
  {
    id: 'iam-users',
    title: 'IAM users and root users',
    collector: 'aws',
    kind: Account.name,
    counted: 'aws/credential-report',
    member: every,
  },
  {
    id: 'aws-administrators',
    title:
      'root users, and IAM users and users of Identity Center that may do everything in an account or come to in a known way',
    collector: 'aws',
    kind: AccountAccess.name,
    from: administratorNeeds.aws,
    member: having('privilege', 'administrator'),
  },
  {
    id: 'access-keys',
    title: 'active access keys of IAM users and root users, by the place (1 or 2) that each has there',
    collector: 'aws',
    kind: Credential.name,
    member: activeKey,
  },
  {
    id: 'aws-accounts',
    title: 'AWS accounts, suspended ones among them',
    collector: 'aws',
    kind: CloudAccount.name,
    member: every,
  },
];
