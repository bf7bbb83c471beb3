import { digest, type Digest } from '../evidence-model/digest.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import type { LedgerLine } from './ledger-lines.ts';
import type { StampFile } from './stamp-files.ts';
import type { Certificate } from './time-stamp/certificate.ts';
import { DerError } from './time-stamp/der.ts';
import { judgeStamp, type Judged, type Stamp } from './time-stamp/token.ts';

/**
 * How far the time of an authority may be from that of the line it covers: the clock of the machine may be a little
 * ahead, and asking takes a while. Beyond this a stamp is late, or the clock was off.
 */
export const earliestMs = -60_000;
export const latestMs = 600_000;

/** Beyond this the ledger contradicts the authority: a line that is claimed to be later than its stamp, or a stamp that was asked for when the ledger had gone on. Neither happens where a clock is right. */
const contradictionMs = 600_000;

/** A checkpoint that an authority stamped. */
export interface StampedCheckpoint {
  readonly size: number;
  readonly authority: string;
  readonly signer: string;
  readonly at: Date;
  /** From when the last line of the checkpoint was written until it was stamped, in milliseconds. */
  readonly lagMs: number;
  /** Whether the reader had the anchors of the authority from elsewhere. */
  readonly vouched: boolean;
}

/** Between which times of others a slot lies, and what of it was stamped when it happened. */
export interface SlotStamps {
  readonly slot: string;
  /** The newest stamp that was there when the slot was opened: it was opened after that. */
  readonly notBefore: Date | null;
  readonly opened: StampedCheckpoint | null;
  readonly closed: StampedCheckpoint | null;
  /** The first stamp after it was closed, of whatever checkpoint: it was closed before that. */
  readonly notAfter: Date | null;
  /** Whether an authority was named by then, so that stamps are to be expected. */
  readonly due: boolean;
  readonly isClosed: boolean;
}

/** What the stamps of a ledger came to. */
export interface Stamps {
  readonly slots: readonly SlotStamps[];
  readonly stamped: readonly StampedCheckpoint[];
  /** Whether an authority is named at the end. */
  readonly expected: boolean;
}

export interface StampProblem {
  readonly where: string;
  readonly text: string;
}

/** Anchors for an authority: those that the reader had from elsewhere, or those that the ledger names. */
export type Anchors = (
  authority: string,
  roots: Digest,
) => Promise<{ readonly certificates: readonly Certificate[]; readonly vouched: boolean }>;

interface Pin {
  readonly certificates: readonly Certificate[];
  readonly vouched: boolean;
  readonly policy: string | null;
}

interface OpenSlot {
  slot: string;
  n: number;
  notBefore: Date | null;
  opened: StampedCheckpoint | null;
  closedAt: number | null;
  closed: StampedCheckpoint | null;
  notAfter: Date | null;
  due: boolean;
}

/**
 * Follows a ledger with the stamps of its checkpoints: each must be of an authority that the ledger names by then, about
 * just this checkpoint, and made when it was the newest one; each slot names the newest stamp that there was.
 */
export class StampBook {
  readonly problems: StampProblem[] = [];
  readonly #files: ReadonlyMap<number, readonly StampFile[]>;
  readonly #anchors: Anchors;
  readonly #pins = new Map<string, Pin>();
  /** Of every authority that was ever named, the newest last. */
  readonly #named: (Pin & { readonly authority: string })[] = [];
  readonly #slots = new Map<string, OpenSlot>();
  /** Slots that no stamp came after yet. */
  #waiting: readonly OpenSlot[] = [];
  readonly #stamped: StampedCheckpoint[] = [];
  /** Digests of the newest stamps so far. */
  #newest: ReadonlySet<Digest> = new Set();
  /** Stamps of the checkpoint that ends with the line before. */
  #before: readonly StampedCheckpoint[] = [];

  constructor(files: readonly StampFile[], anchors: Anchors) {
    this.#files = Map.groupBy(files, ({ size }) => size);
    this.#anchors = anchors;
  }

