import { readFile, readdir, rm, stat, writeFile, chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { seeded } from '../../demo/aws/random.ts';
import { digest } from '../../evidence-model/digest.ts';
import { entryOf, type BagEntry } from '../../exports/bag.ts';
import { readTrust, type Trust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { verifyVaultFolder } from '../../exports/verify/verify-vault.ts';
import { ZipReader } from '../../exports/verify/zip-reader.ts';
import { writeZip } from '../../exports/zip.ts';
import { folderFor, run } from './process.ts';
import { startSpotless } from './spotless.ts';

/*
 * A vault and a packet are changed in every way that somebody could; verifying refuses whatever a reader could see. The
 * structural ways stand with the tests of the vault and of packets; here are bytes at random, and tricks of zip.
 */
const chance = seeded(process.env['EXHIBIT_TEST_SEED'] ?? 'tamper');
let dir: string;
let packet: string;
let trust: Trust;

beforeAll(async () => {
  const now = new Date();
  const demo = await startSpotless({ now, clock: () => new Date(), people: 5, repositories: 2 });
  dir = await folderFor(demo, now);
  const config = ['--config', join(dir, 'exhibit.yaml')];
  expect(await run(['init', ...config])).toMatchObject({ code: 0 });
  for (let n = 0; n < 2; n += 1) expect(await run(['collect', ...config])).toMatchObject({ code: 0 });
  expect(await run(['packet', 'soc2-type1', ...config])).toMatchObject({ code: 0 });
  await demo.close();
  const [name] = (await readdir(join(dir, 'packets'))).filter((each) => each.endsWith('.zip'));
  packet = join(dir, 'packets', name!);
  trust = await readTrust(join(dir, 'trust'));
});

afterAll(() => rm(dir, { recursive: true }));

async function refused(verify: () => Promise<{ readonly verdict: string }>): Promise<boolean> {
  return (await verify()).verdict === 'failed';
}

test('what nobody touched verifies', async () => {
  expect((await verifyPacket(packet, trust)).verdict).toBe('verified');
  expect((await verifyVaultFolder(join(dir, 'vault'), trust)).verdict).toBe('verified');
});

/** One byte that is another one. */
function changed(bytes: Buffer, n: string): { readonly at: number; readonly bytes: Buffer } {
  const at = chance.between(`at/${n}`, 0, bytes.length - 1);
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at]! + chance.between(`by/${n}`, 1, 255)) % 256;
  return { at, bytes: copy };
}

const count = 1000;

/** Every name of a zip, in its order, with what it holds: all that a reader of it could see. */
async function seenIn(path: string): Promise<readonly string[]> {
  const zip = await ZipReader.open(path);
  try {
    const seen: string[] = [];
    for (const name of zip.paths) seen.push(`${name} ${digest(await zip.read(name))}`);
    return seen;
  } finally {
    await zip.close();
  }
}

test(`${count} bytes of a packet, one after another`, { timeout: 1_200_000 }, async () => {
  const zip = await readFile(packet);
  const before = await seenIn(packet);
  const path = join(dir, 'changed.zip');
  let same = 0;
  for (let n = 0; n < count; n += 1) {
    const { at, bytes } = changed(zip, `packet/${n}`);
    await writeFile(path, bytes);
    if (await refused(() => verifyPacket(path, trust))) continue;
    // Deflate can say one thing in several ways: text repeated from nearer or further away, bits behind the last one.
    expect(await seenIn(path), `byte ${at}`).toEqual(before);
    same += 1;
  }
  const why = same > 0 ? `, not refused: ${same}, which unpack to the same names, order and contents` : '';
  process.stdout.write(`| packet | ${count} bytes changed | ${count - same} refused${why} |\n`);
  expect(same).toBeLessThan(count / 100);
});

/** Deflate can say one thing in several ways; what stands before and behind it, gzip can not. */
function saysTheSame(before: Buffer, after: Buffer, at: number): boolean {
  return at >= 10 && at < before.length - 8 && gunzipSync(after).equals(gunzipSync(before));
}

