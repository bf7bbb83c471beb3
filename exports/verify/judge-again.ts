import type { Collector } from '../../collectors/collector.ts';
import type { Snapshot } from '../../evidence-model/snapshot.ts';
import type { Result } from '../../controls/result.ts';
import { digest, Digest } from '../../evidence-model/digest.ts';
import type { LedgerLine } from '../../vault/ledger-lines.ts';
import type { RunManifest } from '../../vault/manifest.ts';
import type { RunLine } from '../../vault/paths.ts';
import type { Archive } from '../../vault/vault.ts';
import { saysSo } from '../evidence.ts';
import type { Judgement } from '../judge.ts';
import type { JudgedDataset } from '../newest-reading.ts';
import { wholeProfiles } from '../profiles.ts';
import { rederive } from './rederive.ts';
import type { Checks } from './report.ts';
import { z } from 'zod';

/** As much of the form of results as is needed to compare them. */
const Results = z.array(
  z.looseObject({
    control: z.string(),
    status: z.string(),
    population: z.looseObject({}),
    verdicts: z.array(
      z.looseObject({ source: z.string(), subject: z.string(), status: z.string(), reason: z.string() }),
    ),
  }),
);

/** What a packet says of itself in `data/results/results.json`, as far as it decides how to judge it again. */
export const Claimed = z.looseObject({
  packet: z.string(),
  profile: z.enum(wholeProfiles),
  asOf: z.iso.datetime(),
  slot: z.string(),
  rules: Digest,
  exporter: Digest,
  // Held against their form and left as they stand: their digest is over these bytes, in this order of keys.
  results: z.custom<readonly Result[]>((value) => Results.safeParse(value).success),
});
export type Claimed = z.output<typeof Claimed>;

/** Derives every record that a judgement rests on again, and says so, or what differs. */
export function checkRecords(
  archive: Archive,
  { datasets, earlier, reviewed }: Judgement,
  checks: Checks,
  collectors?: readonly Collector[],
): Promise<void> {
  return checkReadings(archive, [...datasets, ...earlier, ...reviewed], 'records', checks, collectors);
}

export type Read = Pick<JudgedDataset, 'source' | 'dataset' | 'slot' | 'attempt' | 'digest' | 'snapshot'>;

/** The same of any readings, one after another. */
export async function checkReadings(
  archive: Archive,
  readings: Iterable<Read> | AsyncIterable<Read>,
  id: string,
  checks: Checks,
  collectors?: readonly Collector[],
): Promise<void> {
  let records = 0;
  let captures = 0;
  const broken: string[] = [];
  const changed: string[] = [];
  const runs = await runsOf(archive);
  // Datasets of one reading come one after another, and what names them all is long.
  const manifestOf = remembering((line: RunLine) => archive.run(line));
  for await (const { source, dataset, slot, attempt, digest, snapshot } of readings) {
    const line = runs.get(`${slot ?? ''} ${source} ${attempt ?? ''}`);
    if (digest === null || !snapshot || !line) continue;
    const { predicate } = await manifestOf(line);
    broken.push(...mismatches(predicate, dataset, snapshot).map((text) => `${source} ${dataset}: ${text}`));
    const siblings = new Map(predicate.datasets.map((each) => [each.dataset, each]));
    const found = await rederive(archive, digest, siblings, collectors);
    records += found.records;
    captures += found.captures;
    broken.push(...found.broken);
    changed.push(...found.changed);
  }
  for (const text of broken) checks.fail(id, text);
  for (const text of changed) checks.unchecked.push(`${text} (it was read by other code)`);
  if (broken.length === 0)
    checks.pass(
      id,
      changed.length === 0
        ? `${records} records derived again from ${captures} answers, all equal`
        : `${records} records derived again from ${captures} answers, equal where the same code read them`,
    );
}

/** Keeps what it gave last, for who asks for the same again. */
function remembering<K, V>(read: (key: K) => Promise<V>): (key: K) => Promise<V> {
  let last: { readonly key: K; readonly value: Promise<V> } | undefined;
  return (key) => {
    if (last?.key !== key) last = { key, value: read(key) };
    return last.value;
  };
}

