import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { entryOf } from '../../exports/bag.ts';
import { ZipReader } from '../../exports/verify/zip-reader.ts';
import { writeZip } from '../../exports/zip.ts';

/*
 * Zips that a 16-bit count of their files cannot describe. What else is refused of a zip stands with the packets and in
 * test/hostile/tamper.test.ts.
 */
const count = 65_536;
let dir: string;
let path: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'exhibit-zip-'));
  path = join(dir, 'many.zip');
  const entries = Array.from({ length: count }, (_, n) =>
    entryOf(`data/${String(n).padStart(6, '0')}`, `${n}`),
  );
  await writeZip(path, entries);
}, 120_000);

afterAll(() => rm(dir, { recursive: true }));

const opened = async (name: string) => {
  const zip = await ZipReader.open(name);
  const { length } = zip.paths;
  const last = (await zip.read('data/065535')).toString();
  await zip.close();
  return [length, last];
};

describe('a zip of more files than 16 bits count', { timeout: 60_000 }, () => {
  test('is read', async () => {
    expect(await opened(path)).toEqual([count, '65535']);
  });

  test.each([
    ['a byte of its long end', 98, 40],
    ['the count on its disk', 98, 24],
    ['the version that made it', 98, 12],
    ['where its long end stands', 42, 8],
    ['how many disks there are', 42, 16],
    ['the short count', 22, 10],
    ['the short count on its disk', 22, 8],
    ['the short length', 22, 12],
  ])('is refused where %s is another', async (_, fromEnd, at) => {
    const bytes = await readFile(path);
    const place = bytes.length - fromEnd + at;
    bytes[place] = bytes[place]! ^ 1;
    const changed = join(dir, 'changed.zip');
    await writeFile(changed, bytes);
    await expect(opened(changed)).rejects.toThrow(/zip/);
  });

  test('is refused where the long end is there without need', async () => {
    const small = join(dir, 'small.zip');
    await writeZip(small, [entryOf('data/1', 'one')]);
    const bytes = await readFile(small);
    const end = bytes.subarray(-22);
    const long = (await readFile(path)).subarray(-98);
    for (const at of [24, 32]) long.writeBigUInt64LE(1n, at);
    long.writeBigUInt64LE(BigInt(end.readUInt32LE(12)), 40);
    long.writeBigUInt64LE(BigInt(end.readUInt32LE(16)), 48);
    long.writeBigUInt64LE(BigInt(bytes.length - 22), 64);
    await writeFile(small, Buffer.concat([bytes.subarray(0, -22), long]));
    await expect(ZipReader.open(small)).rejects.toThrow('only for more files');
  });
});

test('a file that the verifier would refuse for its size is not written', async () => {
  const entry = { ...entryOf('data/large', ''), read: () => Promise.resolve(Buffer.alloc(2 ** 30 + 1)) };
  await expect(writeZip(join(dir, 'large.zip'), [entry])).rejects.toThrow('larger than can be checked');
});
