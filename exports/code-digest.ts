import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { Digest } from '../evidence-model/digest.ts';
import { compare } from '../evidence-model/subject.ts';

const program = new URL('../', import.meta.url);

/** Of this process: the program that runs is read once, whatever becomes of its files meanwhile. */
const digests = new Map<string, Promise<Digest>>();

/**
 * What decides: the text of the files in these places of the installed program, and the versions of the packages they
 * run on. Two programs with the same digest must come to the same records, results and files.
 */
export function codeDigest(places: readonly string[], without?: string): Promise<Digest> {
  const key = JSON.stringify([places, without]);
  const known = digests.get(key) ?? readDigest(places, without);
  digests.set(key, known);
  return known;
}

async function readDigest(places: readonly string[], without?: string): Promise<Digest> {
  const found = (await Promise.all(places.map(filesOf))).flat();
  const files = found.filter((file) => without === undefined || !file.startsWith(without));
  const sum = createHash('sha256');
  for (const file of [...new Set(files)].sort(compare)) {
    const bytes = await readFile(new URL(file, program));
    sum.update(`${file}\n${bytes.length}\n`).update(bytes);
  }
  const { dependencies } = JSON.parse(await readFile(new URL('package.json', program), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  sum.update(JSON.stringify(Object.entries(dependencies).sort(([a], [b]) => compare(a, b))));
  return Digest.parse(sum.digest('hex'));
}

/** What records mean and how they are judged. */
export const rulePlaces: readonly string[] = [
  'evidence-model',
  'controls',
  ...[
    ...['judge', 'judge-night', 'same-inputs', 'history', 'coverage'],
    ...['newest-reading', 'log-readings', 'review-populations', 'packed-lines'],
  ].map((each) => `exports/${each}.ts`),
];

/** The same, and how nights are folded into the book of a period. */
export const bookPlaces: readonly string[] = [...rulePlaces, 'exports/period'];

/** Of the rules: what records mean and how they are judged. */
export const rulesDigest = () => codeDigest(rulePlaces);

/** Of what a book of a period was made by: a kept one is of use only where that is still the same. */
export const bookDigest = () => codeDigest(bookPlaces);

/** Of what turns the answers of one kind of source into records. */
export const collectorDigest = (collector: string) =>
  codeDigest([
    'evidence-model',
    'collectors/collect.ts',
    'collectors/read-partition.ts',
    'collectors/derive.ts',
    'collectors/dataset.ts',
    'collectors/seen.ts',
    'collectors/earlier.ts',
    'collectors/problems.ts',
    `collectors/${collector}`,
  ]);

/** Of what writes the files of a packet. What only verifies them writes nothing. */
export const exporterDigest = () =>
  codeDigest(
    ['evidence-model', 'controls', 'exports', 'vault/stamp-book.ts', 'vault/time-stamp'],
    'exports/verify/',
  );

async function filesOf(place: string): Promise<string[]> {
  if (/\.(ts|json)$/.test(place)) return [place];
  const entries = await readdir(new URL(`${place}/`, program), { withFileTypes: true }).catch(() => []);
  const nested = await Promise.all(
    entries.map(async (entry) => {
      const path = `${place}/${entry.name}`;
      if (entry.isDirectory()) return filesOf(path);
      return /\.(ts|json)$/.test(entry.name) ? [path] : [];
    }),
  );
  return nested.flat();
}
