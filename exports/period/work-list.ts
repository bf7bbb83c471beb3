import type { Control } from '../../controls/control.ts';
import type { Exception, Register } from '../../controls/declarations.ts';
import type { Plan } from '../../controls/plan.ts';
import { compare } from '../../evidence-model/subject.ts';
import { stretchesOf } from './intervals.ts';
import type { State } from './series.ts';
import type { Thing } from './things.ts';
import type { TimeBook } from './time-book.ts';

/** A failure for somebody to mend, or one that was mended lately. */
export interface Work extends Thing {
  readonly control: string;
  readonly severity: Control['severity'];
  /** Why, as it was said when it was first seen. */
  readonly reason: string;
  readonly remedy: string;
  /** The first reading that saw it, and when the slot of the last that saw it otherwise was opened: it began between them. */
  readonly firstSeen: string;
  readonly notBefore: string | null;
  /** The last reading that saw it. */
  readonly lastSeen: string;
  /** Whole days since it was first seen, until it was seen mended or until now. */
  readonly ageDays: number;
  /** The first reading that saw it mended; `null` while it stands, as far as anybody can tell. */
  readonly fixedBy: string | null;
  /** The first reading since it was last seen in which an exception stood for it: it fails still. `null` where it was mended, or none does. */
  readonly acceptedSince: string | null;
  /** Readings since it was last seen that could not tell. */
  readonly untold: number;
  /** Who answers for it, as an exception or the register of services says; `null` where neither does. */
  readonly owner: string | null;
  /** The date by which the policy wants it mended. */
  readonly due: string;
  readonly overdue: boolean;
}

const dayMs = 86_400_000;

/** Within how many days a failure is to be mended where the policy says nothing else. */
const remedyDays: Readonly<Record<Control['severity'], number>> = {
  critical: 7,
  high: 30,
  medium: 90,
  low: 180,
};

/** Every failure that stands and every one that was mended within so many days, the gravest and oldest first. */
export function workList(
  book: TimeBook,
  controls: readonly Control[],
  plan: Plan,
  now: Date,
  mendedWithinDays = 30,
): Work[] {
  const until = book.nights.length;
  const since = new Date(now.getTime() - mendedWithinDays * dayMs).toISOString();
  const works = controls.flatMap((control) =>
    // What happened is in no state that ends; it is mended by whoever looks into it.
    control.days === undefined
      ? book.toldOf(control.id).flatMap((told) => worksAt(book, control, told, { plan, now, since, until }))
      : [],
  );
  const grave = ['critical', 'high', 'medium', 'low'];
  return works.sort(
    (a, b) =>
      Number(a.fixedBy !== null) - Number(b.fixedBy !== null) ||
      grave.indexOf(a.severity) - grave.indexOf(b.severity) ||
      compare(a.firstSeen, b.firstSeen) ||
      compare(a.control, b.control) ||
      compare(a.source, b.source) ||
      compare(a.id, b.id),
  );
}

/** What a failure that is mended is seen as. What is accepted fails still, and what somebody must say is not told. */
const mended: ReadonlySet<State> = new Set(['pass', 'not-applicable', 'gone']);

interface Asked {
  readonly plan: Plan;
  readonly now: Date;
  readonly since: string;
  readonly until: number;
}

function worksAt(
  book: TimeBook,
  control: Control,
  { series, reasons }: ReturnType<TimeBook['toldOf']>[number],
  { plan, now, since, until }: Asked,
): Work[] {
  const reasonsOf = Map.groupBy(reasons, ({ thing }) => thing);
  const found: Work[] = [];
  const failing = new Map<number, boolean>();
  for (const thing of series.things()) {
    const history = series.historyOf(thing);
    const fails = failing.get(history) ?? series.history(history).some(({ state }) => state === 'fail');
    failing.set(history, fails);
    if (!fails) continue;
    const stretches = stretchesOf(series, thing, book.nights, until);
    const last = stretches.findLastIndex(({ state }) => state === 'fail');
    const stretch = stretches[last];
    if (!stretch) continue;
    const later = stretches.slice(last + 1);
    const fixedBy = later.find(({ state }) => mended.has(state))?.first ?? null;
    if (fixedBy !== null && fixedBy < since) continue;
    const accepted = fixedBy === null ? later.find(({ state }) => state === 'excepted') : undefined;
    const about = book.things.get(thing);
    const days = plan.policy.remedyDays?.[control.severity] ?? remedyDays[control.severity];
    const due = new Date(Date.parse(stretch.first) + days * dayMs).toISOString().slice(0, 10);
    const ended = fixedBy ?? now.toISOString();
    found.push({
      ...about,
      control: control.id,
      severity: control.severity,
      reason: reasonsOf.get(thing)?.findLast(({ from }) => from <= stretch.nights[1])?.text ?? '',
      remedy: control.remedy,
      firstSeen: stretch.first,
      notBefore: stretch.earliestStart,
      lastSeen: stretch.last,
      ageDays: Math.max(0, Math.floor((Date.parse(ended) - Date.parse(stretch.first)) / dayMs)),
      fixedBy,
      acceptedSince: accepted?.first ?? null,
      untold: later
        .filter(({ state }) => state === 'no-data' || state === 'unknown')
        .reduce((sum, { readings }) => sum + readings, 0),
      owner: ownerOf(plan, control.id, about),
      due,
      overdue: fixedBy === null && accepted === undefined && due < now.toISOString().slice(0, 10),
    });
  }
  return found;
}

function ownerOf({ exceptions, register }: Plan, control: string, thing: Thing): string | null {
  return ownerByException(exceptions, control, thing) ?? ownerByRegister(register, thing);
}

/** Also an exception that is over says who asked for it. */
function ownerByException(
  exceptions: readonly Exception[],
  control: string,
  { source, id }: Thing,
): string | null {
  const found = exceptions.find(
    (each) =>
      each.control === control &&
      each.subjects.includes(id) &&
      (each.source === undefined || each.source === source),
  );
  return found?.owner ?? null;
}

function ownerByRegister({ services }: Register, { source, id, name }: Thing): string | null {
  const called = [id, name].map((each) => each?.toLowerCase());
  const found = services.find(({ accounts }) =>
    accounts.some((each) => each.source === source && called.includes(each.account.toLowerCase())),
  );
  return found?.owner ?? null;
}
