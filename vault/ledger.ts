import { createReadStream } from 'node:fs';
import { mkdir, open, readFile, stat, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { digest, type Digest } from '../evidence-model/digest.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import { onDisk, syncFolder } from './disk.ts';
import { LedgerLine, type NewLine } from './ledger-lines.ts';
import { Frontier, leafOf } from './merkle.ts';

/** The longest line that a transparency log takes: https://c2sp.org/tlog-tiles */
const longest = 65_535;

/** A line with the bytes that were hashed: the bytes on disk are the truth, never a second rendering. */
export interface RawLine {
  readonly bytes: Uint8Array;
  readonly line: LedgerLine;
}

export const ledgerPath = (vault: string) => join(vault, 'ledger', 'ledger.jsonl');

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
  }
}

export function readLedgerFile(vault: string): AsyncIterable<RawLine> {
  return readLedger(createReadStream(ledgerPath(vault)) as AsyncIterable<Buffer>);
}

function parseLine(bytes: Uint8Array, n: number): LedgerLine {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new IntegrityError(`line ${n} of the ledger is not JSON`);
  }
  const line = LedgerLine.safeParse(value);
  if (!line.success) throw new IntegrityError(`line ${n} of the ledger has not its form`);
  return line.data;
}

/** The writing side. A line is on the disk when `append` returns, and seals the one before it. */
export class Ledger {
  readonly #vault: string;
  readonly #file: FileHandle;
  readonly #frontier = new Frontier();
  #chain: Digest | '' = '';
  #bytes = 0;
  #broken: Error | null = null;

  private constructor(vault: string, file: FileHandle) {
    this.#vault = vault;
    this.#file = file;
  }

  /** Opens the ledger, reads it whole, and sets aside what a torn last line left. Says how many bytes that were. */
  static async open(vault: string): Promise<{ readonly ledger: Ledger; readonly torn: Uint8Array }> {
    await onDisk(`the ledger in ${vault} cannot be written`, () =>
      mkdir(join(vault, 'ledger', 'checkpoints'), { recursive: true }),
    );
    const path = ledgerPath(vault);
    const file = await onDisk(`the ledger in ${vault} cannot be written`, () => open(path, 'a'));
    const ledger = new Ledger(vault, file);
    for await (const { bytes } of readLedgerFile(vault)) ledger.#take(bytes);
    const { size } = await stat(path);
    const torn = size === ledger.#bytes ? Buffer.alloc(0) : (await readFile(path)).subarray(ledger.#bytes);
    if (torn.length > 0) await ledger.#setAside(torn);
    return { ledger, torn };
  }

  get size(): number {
    return this.#frontier.size;
  }

  /** SHA-256 of the last line with its line feed; empty where there is no line yet. */
  get chain(): Digest | '' {
    return this.#chain;
  }

  get root(): Buffer {
    return this.#frontier.root();
  }

  async append(line: NewLine, now: Date): Promise<LedgerLine> {
    if (this.#broken !== null) throw this.#broken;
    const whole = LedgerLine.parse({ v: 1, n: this.size, t: now.toISOString(), ...line, prev: this.#chain });
    const text = JSON.stringify(whole);
    const bytes = Buffer.from(text);
    if (bytes.length > longest) throw new Error(`a line of the ledger is longer than ${longest} bytes`);
    try {
      await onDisk(`the ledger in ${this.#vault} cannot be written`, async () => {
        const { bytesWritten } = await this.#file.write(`${text}\n`);
        if (bytesWritten !== bytes.length + 1)
          throw Object.assign(new Error('short write'), { code: 'ENOSPC' });
        await this.#file.datasync();
      });
    } catch (error) {
      // What stands behind the last whole line is cut off again; if even that fails, nothing more may be appended.
      await truncate(ledgerPath(this.#vault), this.#bytes).catch(() => {
        this.#broken = error instanceof Error ? error : new Error('the ledger could not be mended');
      });
      throw error;
    }
    this.#take(bytes);
    return whole;
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  #take(bytes: Uint8Array): void {
    this.#frontier.append(leafOf(bytes));
    this.#chain = digest(Buffer.concat([bytes, Buffer.from('\n')]));
    this.#bytes += bytes.length + 1;
  }

  /** A line that was cut off is kept beside the ledger, then taken out of it: nothing is lost and nothing is renumbered. */
  async #setAside(torn: Uint8Array): Promise<void> {
    const dir = join(this.#vault, 'ledger');
    await onDisk(`the ledger in ${this.#vault} cannot be recovered`, async () => {
      const aside = await open(join(dir, 'ledger.torn'), 'a');
      try {
        await aside.write(Buffer.concat([torn, Buffer.from('\n')]));
        await aside.sync();
      } finally {
        await aside.close();
      }
      await syncFolder(dir);
      await truncate(ledgerPath(this.#vault), this.#bytes);
      await this.#file.sync();
    });
  }
}
