import { spawn } from 'node:child_process';
import { appendFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { leftoverJournals, openArchive } from '../../vault/files.ts';
import type { RunLine } from '../../vault/paths.ts';
import type { Archive } from '../../vault/vault.ts';
import { verifyVault } from '../../vault/verify.ts';
import {
  attemptOf,
  editLines,
  ledgerOf,
  newVault,
  nights,
  openSlot,
  pathsIn,
  plainLine,
  readOnce,
  slotOf,
  snapshotLines,
  source,
  typesOf,
  writeNight,
} from './support.ts';

const appendForEver = new URL('./append-for-ever.ts', import.meta.url).pathname;

/** Another process that opens the vault and appends for ever, and tells of each line once it is acknowledged. */
function writer(dir: string, keys: string) {
  const child = spawn(process.execPath, [appendForEver, dir, keys], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let told = '';
  child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
  const lines = () => told.split('\n').slice(0, -1);
  const until = async (count: number) => {
    while (lines().length < count) await new Promise((resolve) => child.stdout.once('data', resolve));
  };
  const killed = async () => {
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    return lines();
  };
  return { until, killed };
}

async function runsOf(archive: Archive): Promise<RunLine[]> {
  const runs: RunLine[] = [];
  for await (const line of archive.ledger()) if (line.type === 'run') runs.push(line);
  return runs;
}

/** Takes the lines from this one on away again, with what signed them: the state before they were written. */
async function undoFrom(dir: string, type: string): Promise<void> {
  let at = 0;
  await editLines(dir, (all) => {
    at = all.findLastIndex((line) => line.includes(`"type":"${type}"`));
    return all.slice(0, at);
  });
  const folder = join(dir, 'ledger/checkpoints');
  for (const note of await readdir(folder)) if (parseInt(note) > at) await rm(join(folder, note));
}

describe('a second writer', () => {
  test('is refused with a sentence that names the folder, and a reader is not', async () => {
    const { dir, vault, reopen } = await newVault();
    const told = await reopen().catch((error: unknown) => error);
    expect(told).toBeInstanceOf(OperatorError);
    expect(told).toHaveProperty('message', expect.stringContaining(dir));
    expect(await typesOf(await openArchive(dir))).toEqual(['genesis']);
    expect((await vault.append(plainLine)).n).toBe(1);
    await vault.close();
    await (await reopen()).close();
  });

  test('in another process is refused until the first is gone, even by kill -9', async () => {
    const { dir, keysDir, vault, reopen } = await newVault();
    await vault.close();
    const other = writer(dir, keysDir);
    await other.until(1);
    await expect(reopen()).rejects.toThrow(/another Exhibit is writing to the vault/);
    await other.killed();
    expect((await (await reopen()).append(plainLine)).type).toBe('fsck');
  });
});

describe('a writer that is killed with -9', () => {
  test('leaves every line that it acknowledged, and a ledger that is whole', async () => {
    const { dir, keys, keysDir, vault, reopen } = await newVault();
    await vault.close();
    let acknowledged = 0;
    for (const count of [5, 23, 60]) {
      const child = writer(dir, keysDir);
      await child.until(count);
      const told = await child.killed();
      acknowledged = Number(told.at(-1));
      expect(told.length).toBeGreaterThanOrEqual(count);
      const again = await reopen();
      const types = await typesOf(again);
      expect(types.slice(0, acknowledged + 1).at(-1)).toBe('fsck');
      expect(types.at(-1)).toBe('recovery');
      await again.close();
      const report = await verifyVault(dir, { trust: { vkeys: [keys.vkey] } });
      expect(report.problems).toEqual([]);
      expect(report.facts.authorEstablished).toBe(true);
    }
    expect(acknowledged).toBeGreaterThan(80);
  });

  test('leaves lines that nobody signed, which is told before and after the next start', async () => {
    const { dir, keysDir, vault, reopen } = await newVault();
    await vault.close();
    const child = writer(dir, keysDir);
    await child.until(3);
    await child.killed();
    const before = await verifyVault(dir);
    expect(before.problems.map(({ code }) => code)).toContain('unsigned');
    expect(before.facts.unsigned).toBeGreaterThanOrEqual(3);
    await (await reopen()).close();
    expect(await verifyVault(dir)).toMatchObject({ ok: true, facts: { unsigned: 0 } });
  });
});

describe('when a vault is opened again', () => {
  test('after a clean end, nothing is added', async () => {
    const { dir, reopen } = await nights(1);
    const before = await readFile(ledgerOf(dir));
    const files = await pathsIn(dir);
    await (await reopen()).close();
    expect(await readFile(ledgerOf(dir))).toEqual(before);
    expect(await pathsIn(dir)).toEqual(files);
  });

  test('a torn last line is set aside, told in the ledger, and nothing is renumbered', async () => {
    const { dir, reopen } = await nights(1);
    const before = await readFile(ledgerOf(dir), 'utf8');
    for (const torn of ['{"v":1,"n":99,"t":"20', '{', '{"v":1,"n":99,"t":"2026']) {
      await appendFile(ledgerOf(dir), torn);
      expect((await verifyVault(dir)).problems).toMatchObject([{ code: 'ledger' }]);
      await (await reopen()).close();
      expect(await verifyVault(dir)).toMatchObject({ ok: true });
    }
    const after = await readFile(ledgerOf(dir), 'utf8');
    expect(after.startsWith(before)).toBe(true);
    expect(after.match(/"type":"recovery"/g)).toHaveLength(3);
    expect(await readFile(join(dir, 'ledger/ledger.torn'), 'utf8')).toBe(
      '{"v":1,"n":99,"t":"20\n{\n{"v":1,"n":99,"t":"2026\n',
    );
  });

  test('a torn line that was set aside and not told of yet is told of', async () => {
    const { dir, reopen } = await nights(1);
    await writeFile(join(dir, 'ledger/ledger.torn'), '{"v":1\n');
    expect((await verifyVault(dir)).problems).toMatchObject([{ where: 'ledger/ledger.torn' }]);
    await (await reopen()).close();
    expect((await typesOf(await openArchive(dir))).at(-1)).toBe('recovery');
    expect(await verifyVault(dir)).toMatchObject({ ok: true });
  });

  test('a checkpoint that was not written any more is made', async () => {
    const { dir, reopen } = await nights(1);
    const notes = await readdir(join(dir, 'ledger/checkpoints'));
    await rm(join(dir, 'ledger/checkpoints', notes.at(-1)!));
    await (await reopen()).close();
    expect((await readdir(join(dir, 'ledger/checkpoints'))).length).toBe(notes.length);
    expect(await verifyVault(dir)).toMatchObject({ ok: true });
  });

  test('what was being written then is taken away', async () => {
    const { dir, reopen } = await nights(1);
    // Bodies and files that were being staged, and what a start tries the volume with.
    for (const name of ['object-1', 'file-1', 'probe-a', 'probe-b'])
      await writeFile(join(dir, 'tmp', name), 'half');
    await (await reopen()).close();
    expect(await pathsIn(join(dir, 'tmp'))).toEqual([]);
  });

  test('a run whose files were written and whose line was not is told, and never as wholly read', async () => {
    const { dir, vault, reopen } = await newVault();
    await writeNight(vault, slotOf(0), 0);
    await vault.close();
    await undoFrom(dir, 'run');
    await rm(join(dir, 'runs', slotOf(0), source, '1.sha256'));
    const again = await reopen();
    expect(await runsOf(again)).toMatchObject([{ slot: slotOf(0), attempt: 1, status: 'partial' }]);
    expect((await again.run((await runsOf(again))[0]!)).predicate.source).toBe(source);
    await again.append({ type: 'slot.close', slot: slotOf(0), seq: 0, status: 'interrupted', runs: 1 });
    await again.close();
    expect(await verifyVault(dir)).toMatchObject({ ok: true });
  });

  test('a file that claims to be a run and is not is left alone and named', async () => {
    const { dir, vault, reopen } = await newVault();
    await openSlot(vault, slotOf(0), 0);
    await vault.close();
    const folder = join(dir, 'runs', slotOf(0), source);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, '1.json'), '{"_type":');
    const again = await reopen();
    expect(await runsOf(again)).toEqual([]);
    await again.close();
    expect((await verifyVault(dir)).problems).toMatchObject([{ code: 'file' }]);
  });

  test('a run that cites what was never kept is not told', async () => {
    const { dir, vault, reopen } = await newVault();
    await writeNight(vault, slotOf(0), 0);
    await vault.close();
    await undoFrom(dir, 'run');
    const manifest = JSON.parse(await readFile(join(dir, 'runs', slotOf(0), source, '1.json'), 'utf8')) as {
      subject: { digest: { sha256: string } }[];
    };
    const cited = manifest.subject[0]!.digest.sha256;
    await rm(join(dir, 'objects', cited.slice(0, 2), `${cited}.gz`));
    expect(await runsOf(await reopen())).toEqual([]);
  });
});

