import type { Answer } from '../../controls/answers/answer.ts';
import type { Request } from '../../controls/requests.ts';
import type { Packet } from '../exporter.ts';
import { hasTable, populationPath } from '../files/populations.ts';
import type { Lists } from './lacking.ts';

const tables = 'data/populations/';

/** Where a packet has what it hands over of a request: of a period first. Of the tables of populations those that are named. */
export function filesServing(
  { judgement, period }: Packet,
  { files }: Answer,
  { overPeriod }: Request,
  { kinds }: Lists,
): string[] {
  const named = files.flatMap((path) => {
    if (path !== tables || kinds.length === 0) return [path];
    return kinds.filter((kind) => hasTable(judgement, kind)).map((kind) => `${populationPath(kind)}.csv`);
  });
  return [...new Set([...(period ? (overPeriod?.files ?? []) : []), ...named])];
}

/** The first file that a row names and the packet does not have: no table must send anybody to what is not there. */
export function missingFile(
  rows: readonly { readonly id: string; readonly files: readonly string[] }[],
  paths: ReadonlySet<string>,
): string | null {
  const all = [...paths];
  for (const { id, files } of rows)
    for (const file of files) {
      const is = file.endsWith('/') ? all.some((path) => path.startsWith(file)) : paths.has(file);
      if (!is) return `${file}, which serves ${id}`;
    }
  return null;
}
