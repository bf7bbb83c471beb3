import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, extname, resolve } from 'node:path';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { bases } from '../../exports/basis.ts';
import { identifiersIn } from '../../exports/identifiers.ts';
import { judge, type Judgement } from '../../exports/judge.ts';
import {
  answeredCsv,
  answeredSheet,
  answeredXlsx,
  type AnsweredSheet,
} from '../../exports/sheets/answered-sheet.ts';
import { largest, type Grid } from '../../exports/sheets/grid.ts';
import { Mapping } from '../../exports/sheets/mapping.ts';
import { matchRows } from '../../exports/sheets/match.ts';
import { readCsv } from '../../exports/sheets/read-csv.ts';
import { isXlsx, readXlsx } from '../../exports/sheets/read-xlsx.ts';
import { topicsOf } from '../../exports/vendor/topics.ts';
import { openArchive } from '../../vault/files.ts';
import { YamlFile } from '../config/yaml-file.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';

/** `exhibit questionnaire`: a copy of a customer's sheet with answers beside its rows, as XLSX and CSV. It overwrites nothing. */
export async function questionnaire(
  context: Context,
  { map, out }: { readonly map?: string; readonly out?: string },
  name = '',
): Promise<number> {
  const { surroundings } = context;
  const at = (path: string) => resolve(surroundings.directory, path);
  const mapping =
    map === undefined
      ? Mapping.parse({})
      : readMapping(YamlFile.read(at(map), 'name the file that maps its rows with --map'));
  const grid = await readSheet(at(name), mapping.sheet);
  const { paths } = await context.configuration();
  const now = surroundings.now().toISOString();
  const judgement = await judge(await openArchive(paths.vault), { now });
  const { asOf, rehearsal, plan } = judgement;
  const sheet = answeredSheet(grid, mapping, matchRows(grid, mapping, topicsOf(judgement, now)), asOf);
  refuseIdentifiers(sheet, judgement);
  const counted = bases.map(
    (basis) => [basis, sheet.beside.filter((row) => row.basis === basis).length] as const,
  );
  const facts: (readonly [string, string])[] = [
    ['What it is', 'A DRAFT: not released by a named officer of the company'],
    ...(rehearsal ? [['Clock', 'A REHEARSAL: read under a clock that was given'] as const] : []),
    ['Answered for', plan.organization.name],
    ['As of (UTC)', asOf],
    ['Rows that ask', String(sheet.beside.length)],
    ...counted.map(([basis, count]) => [basis, String(count)] as const),
    [
      'measured',
      'Follows from evidence that was read, with the limits beside it; it answers the topic that stands beside it, in our words',
    ],
    ['company states', 'The company says so, and the evidence does not show it'],
    ['company to answer', 'Nothing here answers it'],
    [
      'The sheet',
      'A copy of the texts of one sheet: formulas as their last values, without looks, links and macros',
    ],
  ];
  const base = out ?? `${basename(name, extname(name))}-answered`;
  const files = [`${base}.xlsx`, `${base}.csv`] as const;
  const about = { title: `Answers of ${plan.organization.name}`, asOf, facts };
  await write(at(files[0]), answeredXlsx(sheet, about), files[0]);
  await write(at(files[1]), answeredCsv(sheet), files[1]);
  const told = counted.flatMap(([basis, count]) => (count > 0 ? [`${count} ${basis}`] : []));
  context.print(`${files.join('\n')}\n  ${sheet.beside.length} rows ask something: ${told.join(', ')}\n`, {
    files,
    asOf,
    rows: sheet.beside.length,
    ...Object.fromEntries(counted),
  });
  return exit.done;
}

const readMapping = (yaml: YamlFile): Mapping => yaml.parse(Mapping, yaml.value ?? {});

async function readSheet(path: string, sheet: string | undefined): Promise<Grid> {
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile()) throw new OperatorError(`there is no sheet at ${path}`);
  if (facts.size > largest.bytes)
    throw new OperatorError(
      `the sheet is not read, because it is larger than ${largest.bytes / 2 ** 20} MiB`,
    );
  const bytes = await readFile(path);
  return isXlsx(bytes) || path.toLowerCase().endsWith('.xlsx') ? readXlsx(bytes, sheet) : readCsv(bytes);
}

/** What is written beside the rows names nobody and nothing; what the customer wrote is theirs. */
function refuseIdentifiers({ beside }: AnsweredSheet, judgement: Judgement): void {
  const said = beside.map(({ cells }) => cells.join('\n'));
  const [hit] = identifiersIn(said.join('\n'), judgement);
  if (hit === undefined) return;
  const row = beside[said.findIndex((each) => each.includes(hit))]?.row ?? 0;
  throw new OperatorError(
    `the sheet was not answered: beside row ${row + 1} would stand ${hit}, which identifies someone or something; mend what the company answered`,
  );
}

async function write(path: string, content: string | Uint8Array, name: string): Promise<void> {
  await writeFile(path, content, { flag: 'wx' }).catch((error: unknown) => {
    const there = error instanceof Error && 'code' in error && error.code === 'EEXIST';
    throw new OperatorError(
      there ? `${name} is there already: name another with --out` : `${name} cannot be written`,
    );
  });
}