/** Files of a vault that hold nothing a reader could see. */
const empty: Readonly<Record<string, string>> = {
  'lock.sqlite': 'the lock: whoever holds it writes; nothing is kept in it',
};

test(`${count} bytes of a vault, one after another`, { timeout: 1_200_000 }, async () => {
  const vault = join(dir, 'vault');
  const files: { readonly name: string; readonly size: number }[] = [];
  for (const name of (await readdir(vault, { recursive: true })).map(String).sort()) {
    const found = await stat(join(vault, name));
    if (found.isFile() && found.size > 0) files.push({ name, size: found.size });
  }
  const total = files.reduce((sum, { size }) => sum + size, 0);
  const accepted = new Map<string, number>();
  let same = 0;
  for (let n = 0; n < count; n += 1) {
    let left = chance.between(`file/${n}`, 0, total - 1);
    const file = files.find(({ size }) => (left -= size) < 0)!;
    const path = join(vault, file.name);
    const before = await readFile(path);
    await chmod(path, 0o644);
    const { at, bytes } = changed(before, `vault/${n}`);
    await writeFile(path, bytes);
    if (!(await refused(() => verifyVaultFolder(vault, trust)))) {
      if (file.name.endsWith('.gz') && saysTheSame(before, bytes, at)) same += 1;
      else accepted.set(file.name, (accepted.get(file.name) ?? 0) + 1);
    }
    await writeFile(path, before);
  }
  const passed = [...accepted.values()].reduce((sum, each) => sum + each, same);
  const why = [...accepted].map(([name, each]) => `${each} in ${name}: ${empty[name] ?? 'unexplained'}`);
  if (same > 0) why.push(`${same} in objects, which unpack to the same contents`);
  process.stdout.write(
    `| vault | ${count} bytes changed | ${count - passed} refused${why.length > 0 ? `, not refused: ${why.join('; ')}` : ''} |\n`,
  );
  for (const name of accepted.keys()) expect(empty[name], name).toBeDefined();
  expect(same).toBeLessThan(count / 100);
  expect((await verifyVaultFolder(vault, trust)).verdict).toBe('verified');
});

describe('a zip', () => {
  async function entriesOf(path: string): Promise<BagEntry[]> {
    const zip = await ZipReader.open(path);
    try {
      return await Promise.all(zip.paths.map(async (name) => entryOf(name, await zip.read(name))));
    } finally {
      await zip.close();
    }
  }
  const swap = (all: readonly BagEntry[], a: number, b: number) => {
    const copy = [...all];
    [copy[a], copy[b]] = [
      { ...all[b]!, path: all[a]!.path },
      { ...all[a]!, path: all[b]!.path },
    ];
    return copy;
  };
  const ways: readonly (readonly [string, (all: readonly BagEntry[]) => readonly BagEntry[]])[] = [
    ['without one of its files', (all) => all.toSpliced(5, 1)],
    ['with one more', (all) => [...all, entryOf('data/zz.csv', 'x')]],
    ['with two files in each other’s place', (all) => swap(all, 3, 4)],
    ['with a file twice', (all) => [...all, all[3]!]],
    [
      'with a file again under the same letters in another case',
      (all) => [...all, { ...all[3]!, path: all[3]!.path.toUpperCase() }],
    ],
    ['with a path that leads out', (all) => [...all, entryOf('data/../../x.csv', 'x')]],
    ['with a path from the root', (all) => [...all, entryOf('/x.csv', 'x')]],
    ['in another order', (all) => all.toReversed()],
    ['with an empty folder', (all) => [...all, entryOf('data/empty/', '')]],
  ];
  test.each(ways)('%s', async (what, change) => {
    const path = join(dir, 'trick.zip');
    const made = await writeZip(path, change(await entriesOf(packet))).then(
      () => true,
      () => false, // our own writer refuses it already
    );
    if (made) expect(await refused(() => verifyPacket(path, trust)), what).toBe(true);
    await rm(path, { force: true });
  });

  test('written again by the same hand verifies', async () => {
    const path = join(dir, 'again.zip');
    await writeZip(path, await entriesOf(packet));
    expect((await verifyPacket(path, trust)).verdict).toBe('verified');
  });
});
