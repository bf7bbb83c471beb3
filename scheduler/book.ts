import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import type { RunManifest } from '../vault/manifest.ts';
import type { Vault } from '../vault/vault.ts';
import type { LedgerLine, NewLine } from '../vault/ledger-lines.ts';
import { Calendar, type DueTime } from '../evidence-model/calendar.ts';
import { slotId } from '../evidence-model/schedule.ts';

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
  readonly #calendar = new Calendar();
  readonly #clocks: Line<'clock'>[] = [];
  readonly #authorities = new Map<string, Line<'authority'>>();
  #schedule: Line<'schedule'> | null = null;
  #origin = '';
  #seq = 0;
  #lastSlotLine: number | null = null;

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
    return this.#schedule;
  }

  /** The name of the vault. */
  get origin(): string {
    return this.#origin;
  }

  /** Who stamps by the ledger, each with the line that says so. */
  get authorities(): ReadonlyMap<string, Line<'authority'>> {
    return this.#authorities;
  }

  /** The line of the ledger that last opened or closed a slot. */
  get lastSlotLine(): number | null {
    return this.#lastSlotLine;
  }

  find(slot: string): Slot | null {
    return this.#slots.get(slot) ?? null;
  }

  /** Due times up to and with this instant of which the ledger says nothing yet, oldest first. */
  unaccounted(now: Date): readonly DueTime[] {
    return this.#calendar.unspoken(now);
  }

  /** An id for what becomes of a due time: another one than before where it is due again, because the clock went back. */
  slotFor(due: Date): string {
    const first = slotId(due);
    let slot = first;
    for (let n = 1; this.#slots.has(slot); n += 1) slot = `${first}-c${n}`;
    return slot;
  }

  /** Says so in the ledger where the clock stands before what it already names; whether it did. */
  async noteClock(now: Date): Promise<boolean> {
    const before = this.#calendar.aheadOf(now);
    if (before) await this.append({ type: 'clock', before: before.toISOString() });
    return before !== null;
  }

  /** Whether a line was written while the clock was ahead, as was found later: what it says of time is not so. */
  isAhead({ n, t }: Pick<LedgerLine, 'n' | 't'>): boolean {
    return this.#clocks.some((clock) => clock.n > n && clock.t < t);
  }

  /** What a run read; `null` where that can no longer be read, and so is not to be believed. */
  async manifest(line: Line<'run'>): Promise<RunManifest | null> {
    try {
      return await this.vault.run(line);
    } catch (error) {
      if (error instanceof IntegrityError) return null;
      throw error;
    }
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
    this.#calendar.passed(line.t);
    if (line.type === 'slot.open' || line.type === 'slot.close') this.#lastSlotLine = line.n;
    switch (line.type) {
      case 'schedule':
        this.#schedule = line;
        this.#calendar.schedule(line);
        break;
      case 'slot.open':
        this.#slots.set(line.slot, { slot: line.slot, open: line, gap: null, runs: [], close: null });
        this.#seq = line.seq + 1;
        if (line.kind === 'scheduled') this.#calendar.speak(line.due, 'read');
        break;
      case 'gap':
        this.#slots.set(line.slot, { slot: line.slot, open: null, gap: line, runs: [], close: null });
        this.#seq = line.seq + 1;
        this.#calendar.speak(line.due, 'gap');
        break;
      case 'run':
        this.#change(line.slot, (slot) => ({ ...slot, runs: [...slot.runs, line] }));
        break;
      case 'slot.close':
        this.#change(line.slot, (slot) => ({ ...slot, close: line }));
        break;
      case 'clock':
        this.#clocks.push(line);
        this.#calendar.setBack(line.t);
        break;
      case 'authority':
        if (line.roots === null) this.#authorities.delete(line.authority);
        else this.#authorities.set(line.authority, line);
        break;
      case 'genesis':
        this.#origin = line.origin;
        break;
      case 'alias':
      case 'key':
      case 'key.revoke':
      case 'judgement':
      case 'deposit':
      case 'export':
      case 'release':
      case 'release.review':
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
