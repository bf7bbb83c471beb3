import type { Io } from '../collectors/collector.ts';
import type { Digest } from '../evidence-model/digest.ts';
import type { SnapshotEnd } from '../evidence-model/snapshot.ts';
import type { Depositary } from '../vault/outside/deposit.ts';
import type { Stamping, StampTold } from '../vault/outside/stamping.ts';
import type { DepositTold } from './deposits.ts';
import type { Book } from './book.ts';
import type { Setup } from './setup.ts';

/** What whoever waits is told while a slot is read. */
export type Progress =
  | { readonly step: 'slot'; readonly slot: string }
  | { readonly step: 'dataset'; readonly source: string; readonly dataset: string }
  | { readonly step: 'read'; readonly source: string; readonly dataset: string; readonly end: SnapshotEnd }
  | ({ readonly step: 'stamp' } & StampTold)
  | ({ readonly step: 'deposit' } & DepositTold)
  | { readonly step: 'closed'; readonly slot: string; readonly status: SlotStatus };

export type SlotStatus = 'ok' | 'partial' | 'failed' | 'interrupted';

/** Everything that reading a slot uses of the outside world. */
export interface Night {
  readonly book: Book;
  readonly setup: Setup;
  /** All that collectors may use but the vault and the signal, which the reading of a source adds. */
  readonly outside: Omit<Io, 'keep' | 'signal'>;
  /** Stops the reading; what was read by then is sealed. */
  readonly signal: AbortSignal;
  /** Whether the clock is the machine's or was given as an argument, which makes it a rehearsal. */
  readonly clock: 'system' | 'given';
  readonly program: { readonly version: string; readonly code: (collector: string) => Promise<Digest> };
  readonly report: (progress: Progress) => void;
  /** Whoever keeps the checkpoint of each closed slot. */
  readonly deposits?: readonly Depositary[];
  /** Whoever stamps when a slot is opened and closed; nobody, unless told. */
  readonly stamping?: Stamping;
  /** How many datasets of one source are read at once; a few, unless told. */
  readonly datasetsAtOnce?: number;
}
