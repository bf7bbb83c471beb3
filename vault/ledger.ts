import { createReadStream } from 'node:fs';
import { constants, open, readFile, stat, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { digest, type Digest } from '../evidence-model/digest.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import { onDisk, syncFolder } from './disk.ts';
import { LedgerLine, type NewLine } from './ledger-lines.ts';
import { Frontier, leafOf, type Hash } from './merkle.ts';

/** The longest line that a transparency log takes: https://c2sp.org/tlog-tiles */
const longest = 65_535;

/** A line with the bytes that were hashed: the bytes on disk are the truth, never a second rendering. */
export interface RawLine {
  /** Without the line feed. */
  readonly bytes: Uint8Array;
  readonly line: LedgerLine;
}

export const ledgerPath = (vault: string) => join(vault, 'ledger', 'ledger.jsonl');
const tornPath = (vault: string) => join(vault, 'ledger', 'ledger.torn');

/** How far a ledger was read: its length, the digest of its last line and the root of its tree. */
export class Reading {
  readonly #frontier = new Frontier();
  #chain: Digest | '' = '';
  #bytes = 0;

  get size(): number {
    return this.#frontier.size;
  }

  /** In bytes, line feeds included. */
  get length(): number {
    return this.#bytes;
  }

  /** SHA-256 of the last line with its line feed; empty where there is no line yet. */
  get chain(): Digest | '' {
    return this.#chain;
  }

  get root(): Hash {
    return this.#frontier.root();
  }

  take(bytes: Uint8Array): void {
    this.#frontier.append(leafOf(bytes));
    this.#chain = digest(Buffer.concat([bytes, Buffer.from('\n')]));
    this.#bytes += bytes.length + 1;
  }
}

/** Every whole line in order, held against its form and chain. A last line without a line feed is left to the writer. */
export async function* readLedger(chunks: AsyncIterable<Uint8Array>): AsyncIterable<RawLine> {
  let n = 0;
  let prev = '';
  let rest = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk]);
    let from = 0;
    for (let to = rest.indexOf(10); to >= 0; to = rest.indexOf(10, from)) {
      const bytes = rest.subarray(from, to);
      const line = parseLine(bytes, n);
      if (line.n !== n || line.prev !== prev)
        throw new IntegrityError(`line ${n} of the ledger does not follow the one before it`);
      yield { bytes, line };
      prev = digest(rest.subarray(from, to + 1));
      n += 1;
      from = to + 1;
    }
    rest = rest.subarray(from);
    if (rest.length > longest) throw new IntegrityError(`line ${n} of the ledger is too long`);
  }
}

export function readLedgerFile(vault: string): AsyncIterable<RawLine> {
  return readLedger(createReadStream(ledgerPath(vault)) as AsyncIterable<Buffer>);
}

/** How many lines there are, up to so many, and the digest of the last of these; `null` where there are fewer. */
export async function chainAt(
  lines: AsyncIterable<RawLine>,
  size: number,
): Promise<{ readonly lines: number; readonly chain: Digest | null }> {
  let n = 0;
  for await (const { bytes } of lines) {
    n += 1;
    if (n === size) return { lines: n, chain: digest(Buffer.concat([bytes, Buffer.from('\n')])) };
  }
  return { lines: n, chain: null };
}

/** A line by its bytes, held against its form. */
export function parseLine(bytes: Uint8Array, n: number): LedgerLine {
  if (bytes.length > longest) throw new IntegrityError(`line ${n} of the ledger is too long`);
  let text: string;
  let value: unknown;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    value = JSON.parse(text);
  } catch {
    throw new IntegrityError(`line ${n} of the ledger is not JSON`);
  }
  const line = LedgerLine.safeParse(value);
  // A line that is not written as we write it could say one thing to us and another to a reader who keeps the first of two equal keys.
  if (!line.success || JSON.stringify(value) !== text)
    throw new IntegrityError(`line ${n} of the ledger has not its form`);
  return line.data;
}

