import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { allowedSigners } from '../../exports/sshsig.ts';
import { readTrust, type Trust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { createKeys } from '../../vault/keys.ts';
import { demoFolder } from '../support/demo-folder.ts';
import { edit, failures, filesOf, packedIn, resignedWith, type Files } from '../support/packet-files.ts';

/*
 * What somebody can do who holds the packet key, and nothing else: every list and the signature fit. The ledger, which
 * another key signs, and what follows from it must be enough to refuse.
 */
const demo = demoFolder();
const trust = (): Promise<Trust> => readTrust(join(demo().dir, 'trust'));

async function forged(
  profile: 'soc2-type1' | 'insurer',
  change: (files: Files) => unknown,
  { keys = join(demo().dir, 'keys'), trusted }: { keys?: string; trusted?: Trust } = {},
) {
  const files = await filesOf(demo().packet(profile));
  await change(files);
  return verifyPacket(
    await packedIn(demo().dir, await resignedWith(files, keys)),
    trusted ?? (await trust()),
  );
}

describe('a file that nothing explains', () => {
  test.each([
    ['a page', 'data/00_AUDITOR_SUMMARY.html'],
    ['a text beside the others', 'README.txt'],
    ['something among the evidence', `data/evidence/${'0'.repeat(64)}.json`],
    ['a run', 'data/runs/20260101T000000Z/github/1.json'],
    ['another key', 'keys/other.vkey'],
  ])('is refused: %s', async (_, path) => {
    const report = await forged('soc2-type1', (files) => files.set(path, Buffer.from('All controls pass')));
    expect(failures(report)).toEqual(['files']);
    const insurers = await forged('insurer', (files) => files.set(path, Buffer.from('All controls pass')));
    expect(failures(insurers)).toEqual(['inclusion']);
  });

  test.each([
    ['bag-info.txt', ', draft', ', RELEASED by Jane CFO'],
    ['bag-info.txt', /Organization: .*/, 'Organization: Another Company Inc'],
    ['data/runs/whole.txt', /^.*\n/, ''],
  ])('and what %s says is written again', async (path, from, to) => {
    const report = await forged('soc2-type1', (files) => edit(files, new RegExp(path), from, to));
    expect(failures(report)).toEqual(['files']);
  });

  test.each(['allowed_signers', 'log.vkey'])('and the copy of a key must be the key: %s', async (name) => {
    for (const profile of ['soc2-type1', 'insurer'] as const) {
      const report = await forged(profile, (files) => files.set(`keys/${name}`, Buffer.from('another\n')));
      expect(failures(report)).toEqual(['signature']);
    }
  });

  test('and evidence that is left out is missed', async () => {
    const report = await forged('soc2-type1', (files) => files.delete('data/runs/whole.txt'));
    expect(failures(report)).toEqual(['runs', 'files']);
  });
});

describe('a packet without a ledger', () => {
  test('is not checked as if it were for an insurer, though it brings the proofs of one', async () => {
    const insurer = await filesOf(demo().packet('insurer'));
    const report = await forged('soc2-type1', (files) => {
      for (const path of [...files.keys()])
        if (/^(data\/(evidence|runs)|ledger)\//.test(path)) files.delete(path);
      for (const [path, bytes] of insurer)
        if (path === 'data/inclusion.json' || path.startsWith('ledger/')) files.set(path, bytes);
      edit(files, /results\.csv$/, ',fail,', ',pass,');
    });
    expect(failures(report)).toEqual(['inclusion']);
  });

  test('proves readings, and no other line', async () => {
    const ledger = (await filesOf(demo().packet('soc2-type1'))).get('ledger/ledger.jsonl')!.toString();
    const report = await forged('insurer', (files) => {
      const path = 'data/inclusion.json';
      const inclusion = JSON.parse(files.get(path)!.toString()) as {
        proofs: { line: string; index: number }[];
      };
      const at = ledger.split('\n').findIndex((line) => line.includes('"type":"slot.open"'));
      inclusion.proofs[0]!.line = ledger.split('\n')[at]!;
      inclusion.proofs[0]!.index = at;
      files.set(path, Buffer.from(JSON.stringify(inclusion)));
    });
    expect(report.checks.filter(({ ok }) => !ok).map(({ text }) => text)).toEqual([
      expect.stringContaining('is not of a reading'),
    ]);
  });

  test('has one checkpoint', async () => {
    const report = await forged('insurer', (files) => {
      const [path, note] = [...files].find(([name]) => name.endsWith('.note'))!;
      files.set(path.replace(/\d/, '9'), note);
    });
    expect(failures(report)).toEqual(['checkpoint', 'signature']);
  });
});

test('a packet has the id that follows from what it is made of', async () => {
  const report = await forged('soc2-type1', (files) => {
    const [, id = ''] = /"packet":"([0-9a-f]{64})"/.exec(files.get('data/results/results.json')!.toString())!;
    for (const [name, bytes] of files)
      if (!name.startsWith('data/evidence/') && bytes.includes(id))
        files.set(
          name,
          Buffer.from(
            bytes.toString().replaceAll(id, 'f'.repeat(64)).replaceAll(id.slice(0, 16), 'f'.repeat(16)),
          ),
        );
  });
  expect(failures(report)).toContain('files');
});

test('a key that is trusted for another company signs nothing of this one', async () => {
  const keys = join(demo().dir, 'keys-of-another');
  const other = await createKeys(keys, 'exhibit/ffffffffffffffff');
  const both = await trust();
  const trusted = {
    ...both,
    vkeys: [...both.vkeys, other.vkey],
    signers: [...both.signers, ...allowedSigners(other.allowedSigner)],
  };
  for (const profile of ['insurer', 'soc2-type1'] as const) {
    const report = await forged(
      profile,
      (files) => files.set('keys/allowed_signers', Buffer.from(`${other.allowedSigner}\n`)),
      { keys, trusted },
    );
    expect(failures(report)).toEqual(['signature']);
    expect((await verifyPacket(demo().packet(profile), trusted)).verdict).toBe('verified');
  }
});
