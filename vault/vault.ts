import type { Digest } from '../evidence-model/digest.ts';
import type { SnapshotLine } from '../evidence-model/snapshot.ts';
import type { Aliased, LedgerLine, NewLine } from './ledger-lines.ts';
import type { RunManifest } from './manifest.ts';

/** The read side: what judging, showing and verifying need. A vault on disk and an opened packet both have it. */
export interface Archive {
  /** Rejects with `IntegrityError` where the object is missing or its bytes have another digest. */
  get(object: Digest): Promise<Uint8Array>;
  has(object: Digest): Promise<boolean>;
  /** Every line in order, checked against its form and chain. */
  ledger(): AsyncIterable<LedgerLine>;
  /** The name behind an alias of the ledger. */
  nameOf(alias: string): Promise<string>;
  /** Reads `runs/<slot>/<source>/<attempt>.json`, held against its `.sha256` and that against the ledger's digest. */
  run(line: Extract<LedgerLine, { type: 'run' }>): Promise<RunManifest>;
}

/** A signed statement of how long the ledger was and what it held. */
export interface Checkpoint {
  readonly size: number;
  /** The note as it stands on disk. */
  readonly note: Uint8Array;
  /** SHA-256 of the last line with its line feed. */
  readonly chain: Digest;
  /** What authorities answered about it, as far as any did. */
  readonly stamps: readonly { readonly authority: string; readonly answer: Uint8Array }[];
}

/** Asks those authorities that have not answered yet to stamp a digest. It tells by itself what goes wrong, and never rejects for that. */
export type Stamp = (
  imprint: Digest,
  without: readonly string[],
) => Promise<readonly { readonly authority: string; readonly answer: Uint8Array }[]>;

/**
 * Evidence, written once. There is no update and no delete. Whoever holds one holds the write lock of its folder;
 * readers open an `Archive` and take no lock.
 */
export interface Vault extends Archive {
  /** Write once, atomically, on disk when it returns; idempotent. */
  put(bytes: Uint8Array): Promise<Digest>;
  /** Seals the line before it, on disk when it returns. */
  append(line: NewLine): Promise<LedgerLine>;
  /** The alias of a name, introduced in the ledger the first time it is asked for. */
  aliasOf(of: Aliased, name: string): Promise<string>;
  /**
   * Signs the ledger as it is now and, where that is asked for, has it stamped. No line is written until the authorities
   * have answered, so that a stamp is always of the newest checkpoint.
   */
  checkpoint(stamp?: Stamp): Promise<Checkpoint>;
  /** The newest checkpoint that was stamped, with the digest of its stamp. */
  lastStamp(): Promise<{ readonly size: number; readonly digest: Digest } | null>;
  /** Keeps the answer of an authority about the tag manifest of a packet. */
  keepPacketStamp(tagmanifest: Digest, authority: string, answer: Uint8Array): Promise<void>;
  /** A journal for one dataset of one attempt. Lines of a batch are on disk together when `write` returns. */
  journal(of: {
    readonly slot: string;
    readonly source: string;
    readonly attempt: number;
    readonly dataset: string;
  }): Promise<Journal>;
  /** Writes the manifest of an attempt with its sums, then its line in the ledger. */
  seal(manifest: RunManifest, status: 'ok' | 'partial' | 'failed'): Promise<LedgerLine>;
  close(): Promise<void>;
}

export interface Journal {
  write(lines: readonly SnapshotLine[]): Promise<void>;
  /** Keeps what was written as an object and says under which digest. The journal goes when its attempt is sealed. */
  finish(): Promise<Digest>;
}

/** Where a body stands in a packet, and so in the sums of a run: by its digest and by what it begins with. */
export function evidencePath(object: Digest, bytes: Uint8Array): string {
  return `data/evidence/${object}.${extensionOf(bytes)}`;
}

function extensionOf(bytes: Uint8Array): 'json' | 'xml' | 'ndjson' | 'bin' {
  const head = new TextDecoder().decode(bytes.subarray(0, 20)).trimStart();
  if (head.startsWith('{"line":"snapshot"')) return 'ndjson';
  if (head.startsWith('{') || head.startsWith('[')) return 'json';
  return head.startsWith('<') ? 'xml' : 'bin';
}
