import { execFileSync } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { exhibit } from '../service/support.ts';
import { packedIn } from '../support/packet-files.ts';

test('age opens what was encrypted for its key', async () => {
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-age-'));
  onTestFinished(() => rm(dir, { recursive: true }));
  const info = 'External-Description: board, as of 2026-03-01T02:31:00.000Z, released\n';
  // More than one of the pieces that age encrypts by themselves.
  const packet = await packedIn(
    dir,
    new Map([
      ['bag-info.txt', Buffer.from(info)],
      ['data/many', Buffer.alloc(300_000, 7)],
    ]),
  );
  const key = execFileSync('age-keygen', ['-o', join(dir, 'key')], { encoding: 'utf8', stdio: 'pipe' });
  const to = execFileSync('age-keygen', ['-y', join(dir, 'key')], { encoding: 'utf8' }).trim();
  expect([key, to]).toEqual(['', expect.stringMatching(/^age1/)]);
  const { code, stdout } = await exhibit(dir, ['encrypt', packet, '--to', to]);
  expect([code, stdout]).toEqual([0, expect.not.stringContaining('draft')]);
  const opened = execFileSync('age', ['--decrypt', '-i', join(dir, 'key'), `${packet}.age`]);
  expect(opened.equals(await readFile(packet))).toBe(true);
});
