import type { Vault } from '../vault/vault.ts';
import type { LedgerLine, NewLine } from '../vault/ledger-lines.ts';
import { dailyOf, dueTimes, slotId } from './slots.ts';

type Line<T extends LedgerLine['type']> = Extract<LedgerLine, { type: T }>;

/** A slot as the ledger tells it: opened and perhaps closed, or passed over as a gap. */
export interface Slot {
  readonly slot: string;
  readonly open: Line<'slot.open'> | null;
  readonly gap: Line<'gap'> | null;
  readonly runs: readonly Line<'run'>[];
  readonly close: Line<'slot.close'> | null;
}

/**
 * The ledger's slots and schedules, read once and kept current by writing through it. Lines about slots are written
 * nowhere else, so that their numbers have neither holes nor twins.
 */
export class Book {
  readonly vault: Vault;
  readonly #slots = new Map<string, Slot>();
  readonly #schedules: Line<'schedule'>[] = [];
  #seq = 0;
  /** Up to here every due time is a slot or a gap: they are accounted for from the oldest on. */
  #accountedTo = '';

  private constructor(vault: Vault) {
    this.vault = vault;
  }

  static async open(vault: Vault): Promise<Book> {
    const book = new Book(vault);
    for await (const line of vault.ledger()) book.#take(line);
    return book;
  }

  /** Every slot in the order of the ledger. */
  get slots(): readonly Slot[] {
    return [...this.#slots.values()];
  }

  /** The slot that was opened and not closed yet; there is never more than one. */
  get underWay(): (Slot & { readonly open: Line<'slot.open'> }) | null {
    for (const slot of this.#slots.values()) {
      if (slot.open && !slot.close) return { ...slot, open: slot.open };
    }
    return null;
  }

  get schedule(): Line<'schedule'> | null {
    return this.#schedules.at(-1) ?? null;
  }

  find(slot: string): Slot | null {
    return this.#slots.get(slot) ?? null;
  }

  /** Due times up to and with this instant of which the ledger says nothing yet, oldest first. */
  unaccounted(now: Date): Date[] {
    const just = new Date(now.getTime() + 1);
    const due = this.#schedules.flatMap((schedule, n) => {
      const daily = dailyOf(schedule.cron, schedule.timeZone);
      if (!daily) throw new Error(`schedule ${schedule.id} has a form that this version does not know`);
      const next = this.#schedules[n + 1];
      const until = next && new Date(next.t) < just ? new Date(next.t) : just;
      const from = schedule.firstDue > this.#accountedTo ? schedule.firstDue : this.#accountedTo;
      return dueTimes(daily, new Date(from), until);
    });
    return due.filter((time) => !this.#slots.has(slotId(time)));
  }

  /** The number for the next slot or gap. */
  get nextSeq(): number {
    return this.#seq;
  }

  async append(line: NewLine): Promise<void> {
    this.#take(await this.vault.append(line));
  }

  /** Seals an attempt through the vault and notes its line. */
  async seal(...sealing: Parameters<Vault['seal']>): Promise<void> {
    this.#take(await this.vault.seal(...sealing));
  }

  #take(line: LedgerLine): void {
    switch (line.type) {
      case 'schedule':
        this.#schedules.push(line);
        break;
      case 'slot.open':
        this.#slots.set(line.slot, { slot: line.slot, open: line, gap: null, runs: [], close: null });
        this.#seq = line.seq + 1;
        if (line.kind === 'scheduled') this.#accountedTo = line.due;
        break;
      case 'gap':
        this.#slots.set(line.slot, { slot: line.slot, open: null, gap: line, runs: [], close: null });
        this.#seq = line.seq + 1;
        this.#accountedTo = line.due;
        break;
      case 'run':
        this.#change(line.slot, (slot) => ({ ...slot, runs: [...slot.runs, line] }));
        break;
      case 'slot.close':
        this.#change(line.slot, (slot) => ({ ...slot, close: line }));
        break;
      case 'genesis':
      case 'alias':
      case 'key':
      case 'key.revoke':
      case 'export':
      case 'recovery':
      case 'fsck':
      case 'purge':
        break; // of no slot
    }
  }

  #change(id: string, how: (slot: Slot) => Slot): void {
    const slot = this.#slots.get(id);
    if (!slot) throw new Error(`the ledger speaks of slot ${id} before it was opened`);
    this.#slots.set(id, how(slot));
  }
}
