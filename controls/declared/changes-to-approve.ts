import {
  Account,
  AccountHolder,
  AuditEvent,
  BranchUpdate,
  ChangeToApprove,
  DirectoryChange,
} from '../../evidence-model/kinds.ts';
import { textOf, type Subject } from '../../evidence-model/subject.ts';
import { isUnknown, type Unknown } from '../../evidence-model/unknown.ts';
import type { Approval } from './approval-list.ts';
import type { Called } from './called.ts';
import type { Derivation } from './derivation.ts';

type Type = 'joiner' | 'privilege' | 'emergency';

/** What the directory calls it where somebody gets an account or power: https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities */
const directoryActivities: Readonly<Record<string, Type>> = {
  'Add user': 'joiner',
  'Add member to role': 'privilege',
  'Add eligible member to role': 'privilege',
  'Add scoped member to role': 'privilege',
};

/** The same of an organisation: https://docs.github.com/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization */
const organizationActions: Readonly<Record<string, Type>> = {
  'org.add_member': 'joiner',
  'org.update_member': 'privilege',
  'organization_role.assign': 'privilege',
};

/** Ways in which a branch came to stand elsewhere without anybody having been asked. */
const unasked = ['push', 'force-push', 'deletion'];

/** Something that happened, before it is held against approvals. */
interface Happened {
  readonly type: Type | Unknown;
  readonly at: unknown;
  readonly what: unknown;
  readonly happened: unknown;
  readonly actor: unknown;
  readonly byProgram: unknown;
  /** The accounts that it made: a request may name these in its place. */
  readonly made: readonly string[] | Unknown;
  /** Whoever is among these cannot be the one who approves it; where the source names nobody, that is not looked at. */
  readonly interested: readonly string[] | Unknown;
  /** Some of these may be no accounts, such as a role or a group. */
  readonly mixed?: true;
}

const silent = (field: string): Unknown => ({ unknown: `the source does not tell ${field}` });
const deleted: Unknown = { unknown: 'the account that did it was deleted' };
const of = ({ fields }: Subject, field: string): unknown => fields.get(field)?.value ?? silent(field);

/** By the kind of a thing at a kind of source: what of it is to be approved. */
const sorts: readonly {
  readonly kind: string;
  readonly collector: string;
  readonly types: readonly Type[];
  readonly happened: (subject: Subject) => Happened | null;
}[] = [
  {
    kind: DirectoryChange.name,
    collector: 'microsoft365',
    types: ['joiner', 'privilege'],
    happened: (change) => {
      const activity = of(change, 'activity');
      const type = isUnknown(activity) ? activity : directoryActivities[String(activity)];
      if (type === undefined) return null;
      const targets = of(change, 'targets');
      const listed = Array.isArray(targets) ? (targets as string[]) : [];
      return {
        type,
        at: of(change, 'at'),
        what: activity,
        happened: of(change, 'succeeded'),
        actor: of(change, 'actor'),
        byProgram: false,
        // Whoever got a role may have been approved for something else before: that request must name the event.
        made: type !== 'joiner' ? [] : isUnknown(targets) ? targets : listed,
        interested: isUnknown(targets) ? targets : listed,
        ...(type === 'privilege' && { mixed: true }),
      };
    },
  },
  {
    kind: AuditEvent.name,
    collector: 'github',
    types: ['joiner', 'privilege'],
    happened: (event) => {
      const action = of(event, 'action');
      const type = isUnknown(action) ? action : organizationActions[String(action)];
      if (type === undefined) return null;
      const [at, actor] = [of(event, 'at'), of(event, 'actor')];
      return { type, at, what: action, happened: true, actor, byProgram: false, made: [], interested: [] };
    },
  },
  {
    kind: Account.name,
    collector: 'aws',
    types: ['joiner'],
    happened: (account) => {
      const root = of(account, 'root');
      if (root === true) return null;
      return {
        type: isUnknown(root) ? root : 'joiner',
        at: of(account, 'createdAt'),
        what: 'the user was made',
        happened: true,
        actor: silent('who made it'),
        byProgram: false,
        made: [account.id],
        interested: [account.id],
      };
    },
  },
  {
    kind: BranchUpdate.name,
    collector: 'github',
    types: ['emergency'],
    happened: (update) => {
      const way = of(update, 'way');
      if (!isUnknown(way) && !unasked.includes(String(way))) return null;
      const actor = textOf(update, 'actor');
      const byProgram = of(update, 'byProgram');
      return {
        type: isUnknown(way) ? way : 'emergency',
        at: of(update, 'at'),
        what: isUnknown(way) ? way : `${String(way)} to ${textOf(update, 'branch') ?? 'a branch'}`,
        happened: true,
        actor: of(update, 'actor'),
        byProgram,
        made: [],
        // No program approves anything.
        interested:
          byProgram === true
            ? []
            : actor === null
              ? silent('who did it')
              : actor === 'gone'
                ? deleted
                : [actor],
      };
    },
  },
];