/** A line as it stands on disk, without its line feed. */
export function lineBytes(line: NewLine, n: number, now: Date, prev: string): Buffer {
  const whole = LedgerLine.parse({ v: 1, n, t: now.toISOString(), ...line, prev });
  const bytes = Buffer.from(JSON.stringify(whole));
  if (bytes.length > longest) throw new Error(`a line of the ledger is longer than ${longest} bytes`);
  return bytes;
}

/** The writing side. A line is on the disk when `append` returns, and seals the one before it. */
export class Ledger {
  readonly #vault: string;
  readonly #file: FileHandle;
  readonly #reading = new Reading();
  #broken: Error | null = null;

  private constructor(vault: string, file: FileHandle) {
    this.#vault = vault;
    this.#file = file;
  }

  /** Opens the ledger and reads it whole, showing each line. What a torn last line left is set aside. */
  static async open(vault: string, show: (line: LedgerLine, reading: Reading) => void): Promise<Ledger> {
    const file = await onDisk(`the ledger in ${vault} cannot be written`, () =>
      open(ledgerPath(vault), constants.O_WRONLY | constants.O_APPEND),
    );
    try {
      const ledger = new Ledger(vault, file);
      for await (const { bytes, line } of readLedgerFile(vault)) {
        ledger.#reading.take(bytes);
        show(line, ledger.#reading);
      }
      await ledger.#setTornAside();
      return ledger;
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get reading(): Pick<Reading, 'size' | 'chain' | 'root'> {
    return this.#reading;
  }

  /** Whether what stands behind the last whole line could not be cut off again: then nothing more may be written. */
  get broken(): boolean {
    return this.#broken !== null;
  }

  async append(line: NewLine, now: Date): Promise<LedgerLine> {
    if (this.#broken !== null) throw this.#broken;
    const bytes = lineBytes(line, this.#reading.size, now, this.#reading.chain);
    await this.#expectOurs();
    try {
      await onDisk(`the ledger in ${this.#vault} cannot be written`, async () => {
        await this.#file.appendFile(Buffer.concat([bytes, Buffer.from('\n')]));
        await this.#file.datasync();
      });
    } catch (error) {
      await truncate(ledgerPath(this.#vault), this.#reading.length).catch(() => {
        this.#broken = error instanceof Error ? error : new Error('the ledger could not be mended');
      });
      throw error;
    }
    this.#reading.take(bytes);
    return parseLine(bytes, this.#reading.size - 1);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  /** A line after somebody else's, or into a file that was put in another's place, would be one that nobody can follow. */
  async #expectOurs(): Promise<void> {
    const [named, held] = await Promise.all([
      stat(ledgerPath(this.#vault)).catch(() => null),
      this.#file.stat(),
    ]);
    if (named?.ino !== held.ino || held.size !== this.#reading.length)
      throw new IntegrityError(`the ledger in ${this.#vault} was changed by another while it was open`);
  }

  /** A line that was cut off is kept beside the ledger, then taken out of it: nothing is lost and nothing is renumbered. */
  async #setTornAside(): Promise<void> {
    const { size } = await this.#file.stat();
    if (size === this.#reading.length) return;
    const torn = (await readFile(ledgerPath(this.#vault))).subarray(this.#reading.length);
    await onDisk(`the ledger in ${this.#vault} cannot be recovered`, async () => {
      const aside = await open(tornPath(this.#vault), 'a');
      try {
        await aside.appendFile(Buffer.concat([torn, Buffer.from('\n')]));
        await aside.sync();
      } finally {
        await aside.close();
      }
      await syncFolder(join(this.#vault, 'ledger'));
      await truncate(ledgerPath(this.#vault), this.#reading.length);
      await this.#file.sync();
    });
  }
}

/** What was set aside, a piece for each torn line, by digest. Pieces hold no line feed, so each is a line of the file. */
export async function tornPieces(vault: string): Promise<ReadonlyMap<Digest, number>> {
  let bytes: Buffer;
  try {
    bytes = await readFile(tornPath(vault));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return new Map();
    throw error;
  }
  const pieces = new Map<Digest, number>();
  for (let from = 0; from < bytes.length;) {
    const end = bytes.indexOf(10, from);
    const to = end < 0 ? bytes.length : end;
    pieces.set(digest(bytes.subarray(from, to)), to - from);
    from = to + 1;
  }
  return pieces;
}
