import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { evidenceColumn } from '../documents/table.ts';
import type { ZipReader } from '../verify/zip-reader.ts';
import { chosen, Selection, selectionPath, type Method } from './selection.ts';

/** One chosen row as its table has it, and where it was read: in which file of the parent, where it names one. */
export interface SampledRow {
  readonly n: number;
  readonly cells: readonly string[];
  readonly evidence: readonly { readonly said: string; readonly path: string | null }[];
}

/** What an auditor chose, with the rows as the parent has them. */
export interface Sample {
  readonly selection: Selection;
  readonly header: readonly string[];
  readonly rows: readonly SampledRow[];
}

export interface AskedSample {
  /** Path of a CSV file in the parent. */
  readonly population: string;
  readonly method: Method;
  readonly chosenBy: string;
}

/** Chooses rows of a table of a packet. Throws `OperatorError` where it has no such table, or not so many rows. */
export async function sampleOf(
  parent: ZipReader,
  named: { readonly packet: string; readonly profile: string },
  { population: path, method, chosenBy }: AskedSample,
): Promise<Sample> {
  const tables = parent.paths.filter((each) => each.startsWith('data/') && each.endsWith('.csv'));
  if (!tables.includes(path))
    throw new OperatorError(
      `the packet has no table ${path}: name one of its CSV files, such as ${tables.find((each) => each.includes('populations')) ?? 'data/populations/account.csv'}`,
    );
  const bytes = await parent.read(path);
  const [header = [], ...all] = z.array(z.array(z.string())).parse(parse(bytes));
  if (all.length === 0) throw new OperatorError(`${path} has no rows to choose from`);
  const beyond = method.by === 'rows' ? method.rows.find((n) => n > all.length) : undefined;
  if (beyond !== undefined)
    throw new OperatorError(`${path} has ${all.length} rows, and none is number ${beyond}`);
  const rows = chosen(method, all.length);
  const tagmanifest = digest(await parent.read('tagmanifest-sha256.txt'));
  const places = placesIn(parent.paths);
  const at = header.indexOf(evidenceColumn.key);
  return {
    selection: {
      parent: { ...named, tagmanifest },
      population: { path, sha256: digest(bytes), rows: all.length },
      ...{ method, chosenBy, rows: [...rows] },
    },
    header,
    rows: rows.map((n) => {
      const cells = all[n - 1] ?? [];
      return { n, cells, evidence: placesOf(cells[at] ?? '', places) };
    }),
  };
}

/** What a packet says was chosen of another, chosen again: what else it says of that is not looked at. */
export async function sampleIn(zip: ZipReader, parent: ZipReader, packet: string): Promise<Sample> {
  const { population, method, chosenBy, parent: of } = await claimedIn(zip);
  try {
    return await sampleOf(
      parent,
      { packet, profile: of.profile },
      { population: population.path, method, chosenBy },
    );
  } catch (error) {
    if (error instanceof OperatorError) throw new IntegrityError(error.message);
    throw error;
  }
}

/** A sample as its own tables have it: of one that this vault made, whose files come out the same when written again. */
export async function sampleSaid(zip: ZipReader): Promise<Sample> {
  const table = async (id: string) =>
    z.array(z.array(z.string())).parse(parse(await zip.read(`data/${id}.csv`)));
  const [[, ...header] = [], ...rows] = await table('sample');
  const [, ...places] = await table('places');
  return {
    selection: await claimedIn(zip),
    header,
    rows: rows.map(([n = '', ...cells]) => ({
      n: Number(n),
      cells,
      evidence: places
        .filter(([of]) => of === n)
        .map(([, said = '', path = '']) => ({ said, path: path === '' ? null : path })),
    })),
  };
}

async function claimedIn(zip: ZipReader): Promise<Selection> {
  const claimed = Selection.safeParse(JSON.parse((await zip.read(selectionPath)).toString()));
  if (!claimed.success) throw new IntegrityError(`${selectionPath} has not its form`);
  return claimed.data;
}

/** Where the answers lie, by their digest. */
function placesIn(paths: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    paths.flatMap((path) => {
      const [, sum] = /^data\/evidence\/(?:.*\/)?([0-9a-f]{64})(?:\.[a-z]+)*$/.exec(path) ?? [];
      return sum === undefined ? [] : [[sum, path] as const];
    }),
  );
}

/** The parts of a cell of evidence, such as `dataset artifact#pointer | …`. */
function placesOf(cell: string, places: ReadonlyMap<string, string>): SampledRow['evidence'] {
  if (cell === '') return [];
  return cell.split(' | ').map((said) => {
    const [, sum = ''] = /(?:^| )([0-9a-f]{64})(?:#|$)/.exec(said) ?? [];
    return { said, path: places.get(sum) ?? null };
  });
}
