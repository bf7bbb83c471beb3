import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../evidence-model/digest.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import { readAlias, readManifest } from './archive.ts';
import { checkpointFile, openCheckpoint } from './checkpoint.ts';
import { filesBelow } from './disk.ts';
import { ledgerPath, readLedger, type RawLine } from './ledger.ts';
import { SlotBook, type SlotProblem } from './slot-book.ts';
import { Frontier, leafOf } from './merkle.ts';
import { digest } from '../evidence-model/digest.ts';
import { Objects } from './objects.ts';
import { runPath } from './paths.ts';
import { evidencePath } from './vault.ts';

export interface VaultProblem {
  readonly code:
    'ledger' | 'object' | 'checkpoint' | 'run' | 'alias' | 'plan' | 'file' | 'key' | SlotProblem['code'];
  readonly where: string;
  readonly text: string;
}

export interface VaultFacts {
  readonly lines: number;
  readonly objects: number;
  readonly checkpoints: number;
  readonly runs: number;
  readonly origin: string;
  /** Slots that were opened and not closed yet: one at most, and no fault while a service runs. */
  readonly openSlots: readonly string[];
  /** Whether the ledger's key is one that the reader had from elsewhere. */
  readonly authorEstablished: boolean;
}

export interface VaultReport {
  readonly ok: boolean;
  readonly problems: readonly VaultProblem[];
  readonly facts: VaultFacts;
}

/** Files that come and go and prove nothing. */
const passing = /^(lock\.sqlite.*|tmp\/.*|journal\/.*|ledger\/ledger\.torn)$/;

/**
 * Holds a whole vault against itself and against the keys that the reader trusts: every object, every line, every
 * checkpoint, every run, every slot, and that there is nothing else. It changes nothing.
 */
export async function verifyVault(
  dir: string,
  { trustedKeys }: { readonly trustedKeys: readonly string[] },
): Promise<VaultReport> {
  const problems: VaultProblem[] = [];
  const report = (code: VaultProblem['code'], where: string, text: string) =>
    problems.push({ code, where, text });
  const objects = new Objects(dir);
  const known = new Set<string>(['ledger/ledger.jsonl']);
  const lines: RawLine[] = [];
  const chains: { chain: Digest; root: Buffer }[] = [];

  try {
    const frontier = new Frontier();
    for await (const raw of readLedger(createReadStream(ledgerPath(dir)) as AsyncIterable<Buffer>)) {
      lines.push(raw);
      frontier.append(leafOf(raw.bytes));
      chains.push({ chain: digest(Buffer.concat([raw.bytes, Buffer.from('\n')])), root: frontier.root() });
    }
    const written = lines.reduce((sum, { bytes }) => sum + bytes.length + 1, 0);
    const { size } = await stat(ledgerPath(dir));
    if (size !== written) report('ledger', 'ledger/ledger.jsonl', 'the last line is cut off');
  } catch (error) {
    report('ledger', 'ledger/ledger.jsonl', textOf(error));
  }

  const [first] = lines;
  const genesis = first?.line.type === 'genesis' ? first.line : null;
  if (!genesis) report('ledger', 'ledger/ledger.jsonl', 'the first line does not say whose ledger it is');
  const authorEstablished = genesis !== null && trustedKeys.includes(genesis.vkey);
  if (trustedKeys.length > 0 && !authorEstablished)
    report('key', 'ledger/ledger.jsonl', 'the ledger is signed by a key that is not trusted');

  const keys = genesis ? [genesis.vkey] : [];
  const book = new SlotBook();
  const names = new Map<string, string>();
  let runs = 0;
  for (const { line } of lines) {
    const where = `line ${line.n}`;
    try {
      book.take(line);
      if (line.type === 'key') keys.push(line.vkey);
      if (line.type === 'slot.open' && !(await objects.has(line.plan)))
        report('plan', where, `the plan of slot ${line.slot} is missing`);
      if (line.type === 'alias') {
        if (names.has(line.alias)) report('alias', where, `${line.alias} is introduced twice`);
        names.set(line.alias, readAlias(await objects.get(line.digest), line).name);
      }
      if (line.type === 'run') {
        runs += 1;
        const path = runPath(line.slot, names.get(line.source) ?? '', line.attempt);
        const [json, sums] = await Promise.all([
          readFile(join(dir, `${path}.json`)),
          readFile(join(dir, `${path}.sha256`)),
        ]);
        known.add(`${path}.json`).add(`${path}.sha256`);
        for (const {
          name,
          digest: { sha256 },
        } of readManifest(line, path, json, sums).subject) {
          const bytes = await objects.get(sha256);
          if (name !== evidencePath(sha256, bytes))
            report('run', path, `${name} is not where its body belongs`);
        }
      }
    } catch (error) {
      report(line.type === 'alias' ? 'alias' : 'run', where, textOf(error));
    }
  }
  problems.push(...book.problems());

  const files = await filesBelow(dir);
  let checkpoints = 0;
  let covered = 0;
  for (const file of files.filter((name) => name.startsWith('ledger/checkpoints/'))) {
    known.add(file);
    checkpoints += 1;
    const note = await readFile(join(dir, file), 'utf8');
    const body = keys.map((key) => openCheckpoint(note, key)).find((found) => found !== null);
    const at = body ? chains[body.size - 1] : undefined;
    if (!body) report('checkpoint', file, 'it is not signed by a key of this ledger');
    else if (file !== `ledger/checkpoints/${checkpointFile(body.size)}`)
      report('checkpoint', file, 'it has the name of another');
    else if (at?.chain !== body.chain || !at.root.equals(body.root))
      report('checkpoint', file, 'the ledger was another when it was signed');
    else covered = Math.max(covered, body.size);
  }
  if (covered < lines.length && book.openSlots.length === 0)
    report(
      'checkpoint',
      'ledger/checkpoints',
      `no checkpoint covers the last ${lines.length - covered} lines`,
    );

  let count = 0;
  for await (const object of objects.all()) {
    count += 1;
    known.add(`objects/${object.slice(0, 2)}/${object}.gz`);
    await objects.get(object).catch((error: unknown) => report('object', object, textOf(error)));
  }
  for (const file of files)
    if (!known.has(file) && !passing.test(file)) report('file', file, 'nothing in the ledger speaks of it');

  return {
    ok: problems.length === 0,
    problems,
    facts: {
      lines: lines.length,
      objects: count,
      checkpoints,
      runs,
      origin: genesis?.origin ?? '',
      openSlots: book.openSlots,
      authorEstablished,
    },
  };
}

function textOf(error: unknown): string {
  if (error instanceof IntegrityError) return error.message;
  return error instanceof Error && 'code' in error && error.code === 'ENOENT'
    ? 'a file that it names is missing'
    : 'it cannot be read';
}
