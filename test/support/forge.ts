import { chmod, cp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { digest } from '../../evidence-model/digest.ts';
import { snapshotLines } from '../../evidence-model/read-snapshot.ts';
import type { SnapshotLine } from '../../evidence-model/snapshot.ts';
import { sumsOf } from '../../vault/archive.ts';
import { checkpointFile, checkpointSize, signCheckpoint } from '../../vault/checkpoint.ts';
import { loadKeys } from '../../vault/keys.ts';
import { ledgerPath, Reading } from '../../vault/ledger.ts';
import { RunManifest } from '../../vault/manifest.ts';
import { Objects } from '../../vault/objects.ts';

export type Change = (lines: readonly SnapshotLine[]) => readonly SnapshotLine[];

/**
 * A copy of a vault in which snapshots of some datasets say something else, by somebody who holds every key of the
 * company: their digests are others in manifest, sums, ledger, and in all that is signed. What others stamped or
 * keep, which would tell, is gone. Only what snapshots are made of tells.
 */
export async function forgedVault(
  from: { readonly vault: string; readonly keys: string },
  to: string,
  datasets: RegExp,
  change: Change,
): Promise<void> {
  await cp(from.vault, to, { recursive: true });
  const objects = new Objects(to);
  const overwrite = async (path: string, bytes: Uint8Array | string) => {
    await chmod(join(to, path), 0o644);
    await writeFile(join(to, path), bytes);
  };
  const sums = new Map<string, string>();
  for (const name of await readdir(join(to, 'runs'), { recursive: true })) {
    if (!name.endsWith('.json')) continue;
    const path = `runs/${name.slice(0, -'.json'.length)}`;
    const manifest = RunManifest.parse(JSON.parse(await readFile(join(to, `${path}.json`), 'utf8')));
    const touched = manifest.predicate.datasets.filter(({ dataset }) => datasets.test(dataset));
    if (touched.length === 0) continue;
    for (const told of touched) {
      const before = told.snapshot;
      const lines = [...snapshotLines(await objects.get(before))];
      const made = change(lines);
      const [[header], end] = [made, made.at(-1)];
      if (header?.line !== 'snapshot' || end?.line !== 'end') throw new Error('that is no snapshot');
      const after = await objects.put(Buffer.from(made.map((line) => `${JSON.stringify(line)}\n`).join('')));
      if (after === before) throw new Error(`nothing of ${told.dataset} was changed`);
      Object.assign(told, { snapshot: after, end, outcome: end.outcome });
      manifest.predicate.program.code = header.code;
      for (const each of manifest.subject)
        if (each.digest.sha256 === before)
          Object.assign(each, { name: each.name.replace(before, after), digest: { sha256: after } });
    }
    const bytes = Buffer.from(JSON.stringify(manifest));
    const old = digest(await readFile(join(to, `${path}.sha256`)));
    const fresh = sumsOf(manifest, path, bytes);
    await overwrite(`${path}.json`, bytes);
    await overwrite(`${path}.sha256`, fresh);
    sums.set(old, digest(fresh));
  }
  if (sums.size === 0) throw new Error(`no dataset is called ${datasets.source}`);
  await resign(to, await loadKeys(from.keys), sums, overwrite);
}

async function resign(
  dir: string,
  keys: Awaited<ReturnType<typeof loadKeys>>,
  sums: ReadonlyMap<string, string>,
  overwrite: (path: string, bytes: Uint8Array | string) => Promise<void>,
): Promise<void> {
  const notes = await readdir(join(dir, 'ledger/checkpoints'));
  const sizes = new Set(notes.map(checkpointSize));
  for (const name of notes) if (name.endsWith('.tsr')) await rm(join(dir, 'ledger/checkpoints', name));
  const reading = new Reading();
  const deposited = new Map<number, string>();
  let text = '';
  for (const line of (await readFile(ledgerPath(dir), 'utf8')).trimEnd().split('\n')) {
    const said = JSON.parse(line) as {
      type: string;
      manifest?: string;
      tsrPrev?: string | null;
      note?: string;
      size?: number;
      prev: string;
    };
    said.prev = reading.chain;
    if (said.type === 'slot.open') said.tsrPrev = null;
    if (said.type === 'run') said.manifest = sums.get(said.manifest ?? '') ?? said.manifest ?? '';
    if (said.type === 'deposit') said.note = deposited.get(said.size ?? 0) ?? said.note ?? '';
    const bytes = Buffer.from(JSON.stringify(said));
    reading.take(bytes);
    text += `${bytes.toString()}\n`;
    const { size, root, chain } = reading;
    if (!sizes.has(size) || chain === '') continue;
    await rm(join(dir, 'ledger/checkpoints', checkpointFile(size)));
    const note = signCheckpoint({ origin: keys.origin, size, root, chain }, keys);
    await writeFile(join(dir, 'ledger/checkpoints', checkpointFile(size)), note);
    deposited.set(size, digest(note));
  }
  await overwrite('ledger/ledger.jsonl', text);
}