  get stamps(): Stamps {
    const slots = [...this.#slots.values()].map(
      ({ slot, notBefore, opened, closedAt, closed, notAfter, due }): SlotStamps => ({
        ...{ slot, notBefore, opened, closed, notAfter, due },
        isClosed: closedAt !== null,
      }),
    );
    return { slots, stamped: this.#stamped, expected: this.#pins.size > 0 };
  }

  async take(line: LedgerLine): Promise<void> {
    for (const { size, at } of this.#before)
      if (at.getTime() - Date.parse(line.t) > contradictionMs)
        this.#report(
          `checkpoint ${size}`,
          `it was stamped at ${iso(at)}, and the ledger says that it had gone on by then`,
        );
    this.#before = [];
    if (line.type === 'authority') await this.#pin(line);
    if (line.type === 'slot.open') this.#open(line);
    if (line.type === 'slot.close') {
      const slot = this.#slots.get(line.slot);
      if (slot) slot.closedAt = line.n;
    }
    const files = this.#files.get(line.n + 1);
    if (files) this.#stamp(files, line);
  }

  /** Judges what an authority answered about something else than a checkpoint, by what the ledger ever named it by. */
  judge(authority: string, answer: Uint8Array, imprint: Digest): Judged & { readonly vouched: boolean } {
    let last: Judged = { refused: `is by ${authority}, which the ledger does not name`, unvouched: true };
    for (const pin of this.#named.filter((each) => each.authority === authority).toReversed()) {
      last = judgeStamp(answer, { imprint, anchors: pin.certificates, policy: pin.policy });
      if ('stamp' in last) return { ...last, vouched: pin.vouched };
    }
    return { ...last, vouched: false };
  }

  async #pin({ authority, roots, policy, n }: Extract<LedgerLine, { type: 'authority' }>): Promise<void> {
    this.#pins.delete(authority);
    if (roots === null) return;
    try {
      const pin = { ...(await this.#anchors(authority, roots)), policy };
      this.#pins.set(authority, pin);
      this.#named.push({ ...pin, authority });
    } catch (error) {
      if (!(error instanceof IntegrityError || error instanceof DerError)) throw error;
      this.#report(`line ${n}`, `the certificates of ${authority} are missing or changed`);
    }
  }

  #open({ slot, n, tsrPrev }: Extract<LedgerLine, { type: 'slot.open' }>): void {
    const named = tsrPrev === null ? this.#newest.size === 0 : this.#newest.has(tsrPrev);
    if (!named)
      this.#report(
        `slot ${slot}`,
        'it does not name the newest time stamp that there was when it was opened',
      );
    const due = this.#pins.size > 0;
    const notBefore = this.#stamped.at(-1)?.at ?? null;
    const made: OpenSlot = {
      ...{ slot, n, notBefore, due },
      ...{ opened: null, closedAt: null, closed: null, notAfter: null },
    };
    this.#slots.set(slot, made);
    this.#waiting = [...this.#waiting, made];
  }

  #stamp(files: readonly StampFile[], line: LedgerLine): void {
    const found: StampedCheckpoint[] = [];
    for (const { size, authority, answer, imprint } of files) {
      const where = `checkpoint ${size}`;
      const pin = this.#pins.get(authority);
      if (!pin) {
        this.#report(where, `it is stamped by ${authority}, which the ledger does not name`);
        continue;
      }
      const judged = judgeStamp(answer, { imprint, anchors: pin.certificates, policy: pin.policy });
      if ('refused' in judged) this.#report(where, `the time stamp of ${authority} ${judged.refused}`);
      else found.push(this.#checked(judged.stamp, { size, authority, vouched: pin.vouched }, line));
    }
    this.#newest = new Set(files.map(({ answer }) => digest(answer)));
    this.#before = found;
    // One is enough: that of an authority which the reader knows, and of those one that is in time.
    const [best] = found.toSorted((a, b) => rank(a) - rank(b));
    if (!best) return;
    this.#stamped.push(...found);
    for (const slot of this.#waiting) {
      if (line.n === slot.n) slot.opened = best;
      if (line.n === slot.closedAt) slot.closed = best;
      if (slot.closedAt !== null) slot.notAfter = best.at;
    }
    this.#waiting = this.#waiting.filter(({ notAfter }) => notAfter === null);
  }

  #checked(
    { at, signer }: Stamp,
    of: Pick<StampedCheckpoint, 'size' | 'authority' | 'vouched'>,
    { t }: LedgerLine,
  ): StampedCheckpoint {
    const lagMs = at.getTime() - Date.parse(t);
    if (lagMs < -contradictionMs)
      this.#report(
        `checkpoint ${of.size}`,
        `it was stamped at ${iso(at)}, and its last line claims to be of ${t}`,
      );
    return { ...of, signer, at, lagMs };
  }

  #report(where: string, text: string): void {
    this.problems.push({ where, text });
  }
}

/** Whether a stamp was made when its last line was written, by the clocks of both. */
export function isInTime({ lagMs }: StampedCheckpoint): boolean {
  return lagMs >= earliestMs && lagMs <= latestMs;
}

function rank(stamped: StampedCheckpoint): number {
  return 2 * Number(!stamped.vouched) + Number(!isInTime(stamped));
}

function iso(at: Date): string {
  return at.toISOString().slice(0, 19).concat('Z');
}
