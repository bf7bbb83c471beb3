import type { Digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { checkpointFile } from '../checkpoint.ts';
import { stampFile } from '../stamp-files.ts';
import type { depositKinds, depositReasons } from '../ledger-lines.ts';

/** What is given to somebody else to keep: a checkpoint, with what authorities said of it. It names nobody. */
export interface Deposit {
  readonly origin: string;
  readonly size: number;
  readonly note: Uint8Array;
  readonly digest: Digest;
  readonly stamps: readonly { readonly authority: string; readonly answer: Uint8Array }[];
}

export type DepositReason = (typeof depositReasons)[number];

export type DepositOutcome =
  | {
      readonly kept: true;
      /** Until when nobody can take it away, where that was asked for and holds. */
      readonly lockedUntil: Date | null;
    }
  | { readonly kept: false; readonly reason: DepositReason; readonly text: string };

export type DepositKind = (typeof depositKinds)[number];

/** Somebody else who keeps checkpoints. */
export interface Depositary {
  readonly id: string;
  readonly kind: DepositKind;
  /** The hosts that it is reached at, and no others; none where it is a folder. */
  readonly hosts: readonly string[];
  /** Never rejects because of whoever is asked. */
  keep(deposit: Deposit): Promise<DepositOutcome>;
  /** Says whether it could keep one, as far as that can be told without giving it any. */
  look(): Promise<{ readonly ok: boolean; readonly text: string }>;
}

/** What its files are called, wherever they are kept. */
export function fileNames({ size, stamps }: Deposit): {
  readonly note: string;
  readonly stamps: readonly { readonly name: string; readonly answer: Uint8Array }[];
} {
  return {
    note: checkpointFile(size),
    stamps: stamps.map(({ authority, answer }) => ({ name: stampFile(size, authority), answer })),
  };
}

/** The name of a vault as a name of files. */
export function folderOf(origin: string): string {
  return origin.replaceAll('/', '-');
}

export const failed = (reason: DepositReason, text: string): DepositOutcome => ({
  kept: false,
  reason,
  text,
});

/** Of an error of the network as much as may be told; of what the operator can mend all. */
export function codeOf(error: unknown): string {
  if (error instanceof OperatorError) return error.message;
  if (!(error instanceof Error)) return 'unknown';
  const code = 'code' in error && typeof error.code === 'string' ? error.code : error.name;
  return /^[A-Za-z0-9_-]{1,60}$/.test(code) ? code : 'unknown';
}