/** The lines of runs, each by slot, name of the source and attempt. */
async function runsOf(archive: Archive): Promise<ReadonlyMap<string, RunLine>> {
  const runs = new Map<string, RunLine>();
  for await (const line of archive.ledger())
    if (line.type === 'run')
      runs.set(`${line.slot} ${await archive.nameOf(line.source)} ${line.attempt}`, line);
  return runs;
}

/** Where the manifest of a run, by which nights are told, says something else than the snapshot that it names. */
function mismatches(
  { slot, source, collector, attempt, program, datasets }: RunManifest['predicate'],
  dataset: string,
  { header, end }: Snapshot,
): string[] {
  const told = datasets.find((each) => each.dataset === dataset);
  // A snapshot that an earlier attempt of the slot had finished is taken over as it is.
  const own = header.slot === slot && header.source === source && header.attempt <= attempt;
  const about = own && header.collector === collector && header.dataset === dataset;
  const equal = told?.outcome === end.outcome && JSON.stringify(told.end) === JSON.stringify(end);
  return [
    ...(about ? [] : ['its snapshot is of another reading']),
    ...(header.code === program.code ? [] : ['its snapshot names other code than its run']),
    ...(equal ? [] : ['its run tells of another end than its snapshot']),
  ];
}

/**
 * The ledger must say that this code came to these results. It is signed by another key than packets are: whoever has
 * only that one could otherwise name code that does not exist, and nobody could say what it would have come to.
 */
export function checkClaim(
  { slot, rules, exporter, results }: Claimed,
  period: Digest | null,
  lines: readonly LedgerLine[],
  checks: Checks,
): void {
  const judged = { slot, rules, exporter, results: digest(JSON.stringify(results)) };
  const claim = period === null ? judged : { ...judged, period };
  if (lines.some((line) => saysSo(line, claim)))
    checks.pass('judgement', 'the ledger says that this code came to these results');
  else checks.fail('judgement', 'the ledger does not say that this code came to these results');
}

/** Judges again and compares with what the packet claims: equal, changed rules, or a forged result. */
export function checkResults(claimed: Claimed, judgement: Judgement, checks: Checks): void {
  const before = new Map(claimed.results.map((result) => [result.control, result]));
  const differing = judgement.results.flatMap((result) => differences(before.get(result.control), result));
  for (const control of before.keys())
    if (!judgement.results.some((result) => result.control === control))
      differing.push(`${control}: this version has no such control`);
  const verdicts = judgement.results.reduce((sum, result) => sum + result.verdicts.length, 0);
  if (differing.length === 0)
    checks.pass(
      'results',
      `${verdicts} verdicts of ${judgement.results.length} controls judged again, all equal`,
    );
  else if (claimed.rules === judgement.rules) for (const text of differing) checks.fail('results', text);
  else checks.rulesChanged.push(...differing);
}

function differences(claimed: Result | undefined, found: Result): string[] {
  if (JSON.stringify(claimed) === JSON.stringify(found)) return [];
  if (!claimed) return [`${found.control}: the packet has no such result`];
  const key = ({ source, subject }: Result['verdicts'][number]) => JSON.stringify([source, subject]);
  const before = new Map(claimed.verdicts.map((verdict) => [key(verdict), verdict]));
  const lines = found.verdicts.flatMap((verdict) => {
    const was = before.get(key(verdict));
    if (JSON.stringify(was) === JSON.stringify(verdict)) return [];
    return [
      `${found.control}: ${verdict.subject}: ${was?.status ?? 'nothing'} in the packet, ${verdict.status} now`,
    ];
  });
  const gone = claimed.verdicts.filter(
    (verdict) => !found.verdicts.some((each) => key(each) === key(verdict)),
  );
  lines.push(
    ...gone.map(
      ({ subject, status }) => `${found.control}: ${subject}: ${status} in the packet, nothing now`,
    ),
  );
  return lines.length > 0
    ? lines
    : [`${found.control}: ${claimed.status} in the packet, ${found.status} now`];
}
