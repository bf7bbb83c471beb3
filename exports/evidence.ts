import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digest, type Digest } from '../evidence-model/digest.ts';
import { IntegrityError, snapshotLines } from '../evidence-model/read-snapshot.ts';
import { openCheckpoint } from '../vault/checkpoint.ts';
import { checkpointsOf } from '../vault/files.ts';
import type { LedgerLine, NewLine } from '../vault/ledger-lines.ts';
import { ledgerPath, readLedger, type RawLine } from '../vault/ledger.ts';
import type { RunManifest } from '../vault/manifest.ts';
import { runPath } from '../vault/paths.ts';
import { evidencePath, type Archive } from '../vault/vault.ts';
import { entryOf, type BagEntry } from './bag.ts';
import { digestOf, jsonPieces } from './content.ts';
import type { Judgement } from './judge.ts';

/** What a line says of a judgement: what judged, what writes, and the digests of the results and of what is said of a period. */
export type JudgementLine = Omit<Extract<NewLine, { type: 'judgement' }>, 'type'>;

export function lineOf(
  { slot, rules, results }: Judgement,
  exporter: Digest,
  period: Digest | null,
): JudgementLine {
  const said = { slot, rules, exporter, results: digestOf(() => jsonPieces(results, 3)) };
  return period === null ? said : { ...said, period };
}

/** Whether a line of the ledger says just this of a judgement. */
export function saysSo(line: LedgerLine, { slot, rules, exporter, results, period }: JudgementLine): boolean {
  return (
    line.type === 'judgement' &&
    line.slot === slot &&
    line.rules === rules &&
    line.exporter === exporter &&
    line.results === results &&
    line.period === period
  );
}

/** The ledger as it was at the first checkpoint after the line about what is judged. Later lines do not change a packet. */
export interface Cut {
  readonly file: string;
  readonly note: Uint8Array;
  readonly size: number;
  readonly chain: Digest;
  readonly lines: readonly RawLine[];
}

/** `null` where no signed line says so yet. */
export async function cutAt(vault: string, judged: JudgementLine, vkey: string): Promise<Cut | null> {
  const lines: RawLine[] = [];
  const bytes = await readFile(ledgerPath(vault));
  for await (const raw of readLedger(once(bytes))) lines.push(raw);
  const said = lines.findIndex(({ line }) => saysSo(line, judged));
  if (said < 0) return null;
  for (const { name, note } of await checkpointsOf(vault)) {
    const body = openCheckpoint(Buffer.from(note).toString(), vkey);
    if (!body || body.size <= said || body.size > lines.length) continue;
    const cut = lines.slice(0, body.size);
    const last = cut.at(-1);
    if (!last || digest(Buffer.concat([last.bytes, Buffer.from('\n')])) !== body.chain)
      throw new IntegrityError(`${name} is not a checkpoint of this ledger`);
    return { file: name, note, size: body.size, chain: body.chain, lines: cut };
  }
  return null;
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}

/** Which files of evidence a packet has: what builds one and what verifies one must come to the same. */
interface Listed {
  /** By path in the packet. */
  readonly objects: ReadonlyMap<string, Digest>;
  /** Of runs, with their endings, as they stand in the vault. */
  readonly runs: readonly string[];
  /** The text of `data/runs/whole.txt`: the runs whose evidence is in the packet in full. */
  readonly whole: string;
}

export const wholePath = 'data/runs/whole.txt';

/** Lists the evidence behind a judgement, from the lines that the packet's ledger has, and all that was read in some other nights. */
export async function evidenceListed(
  archive: Archive,
  judgement: Judgement,
  lines: readonly LedgerLine[],
  nights: readonly string[] = [],
): Promise<Listed> {
  const objects = new Map<string, Digest>();
  const keep = async (object: Digest) => objects.set(evidencePath(object, await archive.get(object)), object);
  const used = new Set(judgement.datasets.map(keyOf));
  const plans = new Set<Digest>();
  const runs: string[] = [];
  const whole: string[] = [];
  for (const line of lines) {
    if (line.type === 'slot.open') plans.add(line.plan);
    if (line.type === 'alias') await keep(line.digest);
    if (line.type === 'authority' && line.roots !== null) await keep(line.roots);
    if (line.type !== 'run') continue;
    const source = await archive.nameOf(line.source);
    const path = runPath(line.slot, source, line.attempt);
    runs.push(`${path}.json`, `${path}.sha256`);
    const key = keyOf({ ...line, source });
    const logs = [...judgement.earlier, ...judgement.reviewed].filter((reading) => keyOf(reading) === key);
    const isWhole = used.has(key) || nights.includes(line.slot);
    if (!isWhole && logs.length === 0) continue;
    const manifest = await archive.run(line);
    if (isWhole) {
      whole.push(`data/${path}.sha256\n`);
      for (const { name, digest: of } of manifest.subject) objects.set(name, of.sha256);
    } else
      for (const { dataset } of logs)
        for (const object of await objectsOf(archive, manifest, dataset)) await keep(object);
  }
  for (const plan of plans) await keep(plan);
  return { objects, runs, whole: whole.join('') };
}

function keyOf({
  source,
  slot,
  attempt,
}: {
  readonly source: string;
  readonly slot: string | null;
  readonly attempt: number | null;
}): string {
  return JSON.stringify([slot, source, attempt]);
}

/** One reading of a log, with the answers that it was read from, and the snapshots that say what it was asked for each of. */
async function objectsOf(
  archive: Archive,
  { predicate }: RunManifest,
  dataset: string,
): Promise<readonly Digest[]> {
  const found: Digest[] = [];
  const waiting = [dataset];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const read = predicate.datasets.find((each) => each.dataset === next);
    if (!read) continue;
    found.push(read.snapshot);
    for (const line of snapshotLines(await archive.get(read.snapshot))) {
      if (line.line === 'snapshot' && line.each !== null) waiting.push(line.each);
      if (line.line === 'capture' && next === dataset && line.exchange.artifact)
        found.push(line.exchange.artifact);
    }
  }
  return found;
}

/** The evidence behind a judgement, as entries that are read when they are written. */
export async function evidenceOf(
  vault: string,
  archive: Archive,
  judgement: Judgement,
  cut: Cut,
  nights: readonly string[],
): Promise<BagEntry[]> {
  const lines = cut.lines.map(({ line }) => line);
  const { objects, runs, whole } = await evidenceListed(archive, judgement, lines, nights);
  const entries = [...objects].map(([path, sha256]): BagEntry => ({
    path,
    sha256,
    read: () => archive.get(sha256),
  }));
  for (const path of runs)
    entries.push({ path: `data/${path}`, sha256: null, read: () => readFile(join(vault, path)) });
  return [...entries, entryOf(wholePath, whole)];
}

export function ledgerOf({ lines }: Cut): Buffer {
  return Buffer.concat(lines.flatMap(({ bytes }) => [bytes, Buffer.from('\n')]));
}
