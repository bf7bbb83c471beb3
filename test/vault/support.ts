import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { digest, type Digest } from '../../evidence-model/digest.ts';
import type { SnapshotEnd, SnapshotLine } from '../../evidence-model/snapshot.ts';
import { filesBelow } from '../../vault/disk.ts';
import { createVault, openVault } from '../../vault/files.ts';
import { createKeys, type Keys } from '../../vault/keys.ts';
import type { NewLine } from '../../vault/ledger-lines.ts';
import type { RunManifest } from '../../vault/manifest.ts';
import { evidencePath, type Archive, type Vault } from '../../vault/vault.ts';

export async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-vault-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

export const now = () => new Date('2026-03-02T02:30:00Z');

export interface Made {
  readonly dir: string;
  readonly keys: Keys;
  readonly keysDir: string;
  readonly vault: Vault;
  readonly reopen: () => Promise<Vault>;
}

export async function newVault(clock = now): Promise<Made> {
  const base = await folder();
  const keysDir = join(base, 'keys');
  const keys = await createKeys(keysDir, 'exhibit-test');
  const dir = join(base, 'vault');
  const vault = await createVault({ dir, keys, now: clock, randomBytes, recovery: null });
  onTestFinished(() => vault.close().catch(() => undefined)); // most tests close it themselves
  const reopen = async () => {
    const again = await openVault({ dir, keys, now: clock, randomBytes });
    onTestFinished(() => again.close().catch(() => undefined));
    return again;
  };
  return { dir, keys, keysDir, vault, reopen };
}

/** A closed vault with some nights in it. */
export async function nights(count: number): Promise<Made> {
  const made = await newVault();
  for (let n = 0; n < count; n += 1) await writeNight(made.vault, slotOf(n), n);
  await made.vault.close();
  return made;
}

export const slotOf = (n: number) => `202603${String(n + 1).padStart(2, '0')}T023000Z`;
export const source = 'github-larkspur';
export const attemptOf = (slot: string) => ({ slot, source, attempt: 1 });
const time = '2026-03-02T02:30:00.000Z';

/** A line that says something and needs nothing around it. */
export const plainLine: NewLine = { type: 'fsck', objects: 0, lines: 0, checkpoints: 0, ok: true };

export async function openSlot(vault: Vault, slot: string, seq: number): Promise<string> {
  const alias = await vault.aliasOf('source', source);
  const plan = await vault.put(Buffer.from(`{"plan":"${slot}"}`));
  const how = { kind: 'scheduled', clock: 'system', tsrPrev: null } as const;
  await vault.append({ type: 'slot.open', slot, seq, due: time, plan, ...how });
  await vault.checkpoint();
  return alias;
}

/** What one attempt reads: one dataset with one artifact. */
export async function readOnce(vault: Vault, slot: string, alias: string): Promise<RunManifest> {
  const artifact = await vault.put(Buffer.from(`{"night":"${slot}"}`));
  const journal = await vault.journal({ ...attemptOf(slot), dataset: 'github/members' });
  await journal.write(snapshotLines(slot));
  const snapshot = await journal.finish();
  return manifestOf(vault, slot, alias, [artifact, snapshot], snapshot);
}

/** A night as the scheduler would write it. */
export async function writeNight(vault: Vault, slot: string, seq: number): Promise<void> {
  const alias = await openSlot(vault, slot, seq);
  await vault.seal(await readOnce(vault, slot, alias), 'ok');
  await vault.append({ type: 'slot.close', slot, seq, status: 'ok', runs: 1 });
  await vault.checkpoint();
}

const end: SnapshotEnd = {
  line: 'end',
  endedAt: time,
  outcome: 'complete',
  reasons: [],
  partitions: 0,
  items: 0,
  records: 0,
  rejects: 0,
  requests: 0,
  bytes: 0,
  expected: null,
  covered: null,
};

export function snapshotLines(slot: string): SnapshotLine[] {
  return [
    {
      line: 'snapshot',
      v: 1,
      source,
      collector: 'github',
      dataset: 'github/members',
      title: 'Members',
      type: 'state',
      slot,
      attempt: 1,
      startedAt: time,
      scope: {},
      each: null,
      kinds: {},
      absence: [],
      permissions: [],
      code: digest('code'),
      interval: null,
    },
    end,
  ];
}

async function manifestOf(
  vault: Vault,
  slot: string,
  alias: string,
  objects: readonly Digest[],
  snapshot: Digest,
): Promise<RunManifest> {
  const subject = await Promise.all(
    objects.map(async (sha256) => ({
      name: evidencePath(sha256, await vault.get(sha256)),
      digest: { sha256 },
    })),
  );
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject,
    predicateType: 'urn:exhibit:run:v1',
    predicate: {
      ...attemptOf(slot),
      alias,
      collector: 'github',
      startedAt: time,
      endedAt: time,
      scope: {},
      program: { version: '0', code: digest('code') },
      datasets: [{ dataset: 'github/members', snapshot, outcome: 'complete', end }],
    },
  };
}

export async function typesOf(archive: Archive): Promise<string[]> {
  const types: string[] = [];
  for await (const line of archive.ledger()) types.push(line.type);
  return types;
}

export const ledgerOf = (dir: string) => join(dir, 'ledger/ledger.jsonl');

/** The paths of a vault's files. */
export async function pathsIn(dir: string): Promise<string[]> {
  return (await filesBelow(dir)).map(({ path }) => path);
}

export async function overwrite(path: string, bytes: Uint8Array | string): Promise<void> {
  await chmod(path, 0o644);
  await writeFile(path, bytes);
}

export async function edit(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  await overwrite(path, text.replace(from, to));
}

/** Changes the whole lines of the ledger, and nothing else of the vault. */
export async function editLines(dir: string, change: (lines: string[]) => string[]): Promise<void> {
  const lines = (await readFile(ledgerOf(dir), 'utf8')).trimEnd().split('\n');
  const changed = change(lines);
  if (changed.join('\n') === lines.join('\n')) throw new Error('the ledger was not changed');
  await overwrite(ledgerOf(dir), `${changed.join('\n')}\n`);
}
