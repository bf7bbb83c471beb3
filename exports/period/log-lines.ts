import { AuditEvent, DirectoryChange } from '../../evidence-model/kinds.ts';
import type { Subject } from '../../evidence-model/subject.ts';
import type { JudgedNight } from '../judge-night.ts';

/** What a line of a log says of somebody: that they came or went, got or lost power, may or may no longer take it on, or moved. */
export type Saying = 'joined' | 'left' | 'gained' | 'lost' | 'eligible' | 'no-longer-eligible' | 'moved';

/** A line of a log of the source about something that is counted. */
export interface LogEvent {
  readonly source: string;
  readonly id: string;
  readonly at: string;
  readonly activity: string;
  readonly targets: readonly string[];
  readonly says: readonly Saying[];
  /** The role that it is about, as the source calls it; `null` where the line does not tell it. */
  readonly role: string | null;
  /** What was changed of whom it is about, in the vendor's words. */
  readonly properties: readonly string[];
}

/**
 * What a directory's log calls it. Of what is asked for and approved in between nothing has come about yet:
 * https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities
 */
const activities: readonly (readonly [RegExp, Saying])[] = [
  [/^(Add|Invite external|Restore) user$/, 'joined'],
  [/^(Delete|Hard Delete) user$/, 'left'],
  [/^Add (scoped )?member to role($|.* completed| outside of PIM)/, 'gained'],
  [/^Remove (scoped )?member from role($|.* completed| outside of PIM| \(PIM activation expired\))/, 'lost'],
  [/^Add eligible member to role($|.* completed)/, 'eligible'],
  [/^Remove eligible member from role($|.* completed)/, 'no-longer-eligible'],
  [/^Update user$/, 'moved'],
];

/** What an activity in the log of a directory says of whom it is about. */
export function saidBy(activity: string): readonly Saying[] {
  return activities.flatMap(([pattern, saying]) => (pattern.test(activity) ? [saying] : []));
}

/** What the directory calls where somebody works, and as what. */
export const positions = { department: 'Department', jobTitle: 'JobTitle' } as const;

/** What GitHub calls an owner, and an owner is called here. */
const [admin, owner] = ['admin', 'owner'];

/**
 * Lines about whoever comes and goes, and gets or loses power, that the newest readings of logs tell of. A line that
 * does not say what became of somebody is none.
 */
export function* linesIn({ plan, subjects, datasets }: JudgedNight): Iterable<LogEvent> {
  const sources = new Set(plan.sources.map(({ id }) => id));
  for (const { kind, lineOf } of logs) {
    // A kind that nobody asked for is joined when it is, which is not worth it where nothing told of it.
    if (!datasets.some(({ snapshot }) => snapshot !== null && kind in snapshot.header.kinds)) continue;
    for (const subject of subjects.of(kind)) {
      const at = subject.fields.get('at')?.value;
      const line = sources.has(subject.source) && typeof at === 'string' ? lineOf(subject) : null;
      if (line && typeof at === 'string') yield { source: subject.source, id: subject.id, at, ...line };
    }
  }
}

type Line = Omit<LogEvent, 'source' | 'id' | 'at'>;

const logs: readonly { readonly kind: string; readonly lineOf: (subject: Subject) => Line | null }[] = [
  { kind: DirectoryChange.name, lineOf: ofDirectory },
  { kind: AuditEvent.name, lineOf: ofOrganization },
];

function ofDirectory({ fields }: Subject): Line | null {
  const [activity, targets, changed] = ['activity', 'targets', 'properties'].map(
    (field) => fields.get(field)?.value,
  );
  if (fields.get('succeeded')?.value !== true || typeof activity !== 'string' || !Array.isArray(targets))
    return null;
  const says = saidBy(activity);
  const told = Array.isArray(changed) ? changed.map(String) : [];
  const properties = told.filter((name) => Object.values<string>(positions).includes(name));
  if (says.length === 0 || (says.includes('moved') && properties.length === 0)) return null;
  return { activity, targets: targets.map(String), says, role: null, properties };
}

/** https://docs.github.com/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization */
function ofOrganization({ fields }: Subject): Line | null {
  const [activity, target, given] = ['action', 'target', 'role'].map((field) => fields.get(field)?.value);
  if (typeof activity !== 'string' || typeof target !== 'string' || target === 'none') return null;
  const line = (says: readonly Saying[], role: string | null): Line => ({
    activity,
    targets: [target],
    says,
    role,
    properties: [],
  });
  const role = typeof given === 'string' && given !== 'none' ? given : null;
  if (activity === 'org.add_member')
    return role === admin ? line(['joined', 'gained'], owner) : line(['joined'], null);
  if (activity === 'org.remove_member' || activity === 'org.remove_outside_collaborator')
    return line(['left'], null);
  if (activity === 'org.update_member' && role !== null)
    return line([role === admin ? 'gained' : 'lost'], owner);
  if (activity === 'organization_role.assign' && role !== null) return line(['gained'], role);
  if (activity === 'organization_role.revoke' && role !== null) return line(['lost'], role);
  return null;
}