describe('a journal', () => {
  const of = (slot: string) => ({ ...attemptOf(slot), dataset: 'github/members' });
  const path = (slot: string) => `journal/${slot}/${source}/1/github.members.ndjson`;

  test('is on the disk line by line, and named when it is left behind', async () => {
    const { dir, vault, reopen } = await newVault();
    const journal = await vault.journal(of(slotOf(0)));
    await journal.write(snapshotLines(slotOf(0)).slice(0, 1));
    const text = await readFile(join(dir, path(slotOf(0))), 'utf8');
    expect(text).toBe(`${JSON.stringify(snapshotLines(slotOf(0))[0])}\n`);
    await vault.close();
    await (await reopen()).close();
    expect(await leftoverJournals(dir)).toEqual([path(slotOf(0))]);
    expect(await readFile(join(dir, path(slotOf(0))), 'utf8')).toBe(text);
    expect(await verifyVault(dir)).toMatchObject({ ok: true });
  });

  test('stays until its attempt is sealed, so that nothing is lost between', async () => {
    const { dir, vault } = await newVault();
    const alias = await openSlot(vault, slotOf(0), 0);
    const manifest = await readOnce(vault, slotOf(0), alias);
    expect(await leftoverJournals(dir)).toEqual([path(slotOf(0))]);
    await vault.seal(manifest, 'ok');
    expect(await leftoverJournals(dir)).toEqual([]);
    expect(await readdir(join(dir, 'journal'))).toEqual([]);
  });

  test('of an attempt that was sealed just before the end is taken away at the next start', async () => {
    const { dir, vault, reopen } = await newVault();
    await writeNight(vault, slotOf(0), 0);
    await openSlot(vault, slotOf(1), 1);
    await (await vault.journal(of(slotOf(1)))).write(snapshotLines(slotOf(1)));
    await vault.close();
    await mkdir(join(dir, path(slotOf(0)), '..'), { recursive: true });
    await writeFile(join(dir, path(slotOf(0))), '');
    await reopen();
    expect(await leftoverJournals(dir)).toEqual([path(slotOf(1))]);
  });

  test('takes batches in the order in which they were given, and none once it is finished', async () => {
    const { vault } = await newVault();
    const journal = await vault.journal(of(slotOf(0)));
    const [header, end] = snapshotLines(slotOf(0));
    await Promise.all([journal.write([header!]), journal.write([end!])]);
    const bytes = await vault.get(await journal.finish());
    expect(Buffer.from(bytes).toString()).toBe(`${JSON.stringify(header)}\n${JSON.stringify(end)}\n`);
    await expect(journal.write([end!])).rejects.toThrow(/is finished/);
  });

  test('of datasets that begin while others end has its folder', async () => {
    const { vault } = await newVault();
    const alias = await openSlot(vault, slotOf(0), 0);
    const manifest = await readOnce(vault, slotOf(0), alias);
    const others = Array.from({ length: 20 }, (_, n) =>
      vault.journal({ slot: slotOf(0), source: `other-${n}`, attempt: 1, dataset: 'github/members' }),
    );
    await Promise.all([vault.seal(manifest, 'ok'), ...others.map(async (each) => (await each).write([]))]);
  });

  test('is refused where its path would lead elsewhere', async () => {
    const { vault } = await newVault();
    for (const bad of [
      { slot: '../../etc' },
      { source: '../x' },
      { source: 'A' },
      { attempt: 0 },
      { attempt: 1.5 },
      { dataset: '../../x' },
      { dataset: 'members' },
    ])
      await expect(vault.journal({ ...of(slotOf(0)), ...bad })).rejects.toThrow();
    await expect(vault.aliasOf('source', '../x')).rejects.toThrow();
  });
});

