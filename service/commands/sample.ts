import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { buildSample } from '../../exports/sample/build.ts';
import { Method, Selection } from '../../exports/sample/selection.ts';
import { ZipReader } from '../../exports/verify/zip-reader.ts';
import { account } from '../../scheduler/account.ts';
import { Book } from '../../scheduler/book.ts';
import { openArchive } from '../../vault/files.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';
import { progressOn } from '../output/progress.ts';
import { packetStamps, recordStamping, withStamping } from '../stamping.ts';
import { openWorkspace } from '../workspace.ts';

interface Options {
  readonly population?: string;
  readonly seed?: string;
  readonly count?: string;
  readonly row?: readonly string[];
  readonly by?: string;
  readonly out?: string;
}

/** `exhibit sample`: the rows that an auditor chose of a table of a packet that they have, as a packet of its own. */
export async function sample(context: Context, options: Options, name = ''): Promise<number> {
  const { surroundings } = context;
  const path = resolve(surroundings.directory, name);
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile()) throw new OperatorError(`there is no packet at ${path}`);
  const { population } = options;
  if (population === undefined)
    throw new OperatorError(
      'of which table: name it with --population, such as data/populations/account.csv',
    );
  const asked = { population, method: methodOf(options), chosenBy: chooser(options) };
  const configuration = await context.configuration();
  const { paths } = configuration;
  await openArchive(paths.vault);
  const workspace = await openWorkspace(configuration, surroundings);
  const zip = await ZipReader.open(path);
  try {
    const { vault, keys } = workspace;
    const now = surroundings.now();
    const to = options.out === undefined ? paths.packets : resolve(surroundings.directory, options.out);
    const report = progressOn(surroundings.stderr);
    const built = await withStamping(configuration, surroundings, report, async (stamping) => {
      const book = await Book.open(vault);
      await recordStamping(book, stamping, configuration);
      await account(book, now, now);
      const made = await buildSample(
        zip,
        asked,
        { vault: paths.vault, archive: vault, keys },
        {
          out: to.endsWith('.zip') ? { file: to } : { folder: to },
          ...{ keys, writer: vault, stamp: packetStamps({ paths }, { vault }, stamping) },
        },
      );
      await vault.checkpoint();
      return made;
    });
    context.print(`${built.path}\n  rows ${built.rows.join(', ')} of ${population}\n`, built);
    return exit.done;
  } finally {
    await zip.close();
    await workspace.vault.close();
  }
}

function methodOf({ seed, count, row }: Options): Method {
  const bySeed = seed !== undefined || count !== undefined;
  if (bySeed === (row !== undefined))
    throw new OperatorError(
      'say which rows: by chance with --seed TEXT --count N, or each with --row NUMBER',
    );
  const given = row
    ? { by: 'rows', rows: row.map(Number) }
    : { by: 'seed', seed: seed ?? '', count: Number(count ?? NaN) };
  const method = Method.safeParse(given);
  if (!method.success)
    throw new OperatorError(
      row
        ? '--row takes the number of a row, counted from 1 below the header'
        : '--seed takes a text of the auditor, and --count how many rows, 1 or more',
    );
  return method.data;
}

function chooser({ by = '' }: Options): string {
  const said = Selection.shape.chosenBy.safeParse(by.trim());
  if (!said.success) throw new OperatorError('say who chose: --by NAME');
  return said.data;
}
