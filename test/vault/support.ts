import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { digest, type Digest } from '../../evidence-model/digest.ts';
import type { SnapshotEnd, SnapshotLine } from '../../evidence-model/snapshot.ts';
import { createKeys, type Keys } from '../../vault/keys.ts';
import { createVault, openVault } from '../../vault/files.ts';
import type { RunManifest } from '../../vault/manifest.ts';
import { evidencePath, type Vault } from '../../vault/vault.ts';

export async function folder(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-vault-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return dir;
}

const now = () => new Date('2026-03-02T02:30:00Z');

export async function newVault(): Promise<{
  dir: string;
  keys: Keys;
  vault: Vault;
  reopen: () => Promise<Vault>;
}> {
  const base = await folder();
  const keys = await createKeys(join(base, 'keys'), 'exhibit-test');
  const dir = join(base, 'vault');
  const vault = await createVault({ dir, keys, now, randomBytes, recovery: null });
  return { dir, keys, vault, reopen: () => openVault({ dir, keys, now, randomBytes }) };
}

const time = '2026-03-02T02:30:00.000Z';

/** A night as the scheduler would write it: one source, one dataset, one artifact. */
export async function writeNight(
  vault: Vault,
  slot: string,
  seq: number,
  body = `{"night":"${slot}"}`,
): Promise<Digest> {
  const alias = await vault.aliasOf('source', 'github-larkspur');
  const plan = await vault.put(Buffer.from(`{"plan":"${slot}"}`));
  await vault.append({
    type: 'slot.open',
    slot,
    seq,
    due: time,
    kind: 'scheduled',
    clock: 'system',
    plan,
    tsrPrev: null,
  });
  await vault.checkpoint();
  const artifact = await vault.put(Buffer.from(body));
  const journal = await vault.journal({
    slot,
    source: 'github-larkspur',
    attempt: 1,
    dataset: 'github/members',
  });
  await journal.write(linesOf(slot));
  const snapshot = await journal.finish();
  await vault.seal(await manifestOf(vault, slot, alias, [artifact, snapshot], snapshot), 'ok');
  await vault.append({ type: 'slot.close', slot, seq, status: 'ok', runs: 1 });
  await vault.checkpoint();
  return artifact;
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

function linesOf(slot: string): SnapshotLine[] {
  return [
    {
      line: 'snapshot',
      v: 1,
      source: 'github-larkspur',
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
      slot,
      source: 'github-larkspur',
      alias,
      collector: 'github',
      attempt: 1,
      startedAt: time,
      endedAt: time,
      scope: {},
      program: { version: '0', code: digest('code') },
      datasets: [{ dataset: 'github/members', snapshot, outcome: 'complete', end }],
    },
  };
}
