import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import { type Digest, digest } from '../../evidence-model/digest.ts';
import type { Control } from '../../controls/control.ts';
import type { Archive } from '../../vault/vault.ts';
import { bookDigest, rulesDigest } from '../code-digest.ts';
import { History } from '../history.ts';
import { isOf, keepBook } from './keep-book.ts';
import type { Look } from './series.ts';
import { TimeBook, type BookData } from './time-book.ts';

/*
 * The book of an archive in one file beside it, so that nights that were judged once need not be judged again while the
 * rules and the way in which they are folded are the same. It is compressed JSON behind one line: its version, the digest
 * of that code, and the digest of what follows.
 * It is no evidence: whoever deletes it loses nothing but time, and packets never look at it.
 */
const version = 3;
const folder = 'index';
const file = 'period.json.gz';

const pack = promisify(gzip);
const unpack = promisify(gunzip);

const letters = { not: 'n', partly: 'p', wholly: 'w' } as const satisfies Record<Look, string>;
const looks: Readonly<Record<string, Look>> = { n: 'not', p: 'partly', w: 'wholly' };

/** The history of an archive with its book, which knows every closed slot. What was kept of it in the vault is used, and kept anew where that can be written. */
export async function openBook(
  vault: string,
  archive: Archive,
  controls: readonly Control[],
  tell?: (done: number, of: number) => void,
): Promise<{ readonly history: History; readonly book: TimeBook; readonly rules: Digest }> {
  const history = await History.read(archive, { again: true });
  const [rules, code] = await Promise.all([rulesDigest(), bookDigest()]);
  const kept = await readBook(vault, code);
  const known = kept !== null && isOf(kept, history) ? kept : new TimeBook();
  const before = known.nights.length;
  const book = await keepBook(history, controls, known, tell);
  if (book.nights.length > before) await writeBook(vault, book, code);
  return { history, book, rules };
}

/** The bytes of a book that this code made: the same book gives the same. */
export async function bookBytes(book: TimeBook, code: Digest): Promise<Buffer> {
  const { series, results, ...rest } = book.data;
  const body = JSON.stringify({
    ...rest,
    series: series.map((each) => ({ ...each, looks: each.looks.map((look) => letters[look]).join('') })),
    results: results.map((each) => ({ ...each, looks: each.looks.map((look) => letters[look]).join('') })),
  });
  const head = JSON.stringify({ v: version, code, body: digest(body) });
  return pack(Buffer.from(`${head}\n${body}\n`));
}

const unwritable: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT']);

async function writeBook(vault: string, book: TimeBook, code: Digest): Promise<void> {
  const bytes = await bookBytes(book, code);
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

/** The book that was kept by this code; `null` where there is none, or not one that this version wrote. */
async function readBook(vault: string, code: Digest): Promise<TimeBook | null> {
  let text: string;
  try {
    text = (await unpack(await readFile(join(vault, folder, file)))).toString();
  } catch {
    return null;
  }
  const at = text.indexOf('\n');
  const body = text.slice(at + 1, -1);
  if (text.slice(0, at) !== JSON.stringify({ v: version, code, body: digest(body) })) return null;
  const data = JSON.parse(body) as Stored;
  return new TimeBook({
    ...data,
    series: data.series.map((each) => ({ ...each, looks: looksOf(each.looks) })),
    results: data.results.map((each) => ({ ...each, looks: looksOf(each.looks) })),
  });
}

type WithLetters<T> = Omit<T, 'looks'> & { readonly looks: string };
type Stored = Omit<BookData, 'series' | 'results'> & {
  readonly series: readonly WithLetters<BookData['series'][number]>[];
  readonly results: readonly WithLetters<BookData['results'][number]>[];
};

const looksOf = (text: string): Look[] => text.split('').map((letter) => looks[letter] ?? 'not');