describe('sealing', () => {
  test('is refused a second time, and of evidence that was not kept or another source', async () => {
    const { dir, vault } = await newVault();
    const alias = await openSlot(vault, slotOf(0), 0);
    const manifest = await readOnce(vault, slotOf(0), alias);
    const foreign = { ...manifest, predicate: { ...manifest.predicate, source: 'aws-larkspur' } };
    await expect(vault.seal(foreign, 'ok')).rejects.toThrow(/does not stand for/);
    const name = `data/evidence/${'0'.repeat(64)}.json`;
    const absent = { name, digest: { sha256: '0'.repeat(64) } } as (typeof manifest.subject)[0];
    await expect(vault.seal({ ...manifest, subject: [...manifest.subject, absent] }, 'ok')).rejects.toThrow(
      /was not kept/,
    );
    expect(await pathsIn(join(dir, 'runs'))).toEqual([]);
    await vault.seal(manifest, 'ok');
    await expect(vault.seal(manifest, 'ok')).rejects.toThrow(/was sealed before/);
    expect(await runsOf(vault)).toHaveLength(1);
  });

  test('that fails leaves no files behind, and the journal with what was read', async () => {
    const { dir, vault } = await newVault();
    const alias = await openSlot(vault, slotOf(0), 0);
    const manifest = await readOnce(vault, slotOf(0), alias);
    await appendFile(ledgerOf(dir), 'x');
    await expect(vault.seal(manifest, 'ok')).rejects.toThrow(IntegrityError);
    expect(await pathsIn(join(dir, 'runs'))).toEqual([]);
    expect(await leftoverJournals(dir)).toHaveLength(1);
  });
});
