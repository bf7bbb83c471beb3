import { push } from '../../controls/by-source.ts';
import type { Days } from './calendar-days.ts';
import type { LogEvent } from './log-lines.ts';
import { heldBy, privileges, roleCalled, type Held, type Privilege } from './privileges.ts';
import type { TimeBook } from './time-book.ts';
import { turnsIn, type Turn } from './turns.ts';

type Line = Pick<LogEvent, 'id' | 'at' | 'activity'>;

/**
 * Somebody or something that got power or lost it. What two readings tell happened after the one and by the other; what
 * a log alone tells happened at its time, and both are that.
 */
export interface PrivilegeChange extends Pick<Turn, 'after' | 'by' | 'untold'> {
  readonly source: string;
  readonly change: 'gained' | 'lost';
  readonly told: 'by-readings' | 'by-the-log-alone';
  /** How it is had, such as «holds the directory role»; `null` where the log does not tell. */
  readonly how: string | null;
  /** The id of the account, or of the group or program; `null` where it is not told which of those that a line names it is. */
  readonly account: string | null;
  readonly name: string | null;
  /** What people call the role, or its id where they are not told; `null` where the log does not tell which it was. */
  readonly role: string | null;
  readonly scope: string | null;
  /**
   * The one line of the source's own log that tells of it; `null` where none does, or where it may be one or another.
   */
  readonly event: Line | null;
}

/** Everything of which readings or logs say that it was got or lost within the days. */
export function privilegeChanges(book: TimeBook, days: Days): PrivilegeChange[] {
  const told = privileges.flatMap((privilege) => byReadings(book, privilege, days));
  const explained = new Set(told.flatMap(({ lines }) => lines.map(({ source, id }) => keyOf(source, id))));
  const alone = book.events.filter(
    ({ source, id, at }) => at >= days.begins && at < days.ends && !explained.has(keyOf(source, id)),
  );
  return [...told.map(({ change }) => change), ...alone.flatMap((line) => byLog(book, line))].sort(
    (a, b) => Date.parse(a.by) - Date.parse(b.by),
  );
}

interface Told {
  readonly change: PrivilegeChange;
  /** Every line that may tell of it. */
  readonly lines: readonly LogEvent[];
}

function byReadings(book: TimeBook, privilege: Privilege, { begins, ends }: Days): Told[] {
  const until = book.nights.filter(({ due }) => due < ends).length;
  const after = book.nights.filter(({ due }) => due < begins).length - 1;
  return book.toldOf(`privilege/${privilege.id}`).flatMap(({ source, series }) => {
    const turns = [...turnsIn(series, book.nights, { after, until })].map((turn) => ({
      turn,
      held: heldBy(book.things.get(turn.thing).id),
    }));
    const ofAccount = Map.groupBy(turns, ({ held }) => held.account);
    const named = new Map<string, LogEvent[]>();
    for (const line of book.linesOf(source))
      for (const target of new Set(line.targets)) if (ofAccount.has(target)) push(named, target, line);
    return turns.map(({ turn, held }): Told => {
      const change = turn.to === 'present' ? 'gained' : 'lost';
      const lines = (named.get(held.account) ?? []).filter(
        (line) => line.at >= turn.after && line.at <= turn.by && privilege.tellsOf(line, change, held.role),
      );
      const alike = (ofAccount.get(held.account) ?? []).filter(
        (other) => other.turn.to === turn.to && other.turn.by > turn.after && other.turn.after < turn.by,
      );
      return {
        change: changeOf(book, source, { privilege, turn, held }, lineIn(lines, alike.length)),
        lines,
      };
    });
  });
}

/**
 * A role that is taken on through PIM is told by PIM, and again by the directory. Of several lines the last tells it
 * where each says which role it is about; where they do not, one line must be all that there is, for one change.
 */
function lineIn(lines: readonly LogEvent[], changes: number): Line | null {
  const byDirectory = lines.filter(({ activity }) => !activity.includes('PIM'));
  const these = byDirectory.length > 0 ? byDirectory : lines;
  const isCertain = these.every(({ role }) => role !== null) || (these.length === 1 && changes === 1);
  const line = isCertain ? these.at(-1) : undefined;
  return line ? { id: line.id, at: line.at, activity: line.activity } : null;
}

interface Changed {
  readonly privilege: Privilege;
  readonly turn: Turn;
  readonly held: Omit<Held, 'name'>;
}

function changeOf(
  book: TimeBook,
  source: string,
  { privilege, turn, held }: Changed,
  event: Line | null,
): PrivilegeChange {
  return {
    source,
    change: turn.to === 'present' ? 'gained' : 'lost',
    told: 'by-readings',
    how: privilege.title,
    account: held.account,
    name: book.things.nameOf(source, held.account),
    role: book.things.nameOf(source, roleCalled(held.role)) ?? held.role,
    scope: held.scope,
    after: turn.after,
    by: turn.by,
    untold: turn.untold,
    event,
  };
}

/** What came and went between two readings, or was told of somebody whom none names. */
function byLog(
  book: TimeBook,
  { source, id, at, activity, says, role, targets }: LogEvent,
): PrivilegeChange[] {
  const change =
    says.includes('gained') || says.includes('eligible')
      ? 'gained'
      : says.includes('lost') || says.includes('no-longer-eligible')
        ? 'lost'
        : null;
  if (change === null) return [];
  const known = targets.filter((target) => book.things.nameOf(source, target) !== null);
  const [account = null] = targets.length === 1 ? targets : known.length === 1 ? known : [];
  return [
    {
      source,
      change,
      told: 'by-the-log-alone',
      how: null,
      account,
      name: account === null ? null : book.things.nameOf(source, account),
      role: role === null ? null : (book.things.nameOf(source, roleCalled(role)) ?? role),
      scope: null,
      after: at,
      by: at,
      untold: 0,
      event: { id, at, activity },
    },
  ];
}

const keyOf = (source: string, id: string) => JSON.stringify([source, id]);
