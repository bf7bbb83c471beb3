import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type Digest, digest } from '../../evidence-model/digest.ts';
import type { Control } from '../../controls/control.ts';
import type { Mark } from '../../vault/keys.ts';
import type { Archive } from '../../vault/vault.ts';
import { bookDigest, rulesDigest } from '../code-digest.ts';
import { History } from '../history.ts';
import { isOf, keepBook } from './keep-book.ts';
import type { Look } from './series.ts';
import { TimeBook, type BookData } from './time-book.ts';

/*
 * The book of an archive in one file beside it, so that nights that were judged once need not be judged again while the
 * rules and the way in which they are folded are the same. It is compressed JSON behind one line: its version, the digest
 * of that code, the digest of what follows and, where whoever kept it holds the keys of the vault, a mark of all three.
 * It is no evidence: whoever deletes it loses nothing but time. A packet is made of a marked one alone, and none is ever
 * verified by it.
 */
const version = 4;
const folder = 'index';
const file = 'period.json.gz';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

const letters = { not: 'n', partly: 'p', wholly: 'w' } as const satisfies Record<Look, string>;
const looks: Readonly<Record<string, Look>> = { n: 'not', p: 'partly', w: 'wholly' };

/**
 * The history of an archive with its book, which knows every closed slot. What was kept of it in the vault is used, and
 * kept anew where that can be written, and where no marked one is there, which would have to be made again.
 */
export async function openBook(
  vault: string,
  archive: Archive,
  controls: readonly Control[],
  tell?: (done: number, of: number) => void,
): Promise<{ readonly history: History; readonly book: TimeBook; readonly rules: Digest }> {
  const history = await History.read(archive, { again: true });
  const [rules, code] = await Promise.all([rulesDigest(), bookDigest()]);
  const kept = await readBook(vault, code);
  const known = kept !== null && isOf(kept.book, history) ? kept : null;
  const before = known?.book.nights.length ?? 0;
  const book = await keepBook(history, controls, known?.book, tell);
  if (book.nights.length > before && known?.mark === undefined)
    await writeBook(vault, await bookBytes(book, code));
  return { history, book, rules };
}

/**
 * The book of a history, for whoever signs what is made of it: of what was kept only what bears our own mark is used.
 * Somebody who can write beside the vault and has no keys could otherwise have a pass signed that nobody judged.
 */
export async function markedBook(
  vault: string,
  history: History,
  controls: readonly Control[],
  mark: Mark,
): Promise<TimeBook> {
  const code = await bookDigest();
  const kept = await readBook(vault, code);
  const own = kept !== null && kept.mark === mark(headOf(code, kept.body)) ? kept.book : null;
  const due = history.closed.length;
  const held = own !== null && isOf({ nights: own.nights.slice(0, due) }, history) ? own.nights.length : 0;
  const book = await keepBook(history, controls, own !== null && held <= due && held > 0 ? own : undefined);
  // One that knows later nights than are asked about stays: they would have to be judged again.
  if (held < due) await writeBook(vault, await bookBytes(book, code, mark));
  return book;
}

function headOf(code: Digest, body: Digest, mark?: string): string {
  return JSON.stringify({ v: version, code, body, ...(mark !== undefined && { mark }) });
}

/** The bytes of a book that this code made: the same book gives the same. */
export async function bookBytes(book: TimeBook, code: Digest, mark?: Mark): Promise<Buffer> {
  const { series, results, ...rest } = book.data;
  const body = JSON.stringify({
    ...rest,
    series: series.map((each) => ({ ...each, looks: each.looks.map((look) => letters[look]).join('') })),
    results: results.map((each) => ({ ...each, looks: each.looks.map((look) => letters[look]).join('') })),
  });
  const of = digest(body);
  const head = headOf(code, of, mark?.(headOf(code, of)));
  return pack(Buffer.from(`${head}\n${body}\n`));
}

const unwritable: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT']);

async function writeBook(vault: string, bytes: Uint8Array): Promise<void> {
  try {
    await mkdir(join(vault, folder), { recursive: true });
    const own = await mkdtemp(join(vault, folder, 'new-'));
    try {
      await writeFile(join(own, file), bytes, { mode: 0o600 });
      await rename(join(own, file), join(vault, folder, file));
    } finally {
      await rm(own, { recursive: true });
    }
  } catch (error) {
    // Whoever may only read the vault judges again each time.
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!unwritable.has(code)) throw error;
  }
}

interface KeptBook {
  readonly book: TimeBook;
  readonly body: Digest;
  /** As it claims: only whoever holds the keys can tell whether it is one. */
  readonly mark: string | undefined;
}

/** The book that was kept by this code; `null` where there is none, or not one that this version wrote. */
async function readBook(vault: string, code: Digest): Promise<KeptBook | null> {
  let text: string;
  try {
    text = (await unpack(await readFile(join(vault, folder, file)))).toString();
  } catch {
    return null;
  }
  const at = text.indexOf('\n');
  const json = text.slice(at + 1, -1);
  const body = digest(json);
  const head = text.slice(0, at);
  const [, mark] = /,"mark":"([0-9a-f]{64})"\}$/.exec(head) ?? [];
  if (head !== headOf(code, body, mark)) return null;
  const data = JSON.parse(json) as Stored;
  const book = new TimeBook({
    ...data,
    series: data.series.map((each) => ({ ...each, looks: looksOf(each.looks) })),
    results: data.results.map((each) => ({ ...each, looks: looksOf(each.looks) })),
  });
  return { book, body, mark };
}

type WithLetters<T> = Omit<T, 'looks'> & { readonly looks: string };
type Stored = Omit<BookData, 'series' | 'results'> & {
  readonly series: readonly WithLetters<BookData['series'][number]>[];
  readonly results: readonly WithLetters<BookData['results'][number]>[];
};

const looksOf = (text: string): Look[] => text.split('').map((letter) => looks[letter] ?? 'not');
