import type { LedgerLine } from './ledger-lines.ts';
import type { Report } from './verify-report.ts';

/**
 * Holds the places of the checkpoints against the lines: what opens a slot is signed before anything is read in it, and
 * what closes one before anything else begins. A checkpoint that was taken away leaves such a place unsigned.
 */
export class SigningCheck {
  readonly #report: Report;
  /** The newest checkpoint that was found: what comes after it may have been signed since, and is looked at apart. */
  readonly #last: number;
  /** The line that must be signed before certain others follow it. */
  #due: { readonly n: number; readonly slot: string; readonly type: 'slot.open' | 'slot.close' } | null =
    null;

  constructor(sizes: Iterable<number>, report: Report) {
    this.#report = report;
    this.#last = Math.max(0, ...sizes);
  }

  /** A checkpoint signs everything up to here. */
  sign(): void {
    this.#due = null;
  }

  take(line: LedgerLine): void {
    if (this.#due && this.#due.n < this.#last && follows(this.#due.type, line.type)) {
      const what = this.#due.type === 'slot.open' ? 'was opened' : 'was closed';
      this.#report(
        'checkpoint',
        `line ${this.#due.n}`,
        `no checkpoint was made when slot ${this.#due.slot} ${what}`,
      );
      this.#due = null;
    }
    if (line.type === 'slot.open' || line.type === 'slot.close')
      this.#due = { n: line.n, slot: line.slot, type: line.type };
  }
}

/** Whether a line may come only when the one that opened or closed a slot is signed. */
function follows(before: 'slot.open' | 'slot.close', type: LedgerLine['type']): boolean {
  return before === 'slot.open'
    ? type === 'run' || type === 'slot.close'
    : type === 'slot.open' || type === 'gap' || type === 'schedule';
}
