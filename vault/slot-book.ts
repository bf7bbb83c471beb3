import { beginsAtOnce, Calendar, isLate } from '../evidence-model/calendar.ts';
import { slotId } from '../evidence-model/schedule.ts';
import type { LedgerLine } from './ledger-lines.ts';

export interface SlotProblem {
  readonly code: 'slot' | 'seq';
  readonly where: string;
  readonly text: string;
}

/** How long it may take from accounting for the nights that passed until a slot is open. */
const openingMs = 60_000;

/**
 * Follows the slots through a ledger: each opened before it is read, closed exactly once or passed over as a gap, and
 * numbered without a hole. Only the one that was opened last may still be open. When one is opened, every night that its
 * schedules made due before and that could no longer be begun is accounted for.
 */
export class SlotBook {
  readonly #problems: SlotProblem[] = [];
  readonly #open = new Map<string, { seq: number; runs: number }>();
  readonly #seen = new Set<string>();
  readonly #calendar = new Calendar();
  #next = 0;
  #last: string | null = null;

  get openSlots(): readonly string[] {
    return [...this.#open.keys()];
  }

  take(line: LedgerLine): void {
    const where = `line ${line.n}`;
    const report = (code: SlotProblem['code'], text: string) => this.#problems.push({ code, where, text });
    switch (line.type) {
      case 'schedule':
        if (beginsAtOnce(line)) this.#calendar.schedule(line);
        else report('slot', `schedule ${line.id} leaves out the nights before ${line.firstDue}`);
        return;
      case 'clock':
        this.#calendar.setBack(line.t);
        return;
      case 'slot.open':
      case 'gap':
        if (line.seq !== this.#next)
          report('seq', `slot ${line.slot} has number ${line.seq}, ${this.#next} was due`);
        if (this.#seen.has(line.slot)) report('slot', `slot ${line.slot} is accounted for twice`);
        this.#seen.add(line.slot);
        this.#next = line.seq + 1;
        if (line.type === 'gap') this.#calendar.speak(line.due, 'gap');
        else {
          if (line.kind === 'scheduled') this.#calendar.speak(line.due, 'read');
          this.#expectAccounted(line.t);
          this.#open.set(line.slot, { seq: line.seq, runs: 0 });
          this.#last = line.slot;
        }
        return;
      case 'run': {
        const slot = this.#open.get(line.slot);
        if (slot) slot.runs += 1;
        else report('slot', `a run of slot ${line.slot}, which is not open`);
        return;
      }
      case 'slot.close': {
        const slot = this.#open.get(line.slot);
        if (!slot) report('slot', `slot ${line.slot} is closed and was not open`);
        else if (slot.seq !== line.seq || slot.runs !== line.runs)
          report('slot', `slot ${line.slot} is closed with other numbers than it had`);
        this.#open.delete(line.slot);
        return;
      }
      default:
    }
  }

  #expectAccounted(opened: string): void {
    const before = new Date(Date.parse(opened) - openingMs);
    for (const night of this.#calendar.unspoken(before).filter((each) => isLate(each, before))) {
      const where = slotId(night.due);
      this.#problems.push({ code: 'slot', where, text: 'it was due, and the ledger does not speak of it' });
      this.#calendar.speak(night.due.toISOString(), 'gap');
    }
  }

  /** Nights that were due, and could no longer be begun at this time, of which the ledger does not speak. */
  missing(at: Date): readonly string[] {
    return this.#calendar
      .unspoken(at)
      .filter((night) => isLate(night, at))
      .map(({ due }) => slotId(due));
  }

  problems(): readonly SlotProblem[] {
    const stray = this.openSlots.filter((slot) => slot !== this.#last);
    return [
      ...this.#problems,
      ...stray.map((slot) => ({ code: 'slot' as const, where: slot, text: `slot ${slot} was never closed` })),
    ];
  }
}
