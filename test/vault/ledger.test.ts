import { appendFile, copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { openArchive } from '../../vault/files.ts';
import { readLedger } from '../../vault/ledger.ts';
import { editLines, ledgerOf, newVault, nights, plainLine, source, typesOf } from './support.ts';

describe('the ledger', () => {
  test('holds a line a fact, numbered from nought, each sealing the one before', async () => {
    const { dir } = await nights(1);
    const lines = (await readFile(ledgerOf(dir), 'utf8')).trimEnd().split('\n');
    for (const [n, line] of lines.entries()) {
      const { n: number, prev } = JSON.parse(line) as { n: number; prev: string };
      expect(number).toBe(n);
      // What sha256sum prints for the line before.
      expect(prev).toBe(n === 0 ? '' : digest(`${lines[n - 1]}\n`));
    }
  });

  test('holds no name of a source or an actor', async () => {
    const { dir, reopen } = await nights(2);
    const vault = await reopen();
    const actor = await vault.aliasOf('actor', 'robin@larkspur.example');
    expect(actor).toMatch(/^a-[0-9a-f]{16}$/);
    expect(await vault.nameOf(actor)).toBe('robin@larkspur.example');
    const ledger = await readFile(ledgerOf(dir), 'utf8');
    expect(ledger).toContain(actor);
    expect(ledger).not.toMatch(/larkspur|robin|github/i);
  });

  test('introduces an alias once, also after it was opened again', async () => {
    const { vault, reopen } = await newVault();
    const [a, b] = await Promise.all([vault.aliasOf('source', source), vault.aliasOf('source', source)]);
    expect(a).toBe(b);
    await vault.close();
    const again = await reopen();
    expect(await again.aliasOf('source', source)).toBe(a);
    expect(await again.aliasOf('actor', source)).not.toBe(a);
    expect((await typesOf(again)).filter((type) => type === 'alias')).toHaveLength(2);
  });

  test('takes lines that are asked for at once one after another', async () => {
    const { dir, vault } = await newVault();
    const written = await Promise.all(Array.from({ length: 50 }, () => vault.append(plainLine)));
    expect(written.map(({ n }) => n)).toEqual(Array.from({ length: 50 }, (_, n) => n + 1));
    expect(await typesOf(await openArchive(dir))).toHaveLength(51);
  });

  test('refuses a line of another form or too long, and goes on with the next', async () => {
    const { vault } = await newVault();
    await expect(vault.append({ ...plainLine, name: 'x' } as never)).rejects.toThrow();
    const long = { type: 'export', packet: 'x'.repeat(65_500), profile: 'p', actor: null } as const;
    await expect(vault.append({ ...long, tagmanifest: 'a'.repeat(64) as never })).rejects.toThrow(/longer/);
    expect((await vault.append(plainLine)).n).toBe(1);
  });

  test('takes no line once another wrote to its file, or put one in its place', async () => {
    for (const meddle of [
      async (path: string) => appendFile(path, '{}\n'),
      async (path: string) => {
        await copyFile(path, `${path}.copy`);
        await rename(`${path}.copy`, path);
      },
      async (path: string) => rm(path),
    ]) {
      const { dir, vault } = await newVault();
      await meddle(ledgerOf(dir));
      await expect(vault.append(plainLine)).rejects.toThrow(IntegrityError);
    }
  });

  test('is read while a writer is in the middle of a line', async () => {
    const { dir } = await nights(1);
    const before = await typesOf(await openArchive(dir));
    await appendFile(ledgerOf(dir), '{"v":1,"n":');
    expect(await typesOf(await openArchive(dir))).toEqual(before);
  });

  test.each<[string, (lines: string[]) => string[]]>([
    ['a line is another', (all) => all.with(2, all[2]!.replace('"seq":0', '"seq":1'))],
    ['a line is gone', (all) => all.toSpliced(3, 1)],
    ['two lines changed places', ([a, b, c, ...rest]) => [a!, c!, b!, ...rest]],
    ['a line came in between', (all) => all.toSpliced(3, 0, all[2]!)],
    ['a line holds a key twice', (all) => all.with(-1, all.at(-1)!.replace('"v":1', '"v":1,"v":1'))],
    ['a line holds a space', (all) => all.with(-1, all.at(-1)!.replace('"v":1', '"v": 1'))],
    ['a line holds a further key', (all) => all.with(-1, all.at(-1)!.replace('"v":1', '"v":1,"x":1'))],
    ['a line is no JSON', (all) => all.with(-1, '{')],
    ['a line is empty', (all) => [...all, '']],
    ['a line is longer than any may be', (all) => [...all, `"${'x'.repeat(65_535)}"`]],
  ])('is neither read nor written on where %s', async (_, change) => {
    const { dir, reopen } = await nights(1);
    await editLines(dir, change);
    await expect(typesOf(await openArchive(dir))).rejects.toThrow(IntegrityError);
    await expect(reopen()).rejects.toThrow(IntegrityError);
  });

  test('without end of line is not gathered for ever', async () => {
    let given = 0;
    // eslint-disable-next-line @typescript-eslint/require-await -- the reader takes what comes over time
    const endless = async function* () {
      for (; ; given += 1) yield Buffer.alloc(1000, 'x');
    };
    const lines = readLedger(endless());
    await expect(lines[Symbol.asyncIterator]().next()).rejects.toThrow(/too long/);
    expect(given).toBeLessThan(100);
  });
});

describe('a ledger that lost what was signed', () => {
  test.each<[string, (lines: string[]) => string[]]>([
    ['its tail was cut off', (all) => all.slice(0, -1)],
    ['all but its first line was cut off', (all) => all.slice(0, 1)],
  ])('is not written on where %s', async (_, change) => {
    const { dir, reopen } = await nights(1);
    await editLines(dir, change);
    const before = await readFile(ledgerOf(dir));
    await expect(reopen()).rejects.toThrow(/is not the one that checkpoint .* signed/);
    expect(await readFile(ledgerOf(dir))).toEqual(before);
  });

  test('is not written on where another took its place, of the same length', async () => {
    const [ours, theirs] = [await nights(1), await nights(1)];
    const genesis = (await readFile(ledgerOf(ours.dir), 'utf8')).split('\n', 1)[0];
    expect(genesis).toContain(ours.keys.vkey);
    await writeFile(ledgerOf(ours.dir), await readFile(ledgerOf(theirs.dir)));
    await expect(ours.reopen()).rejects.toThrow(/the keys are not those of the vault/);
  });

  test('is not written on with a checkpoint that its key did not sign', async () => {
    const { dir, reopen } = await nights(1);
    const last = join(dir, 'ledger/checkpoints/99999999.note');
    await writeFile(last, 'exhibit-test\n');
    await expect(reopen()).rejects.toThrow(IntegrityError);
  });
});
