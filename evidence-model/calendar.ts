import { dailyOf, dueTimes, nextDue } from './schedule.ts';

/** A timetable as the ledger states it. It stands from `t` on, until another is stated. */
export interface StatedSchedule {
  readonly t: string;
  readonly cron: string;
  readonly timeZone: string;
  readonly firstDue: string;
  readonly graceMinutes: number;
  /** Aliases of the sources that it is about. */
  readonly sources: readonly string[];
}

/** A time at which a night was due, and by which timetable. */
export interface DueTime {
  readonly due: Date;
  readonly schedule: StatedSchedule;
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

/** A clock that stands further back than this was set; less is what every clock is corrected by. */
const setBackMs = minuteMs;

/** A reading this long before its time, by a clock that is right again, is still nearer to that night than to another. */
const nearMs = 12 * hourMs;

/**
 * Which nights the schedules of a ledger make due, and of which it speaks: told line by line, in order, by whoever
 * reads it. Writing, judging and verifying ask the same calendar, so that none of them expects other nights.
 */
export class Calendar {
  readonly #schedules: StatedSchedule[] = [];
  /** The due times that the ledger speaks of, in milliseconds: read, or passed over. */
  readonly #spoken = new Map<number, 'read' | 'gap'>();
  /** Before this the ledger was found to speak of every due time. */
  #spokenTo = Number.NEGATIVE_INFINITY;
  /** The furthest that the clock has been since it was last set back. */
  #furthest = Number.NEGATIVE_INFINITY;

  /** A timetable is stated. */
  schedule(schedule: StatedSchedule): void {
    this.#schedules.push(schedule);
  }

  /** A night was opened, or passed over as a gap. */
  speak(due: string, of: 'read' | 'gap'): void {
    this.#spoken.set(Date.parse(due), of);
  }

  /** Any line was written at this time. */
  passed(t: string): void {
    this.#furthest = Math.max(this.#furthest, Date.parse(t));
  }

  /** The furthest time that the ledger names, where the clock now stands before it; `null` where it does not. */
  aheadOf(now: Date): Date | null {
    return this.#furthest - now.getTime() > setBackMs ? new Date(this.#furthest) : null;
  }

  /** The ledger says that the clock was set back to this time. */
  setBack(t: string): void {
    for (const [due, of] of this.#spoken)
      if (isUndone(new Date(due).toISOString(), of, t)) this.#spoken.delete(due);
    this.#spokenTo = Math.min(this.#spokenTo, Date.parse(t));
    this.#furthest = Date.parse(t);
  }

  /** The timetable in force at a time, `null` before the first. */
  inForce(at: Date): StatedSchedule | null {
    return this.#schedules.findLast(({ t }) => Date.parse(t) <= at.getTime()) ?? null;
  }

  /** Due times up to and with this instant of which the ledger says nothing yet, oldest first. */
  unspoken(now: Date): DueTime[] {
    const found = this.#due(this.#spokenTo, now).filter(({ due }) => !this.#spoken.has(due.getTime()));
    this.#spokenTo = Math.max(this.#spokenTo, Math.min(now.getTime(), found[0]?.due.getTime() ?? Infinity));
    return found;
  }

  /** Every due time after one instant, up to and with another, oldest first. */
  due(after: Date, to: Date): DueTime[] {
    return this.#due(after.getTime() + 1, to);
  }

  #due(from: number, to: Date): DueTime[] {
    const just = to.getTime() + 1;
    const found = this.#schedules.flatMap((schedule, n) => {
      const daily = dailyOf(schedule.cron, schedule.timeZone);
      if (!daily) throw new Error(`schedule ${schedule.cron} has a form that this version does not know`);
      // Where the clock was set back in between, a later one may have been stated at an earlier time.
      const until = Math.min(just, ...this.#schedules.slice(n + 1).map(({ t }) => Date.parse(t)));
      const start = Math.max(Date.parse(schedule.firstDue), from);
      return dueTimes(daily, new Date(start), new Date(until)).map((due) => ({ due, schedule }));
    });
    return found.sort((a, b) => a.due.getTime() - b.due.getTime());
  }
}

/**
 * Whether what was said of a due time falls when the clock is found set back to a time: what was passed over beyond it has
 * not come yet, and what was read far beyond it was read at another time than was believed.
 */
export function isUndone(due: string, of: 'read' | 'gap', setBackTo: string): boolean {
  return Date.parse(due) >= Date.parse(setBackTo) + (of === 'gap' ? 0 : nearMs);
}

/** Whether a night can no longer be begun at this time. */
export function isLate({ due, schedule }: DueTime, now: Date): boolean {
  return now.getTime() - due.getTime() > schedule.graceMinutes * minuteMs;
}

/** Whether a schedule is due from its next time on: a later beginning would hide nights. */
export function beginsAtOnce({ t, cron, timeZone, firstDue }: StatedSchedule): boolean {
  const daily = dailyOf(cron, timeZone);
  return daily !== null && Date.parse(firstDue) <= nextDue(daily, new Date(t)).getTime();
}

/**
 * Times that were never due because the timetable was changed again and again before they came. One change puts a night
 * off by less than a day; whole days beyond that are nights that no timetable expected.
 */
export function putOff(nights: readonly DueTime[], until: Date): DueTime[] {
  return nights.flatMap((night, n) => {
    const next = nights[n + 1]?.due.getTime() ?? until.getTime();
    // Where the clocks go back, a day has an hour more.
    const days = Math.floor((next - night.due.getTime() - hourMs) / dayMs) - 1;
    return Array.from({ length: Math.max(0, days) }, (_, day) => ({
      ...night,
      due: new Date(night.due.getTime() + (day + 1) * dayMs),
    }));
  });
}
