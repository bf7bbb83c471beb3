import { execFileSync, spawn } from 'node:child_process';
import {
  appendFile,
  chmod,
  copyFile,
  mkdir,
  readFile,
  rm,
  stat,
  truncate,
  writeFile,
} from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { digest, type Digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { filesBelow } from '../../vault/disk.ts';
import { leftoverJournals, openArchive } from '../../vault/files.ts';
import { createKeys, loadKeys, parseVkey, writeTrust } from '../../vault/keys.ts';
import { verifyVault } from '../../vault/verify.ts';
import type { Archive } from '../../vault/vault.ts';
import { folder, newVault, writeNight } from './support.ts';

const nobody = { trustedKeys: [] };

async function linesOf(archive: Archive): Promise<string[]> {
  const types: string[] = [];
  for await (const line of archive.ledger()) types.push(line.type);
  return types;
}

async function nights(count: number) {
  const made = await newVault();
  for (let n = 0; n < count; n += 1) await writeNight(made.vault, `2026030${n + 1}T023000Z`, n);
  await made.vault.close();
  return made;
}

describe('a vault', () => {
  test('holds what was put, under its digest, in files that stock tools can read', async () => {
    const { dir, vault } = await newVault();
    const object = await vault.put(Buffer.from('evidence'));
    expect(object).toBe(digest('evidence'));
    expect(Buffer.from(await vault.get(object)).toString()).toBe('evidence');
    const path = join(dir, 'objects', object.slice(0, 2), `${object}.gz`);
    expect(execFileSync('sh', ['-c', `gzip -dc ${path} | sha256sum`]).toString()).toContain(object);
    expect((await stat(path)).mode & 0o777).toBe(0o444);
    await vault.close();
  });

  test('takes the same body many times at once and keeps it once', async () => {
    const { dir, vault } = await newVault();
    const bodies = Array.from({ length: 20 }, () => vault.put(Buffer.from('again and again')));
    expect(new Set(await Promise.all(bodies)).size).toBe(1);
    expect((await filesBelow(join(dir, 'objects'))).length).toBe(1);
    await vault.close();
  });

  test('verifies after some nights, and tells who signed', async () => {
    const { dir, keys } = await nights(3);
    expect(await verifyVault(dir, nobody)).toMatchObject({
      ok: true,
      facts: { runs: 3, openSlots: [], authorEstablished: false },
    });
    expect(await verifyVault(dir, { trustedKeys: [keys.vkey] })).toMatchObject({
      ok: true,
      facts: { authorEstablished: true },
    });
    const other = await createKeys(join(await folder(), 'keys'), 'exhibit-other');
    expect(
      (await verifyVault(dir, { trustedKeys: [other.vkey] })).problems.map(({ code }) => code),
    ).toContain('key');
  });

  test('holds no name in its ledger', async () => {
    const { dir } = await nights(2);
    expect(await readFile(join(dir, 'ledger/ledger.jsonl'), 'utf8')).not.toMatch(/larkspur|github/);
  });

  test('reads the same run back, and the name behind its alias', async () => {
    const { dir } = await nights(1);
    const archive = await openArchive(dir);
    for await (const line of archive.ledger()) {
      if (line.type !== 'run') continue;
      expect(await archive.nameOf(line.source)).toBe('github-larkspur');
      expect((await archive.run(line)).predicate.datasets).toHaveLength(1);
    }
  });

  test('checks with sha256sum: each line of the ledger names the one before', async () => {
    const { dir } = await nights(1);
    const path = join(dir, 'ledger/ledger.jsonl');
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
    for (let n = 1; n < lines.length; n += 1) {
      const sum = execFileSync('sh', ['-c', `sed -n ${n}p ${path} | sha256sum`])
        .toString()
        .slice(0, 64);
      expect((JSON.parse(lines[n] ?? '') as { prev: string }).prev).toBe(sum);
    }
  });
});

describe('tampering with a vault is found', () => {
  const ways: readonly (readonly [string, (dir: string, files: readonly string[]) => Promise<void>])[] = [
    ['a byte of a body is changed', async (dir, files) => flip(join(dir, one(files, /^objects/)), 14)],
    ['a body is deleted', async (dir, files) => rm(join(dir, one(files, /^objects/)))],
    [
      'a body is put in the place of another',
      async (dir, files) =>
        swap(
          dir,
          files.filter((file) => file.startsWith('objects')),
        ),
    ],
    [
      'bytes are hidden behind a body',
      async (dir, files) => append(join(dir, one(files, /^objects/)), 'hidden'),
    ],
    [
      'a run is edited',
      async (dir, files) => edit(join(dir, one(files, /^runs.*json$/)), '"complete"', '"partial"'),
    ],
    [
      'a run and its sums are edited',
      async (dir, files) => {
        const path = join(dir, one(files, /^runs.*json$/));
        const before = digest(await readFile(path));
        await edit(path, '"complete"', '"partial"');
        await edit(path.replace('.json', '.sha256'), before, digest(await readFile(path)));
      },
    ],
    ['the sums of a run are deleted', async (dir, files) => rm(join(dir, one(files, /^runs.*sha256$/)))],
    [
      'a line of the ledger is edited',
      async (dir) => edit(join(dir, 'ledger/ledger.jsonl'), '"status":"ok"', '"status":"xx"'),
    ],
    ['a line is taken out', async (dir) => lines(dir, (all) => all.filter((_, n) => n !== 4))],
    [
      'two lines are exchanged',
      async (dir) => lines(dir, ([a = '', b = '', c = '', ...rest]) => [a, c, b, ...rest]),
    ],
    ['the tail is cut off', async (dir) => lines(dir, (all) => all.slice(0, -1))],
    ['a line is added', async (dir) => append(join(dir, 'ledger/ledger.jsonl'), '{"v":1}\n')],
    ['half a line is added', async (dir) => append(join(dir, 'ledger/ledger.jsonl'), '{"v":1')],
    [
      'a checkpoint is edited',
      async (dir, files) => edit(join(dir, one(files, /note$/)), 'exhibit-test\n', 'exhibit-tess\n'),
    ],
    [
      'a checkpoint has the name of another',
      async (dir, files) =>
        swap(
          dir,
          files.filter((file) => file.endsWith('.note')),
        ),
    ],
    [
      'the last checkpoint is deleted',
      async (dir, files) => rm(join(dir, files.filter((file) => file.endsWith('.note')).at(-1) ?? '')),
    ],
    ['a file is added', async (dir) => writeFile(join(dir, 'runs/extra.json'), '{}')],
  ];
  test.each(ways)('%s', async (_, tamper) => {
    const { dir } = await nights(2);
    await tamper(dir, await filesBelow(dir));
    const report = await verifyVault(dir, nobody);
    expect(report.ok).toBe(false);
    expect(report.problems.length).toBeGreaterThan(0);
  });
});

describe('what goes wrong with the disk or the process', () => {
  test('a second writer is refused with a sentence, a reader is not', async () => {
    const { dir, vault, reopen } = await newVault();
    await expect(reopen()).rejects.toThrow(OperatorError);
    expect(await linesOf(await openArchive(dir))).toEqual(['genesis']);
    await vault.close();
    await (await reopen()).close();
  });

  test('a writer in another process that is killed with -9 leaves the lock free and every acknowledged line', async () => {
    const { dir, keys, vault, reopen } = await newVault();
    await vault.close();
    const script = `
      import { randomBytes } from 'node:crypto';
      import { openVault } from '${new URL('../../vault/files.ts', import.meta.url).href}';
      import { loadKeys } from '${new URL('../../vault/keys.ts', import.meta.url).href}';
      const vault = await openVault({ dir: process.argv[1], keys: await loadKeys(process.argv[2]), now: () => new Date(), randomBytes });
      for (;;) {
        const { n } = await vault.append({ type: 'fsck', objects: 0, lines: 0, checkpoints: 0, ok: true });
        process.stdout.write(n + '\\n');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script, dir, join(dir, '../keys')], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let told = '';
    await new Promise<void>((resolve) =>
      child.stdout.on('data', (chunk: Buffer) => {
        told += chunk.toString();
        if (told.split('\n').length > 40) resolve();
      }),
    );
    await expect(reopen()).rejects.toThrow(/another Exhibit/);
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('close', resolve));
    const acknowledged = Number(told.trimEnd().split('\n').at(-1));
    const again = await reopen();
    expect((await linesOf(again)).length).toBeGreaterThan(acknowledged);
    await again.close();
    expect(await verifyVault(dir, { trustedKeys: [keys.vkey] })).toMatchObject({ ok: true });
  });

  test('a torn last line is set aside, told in the ledger, and nothing is renumbered', async () => {
    const { dir, reopen } = await nights(1);
    const before = await readFile(join(dir, 'ledger/ledger.jsonl'), 'utf8');
    await appendFile(join(dir, 'ledger/ledger.jsonl'), '{"v":1,"n":99,"t":"20');
    const vault = await reopen();
    expect((await linesOf(vault)).at(-1)).toBe('recovery');
    await vault.close();
    expect((await readFile(join(dir, 'ledger/ledger.jsonl'), 'utf8')).startsWith(before)).toBe(true);
    expect(await readFile(join(dir, 'ledger/ledger.torn'), 'utf8')).toBe('{"v":1,"n":99,"t":"20\n');
    expect(await verifyVault(dir, nobody)).toMatchObject({ ok: true });
  });

  test('a run whose line was not written any more is told at the next start', async () => {
    const { dir, vault, reopen } = await newVault();
    await writeNight(vault, '20260301T023000Z', 0);
    await vault.close();
    const path = join(dir, 'ledger/ledger.jsonl');
    const all = (await readFile(path, 'utf8')).trimEnd().split('\n');
    const at = all.findIndex((line) => line.includes('"type":"run"'));
    await writeFile(path, `${all.slice(0, at).join('\n')}\n`);
    for (const file of (await filesBelow(dir)).filter(
      (name) => name.endsWith('.note') && Number(/(\d+)\.note/.exec(name)?.[1]) > at,
    ))
      await rm(join(dir, file));
    const again = await reopen();
    expect((await linesOf(again)).at(-1)).toBe('run');
    await again.close();
  });

  test('a journal that was left behind is named', async () => {
    const { dir, vault } = await newVault();
    await vault.journal({
      slot: '20260301T023000Z',
      source: 'github-larkspur',
      attempt: 1,
      dataset: 'github/members',
    });
    expect(await leftoverJournals(dir)).toEqual([
      'journal/20260301T023000Z/github-larkspur/1/github.members.ndjson',
    ]);
    await vault.close();
  });

  test('paths that lead elsewhere are refused', async () => {
    const { vault } = await newVault();
    const of = { slot: '20260301T023000Z', source: 'github-larkspur', attempt: 1, dataset: 'github/members' };
    expect(() => vault.journal({ ...of, slot: '../../etc' })).toThrow();
    expect(() => vault.journal({ ...of, source: '../x' })).toThrow();
    await expect(vault.aliasOf('source', '../x')).rejects.toThrow();
    await vault.close();
  });

  test('a volume that is full ends in one sentence and leaves a vault that verifies', async (context) => {
    const mounted = await folder();
    try {
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', mounted], { stdio: 'ignore' });
    } catch {
      return context.skip('needs the right to mount');
    }
    try {
      const { dir, keys, vault } = await newVault();
      await writeNight(vault, '20260301T023000Z', 0);
      await vault.close();
      execFileSync('cp', ['-a', dir, join(mounted, 'vault')]);
      const { openVault } = await import('../../vault/files.ts');
      const { randomBytes } = await import('node:crypto');
      const full = await openVault({ dir: join(mounted, 'vault'), keys, now: () => new Date(), randomBytes });
      let acknowledged: Digest | null = null;
      const fill = async () => {
        for (;;) acknowledged = await full.put(randomBytes(50_000));
      };
      await expect(fill()).rejects.toThrow(/the volume is full/);
      await expect(fill()).rejects.toThrow(OperatorError);
      expect(acknowledged && (await full.has(acknowledged))).toBe(true);
      execFileSync('umount', ['-l', mounted]);
      await full.close().catch(() => undefined);
      expect(await verifyVault(dir, nobody)).toMatchObject({ ok: true });
    } finally {
      execFileSync('sh', ['-c', `umount -l ${mounted} 2>/dev/null || true`]);
    }
  });

  test('a body of other bytes than its name says is never handed out', async () => {
    const { dir, vault } = await newVault();
    const [a, b] = [await vault.put(Buffer.from('a')), await vault.put(Buffer.from('b'))];
    const path = (object: Digest) => join(dir, 'objects', object.slice(0, 2), `${object}.gz`);
    await chmod(path(a), 0o644);
    await copyFile(path(b), path(a));
    await expect(vault.get(a)).rejects.toThrow(IntegrityError);
    await vault.close();
  });
});

describe('keys', () => {
  test('are never overwritten, never read when others may read them, and hand out what stock tools understand', async () => {
    const base = await folder();
    const dir = join(base, 'keys');
    const keys = await createKeys(dir, 'exhibit-abc');
    await expect(createKeys(dir, 'exhibit-abc')).rejects.toThrow(OperatorError);
    expect(parseVkey(keys.vkey)?.name).toBe('exhibit-abc');
    await writeTrust(join(base, 'trust'), keys);
    const fingerprint = execFileSync('ssh-keygen', ['-l', '-f', '-'], {
      input: keys.allowedSigner.split(' ').slice(2).join(' '),
    });
    expect(fingerprint.toString()).toContain('ED25519');
    await chmod(join(dir, 'log.pem'), 0o644);
    await expect(loadKeys(dir)).rejects.toThrow(/can be read by others/);
    await rm(join(dir, 'log.pem'));
    await expect(loadKeys(dir)).rejects.toThrow(OperatorError);
  });
});

function one(files: readonly string[], pattern: RegExp): string {
  const found = files.find((file) => pattern.test(file));
  if (found === undefined) throw new Error(`no file like ${pattern.source}`);
  return found;
}

async function flip(path: string, at: number): Promise<void> {
  const bytes = await readFile(path);
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await overwrite(path, bytes);
}

async function edit(path: string, from: string, to: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  await overwrite(path, Buffer.from(text.replace(from, to)));
}

async function lines(dir: string, change: (all: string[]) => string[]): Promise<void> {
  const path = join(dir, 'ledger/ledger.jsonl');
  const all = (await readFile(path, 'utf8')).trimEnd().split('\n');
  await overwrite(path, Buffer.from(`${change(all).join('\n')}\n`));
}

async function swap(dir: string, [a = '', b = '']: readonly string[]): Promise<void> {
  const [first, second] = await Promise.all([readFile(join(dir, a)), readFile(join(dir, b))]);
  await overwrite(join(dir, a), second);
  await overwrite(join(dir, b), first);
}

async function append(path: string, text: string): Promise<void> {
  await overwrite(path, Buffer.concat([await readFile(path), Buffer.from(text)]));
}

async function overwrite(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(join(path, '..'), { recursive: true });
  await chmod(path, 0o644);
  await truncate(path);
  await writeFile(path, bytes);
}
