import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, copyFile, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { digest, type Digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { header } from '../../vault/gzip.ts';
import { Objects } from '../../vault/objects.ts';
import { folder, newVault, overwrite, pathsIn } from './support.ts';

async function kept(body: Uint8Array) {
  const { dir, vault } = await newVault();
  const object = await vault.put(body);
  return { dir, vault, object, path: pathOf(dir, object) };
}

const pathOf = (dir: string, object: Digest) => join(dir, 'objects', object.slice(0, 2), `${object}.gz`);

describe('an object', () => {
  test('is a gzip file that stock tools read, named by the digest of its body and closed to writing', async () => {
    const { vault, object, path } = await kept(Buffer.from('evidence'));
    expect(object).toBe(digest('evidence'));
    expect(Buffer.from(await vault.get(object)).toString()).toBe('evidence');
    expect(execFileSync('gzip', ['-dc', path]).toString()).toBe('evidence');
    expect((await stat(path)).mode & 0o777).toBe(0o444);
    expect((await readFile(path)).subarray(0, 10).toString('hex')).toBe('1f8b08000000000000ff');
  });

  test.each([0, 1, 100_000, 5_000_000])('of %i bytes comes back as it was', async (length) => {
    const body = randomBytes(length);
    const { vault, object, path } = await kept(body);
    expect(body.equals(await vault.get(object))).toBe(true);
    expect(body.equals(gunzipSync(await readFile(path)))).toBe(true);
  });

  test('is kept once, however often and by however many it is put at once', async () => {
    const { dir, vault } = await newVault();
    const before = (await pathsIn(join(dir, 'objects'))).length;
    const puts = Array.from({ length: 20 }, () => vault.put(Buffer.from('again and again')));
    expect(new Set(await Promise.all(puts))).toEqual(new Set([digest('again and again')]));
    // Two that know nothing of each other, as two processes would not.
    await new Objects(dir).put(Buffer.from('again and again'));
    expect((await pathsIn(join(dir, 'objects'))).length).toBe(before + 1);
    expect(await pathsIn(join(dir, 'tmp'))).toEqual([]);
  });

  test('made from a file is the same as one made from bytes', async () => {
    const { dir, vault } = await newVault();
    const body = Buffer.from('line\n'.repeat(300_000));
    const path = join(await folder(), 'body');
    await writeFile(path, body);
    const object = await new Objects(dir).putFile(path);
    expect(object).toBe(digest(body));
    expect(body.equals(await vault.get(object))).toBe(true);
    expect((await readFile(pathOf(dir, object))).subarray(0, 10)).toEqual(header);
  });

  test('that is missing is an error, and never an empty body', async () => {
    const { vault } = await newVault();
    expect(await vault.has(digest('nothing'))).toBe(false);
    await expect(vault.get(digest('nothing'))).rejects.toThrow(IntegrityError);
  });

  const body = Buffer.from('evidence '.repeat(100));
  const patch = (file: Buffer, at: number, byte: number) => {
    if (file[at] === byte) throw new Error('nothing was changed');
    return Buffer.from(file).fill(byte, at, at + 1);
  };
  const trailer = (file: Buffer) => file.subarray(-8);
  test.each<[string, (file: Buffer) => Buffer]>([
    ['one bit is another', (file) => patch(file, 20, file[20]! ^ 1)],
    ['it is cut off', (file) => file.subarray(0, -1)],
    ['it is empty', () => Buffer.alloc(0)],
    ['something stands behind it', (file) => Buffer.concat([file, Buffer.from('hidden')])],
    ['a second member follows', (file) => Buffer.concat([file, gzipSync('')])],
    [
      'something stands between body and trailer',
      (file) => Buffer.concat([file.subarray(0, -8), Buffer.from('hidden'), trailer(file)]),
    ],
    ['its header says that a name follows', (file) => patch(file, 3, 8)],
    ['its header holds a time', (file) => patch(file, 4, 1)],
    ['its trailer claims another length', (file) => patch(file, file.length - 4, 9)],
    ['its checksum is another', (file) => patch(file, file.length - 8, 0)],
    [
      'it unpacks to more than it says',
      (file) => Buffer.concat([header, deflateRawSync(Buffer.alloc(50_000_000)), trailer(file)]),
    ],
  ])('is never handed out where %s', async (_, change) => {
    const { vault, object, path } = await kept(body);
    const file = await readFile(path);
    await overwrite(path, change(file));
    await expect(vault.get(object)).rejects.toThrow(IntegrityError);
  });

  test('of other bytes than its name says is neither handed out nor taken for the body that is put', async () => {
    const { dir, vault } = await newVault();
    const [a, b] = [await vault.put(Buffer.from('a')), await vault.put(Buffer.from('b'))];
    await chmod(pathOf(dir, a), 0o644);
    await copyFile(pathOf(dir, b), pathOf(dir, a));
    await expect(vault.get(a)).rejects.toThrow(IntegrityError);
    await expect(vault.put(Buffer.from('a'))).rejects.toThrow(IntegrityError);
    await rm(pathOf(dir, a));
    expect(await vault.put(Buffer.from('a'))).toBe(a);
  });
});
