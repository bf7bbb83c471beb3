import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { populationDigest } from '../../controls/declared/review.ts';
import { csv } from '../../exports/csv.ts';
import { History } from '../../exports/history.ts';
import { populationAt } from '../../exports/review-populations.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { openArchive } from '../../vault/files.ts';
import { reviewColumns } from '../config/reviews.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';

/** `exhibit review export`: every account that the newest slot found at a source, as rows to be decided. It overwrites nothing. */
export async function review(
  context: Context,
  { out, slot: wanted }: { readonly out?: string; readonly slot?: string },
  action = '',
  source = '',
): Promise<number> {
  if (action !== 'export') throw new OperatorError(`there is no review ${action}; there is: review export`);
  const { paths } = await context.configuration();
  const history = await History.read(await openArchive(paths.vault));
  const { closed } = history;
  const read = closed.filter(({ runs }) => runs.some((run) => run.source === source));
  const slot = wanted ?? read.at(-1)?.slot;
  if (slot === undefined)
    throw new OperatorError(`${source} was never read: name a source of the configuration`);
  const { population } = await populationAt(history, closed, { source, slot });
  if (population.open !== null)
    throw new OperatorError(
      `a review needs everybody: ${population.open}; read it again, or name another --slot`,
    );
  const file = out ?? `review-${source}-${slot}.csv`;
  const rows = population.rows.map(({ subject, name }) => [subject, name, '', '', '']);
  await writeFile(resolve(context.surroundings.directory, file), csv(reviewColumns, rows), {
    flag: 'wx',
  }).catch((error: unknown) => {
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new OperatorError(
      there ? `${file} is there already: name another file with --out` : `${file} cannot be written`,
    );
  });
  const told = { slot, count: rows.length, digest: populationDigest(population.rows) };
  context.print(
    `${file} holds ${told.count} accounts of ${source}. Under reviews, its population is\n  { slot: ${slot}, count: ${told.count}, digest: ${told.digest} }\n`,
    { file, source, ...told },
  );
  return exit.done;
}