/** Whatever gave somebody an account or power, or changed code unasked, beside the approvals that name it. */
export const changesToApprove: Derivation = {
  kind: ChangeToApprove,
  from: [AccountHolder.name, ...sorts.map(({ kind }) => kind)],
  listedBy: ({ collector, kinds }) => {
    const types = sorts.flatMap((sort) => {
      const speech = kinds[sort.kind];
      const whole =
        speech?.lists === true && (sort.kind !== Account.name || speech.speaks.includes('createdAt'));
      return sort.collector === collector && whole ? sort.types : [];
    });
    return types.length === 0 ? false : { field: 'type', values: [...new Set(types)] };
  },
  things: ({ sources, subjects }, { plan, called: book }) => {
    const collectorOf = new Map(sources.map(({ id, collector }) => [id, collector]));
    const list = plan.declared.approvals;
    // Without a list nobody needs to know who is called how.
    const called = list === null ? null : book();
    const byKey = new Map<string, { readonly approval: Approval; readonly n: number }[]>();
    for (const [n, approval] of (list?.approvals ?? []).entries()) {
      const key = keyOf(approval.source, approval.subject);
      byKey.set(key, [...(byKey.get(key) ?? []), { approval, n }]);
    }
    return sorts.flatMap((sort) =>
      subjects.of(sort.kind).flatMap((subject) => {
        const { source, id } = subject;
        const happened = collectorOf.get(source) === sort.collector ? sort.happened(subject) : null;
        if (!happened) return [];
        const { made: accounts, interested, mixed, ...fields } = happened;
        const made = isUnknown(accounts) ? [] : accounts;
        const names = [id, ...made.flatMap((account) => [...(called?.namesOf(source, account) ?? [])])];
        const named = (these: readonly string[]) => [
          ...new Set(these.flatMap((name) => byKey.get(keyOf(source, name)) ?? [])),
        ];
        const found = named(names.filter((name) => called?.isShared(source, name) !== true));
        const theirs = isUnknown(interested)
          ? interested
          : called === null
            ? new Set<string>()
            : theirNames(called, source, interested, mixed === true);
        // Of an account that is not there nobody knows whether the list names it by what it was called.
        const nameless = made.find((account) => called?.isNamed(source, account) === false);
        const unmatched =
          found.length > 0
            ? null
            : isUnknown(accounts)
              ? `the list does not name it by its id, and which account it made is not known: ${accounts.unknown}`
              : nameless !== undefined
                ? `the list does not name it by its ids, and ${notHere(nameless)}`
                : named(names).length > 0
                  ? `the list names it by what other accounts of ${source} are called, too`
                  : null;
        return [
          {
            source,
            id,
            fields: {
              ...fields,
              name: isUnknown(fields.what) ? id : String(fields.what),
              approvals:
                unmatched === null
                  ? approvalsOf(list === null ? null : found.map(({ approval }) => approval), theirs)
                  : { unknown: unmatched },
              listedOn: list?.exportedOn ?? noList,
            },
            of: [subject],
            said: found.map(({ n }) => `/declared/approvals/approvals/${n}`),
          },
        ];
      }),
    );
  },
};

const noList: Unknown = { unknown: 'no list of what was approved was handed over' };

const notHere = (account: string) => `what ${account} is called is not told`;

/** Everything that those who have these accounts are called, or why there may be more. */
function theirNames(
  called: Called,
  source: string,
  accounts: readonly string[],
  mixed: boolean,
): ReadonlySet<string> | Unknown {
  const names = new Set<string>();
  for (const account of accounts) {
    const open = called.openNames(source, account);
    if (open !== null) return { unknown: open };
    if (!mixed && !called.has(source, account)) return { unknown: notHere(account) };
    for (const name of called.namesBehind(source, account)) names.add(name);
  }
  return names;
}

function approvalsOf(
  found: readonly Approval[] | null,
  theirs: ReadonlySet<string> | Unknown,
): readonly unknown[] | Unknown {
  if (found === null) return noList;
  // Where none is named, whose it would be does not matter.
  if (found.length > 0 && isUnknown(theirs)) return theirs;
  return found.map(({ reference, approvedBy: by, approvedOn: on }) => ({
    ...{ reference, by, on },
    own: !isUnknown(theirs) && theirs.has(by.toLowerCase()),
  }));
}

/** No source tells things apart by capitals alone. */
function keyOf(source: string, subject: string): string {
  return JSON.stringify([source, subject.toLowerCase()]);
}
