import { cp, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { answerTo, foundAuthority } from '../../demo/time-stamps/authority.ts';
import { digest } from '../../evidence-model/digest.ts';
import { packetStampsIn, stampNames } from '../../vault/stamp-files.ts';
import { readPem } from '../../vault/time-stamp/certificate.ts';
import { stampRequest } from '../../vault/time-stamp/request.ts';
import type { Stamp } from '../../vault/vault.ts';
import { verifyVault } from '../../vault/verify.ts';
import { newVault, overwrite, readOnce, slotOf, type Made } from './support.ts';

/* Slots of a vault whose checkpoints are stamped, as they should be and otherwise. The clocks are given. */
const authority = foundAuthority(new Date('2026-03-01T00:00:00Z'));
const minuteMs = 60_000;
const dayMs = 86_400_000;

let clock = 0;
let made: Made;
/** How far the clock of the authority is ahead. */
let ahead = 0;

beforeEach(async () => {
  clock = Date.parse('2026-03-01T02:30:00Z');
  ahead = 0;
  made = await newVault(() => new Date(clock));
  const roots = await made.vault.put(Buffer.from(authority.root.pem));
  await made.vault.append({ type: 'authority', authority: 'local', roots, policy: null });
});

const stampAt = (by = authority, name = 'local'): Stamp => {
  return (imprint) => {
    const at = new Date(clock + ahead);
    const answer = answerTo(stampRequest(imprint, Buffer.from([1]), null), by, at)!;
    return Promise.resolve([{ authority: name, answer }]);
  };
};

interface Otherwise {
  readonly open?: Stamp | null;
  readonly close?: Stamp | null;
  readonly tsrPrev?: string | null;
}

/** A night, a day after the one before; each part as it should be, unless told. */
async function night(n: number, { open = stampAt(), close = stampAt(), tsrPrev }: Otherwise = {}) {
  const { vault } = made;
  const slot = slotOf(n);
  const alias = await vault.aliasOf('source', 'github-larkspur');
  const plan = await vault.put(Buffer.from(`{"plan":"${slot}"}`));
  const due = new Date(clock).toISOString();
  const newest = (await vault.lastStamp())?.digest ?? null;
  await vault.append({
    ...{ type: 'slot.open', slot, seq: n, due, kind: 'scheduled', clock: 'system', plan },
    tsrPrev: tsrPrev === undefined ? newest : tsrPrev === null ? null : digest(tsrPrev),
  });
  await vault.checkpoint(open ?? undefined);
  clock += minuteMs;
  await vault.seal(await readOnce(vault, slot, alias), 'ok');
  await vault.append({ type: 'slot.close', slot, seq: n, status: 'ok', runs: 1 });
  await vault.checkpoint(close ?? undefined);
  clock += dayMs - minuteMs;
}

const verified = () => verifyVault(made.dir);
const problems = async () => (await verified()).problems.map(({ code, text }) => `${code}: ${text}`);
const path = (name: string) => join(made.dir, 'ledger/checkpoints', name);
const names = async () =>
  (await stampNames(made.dir)).map(
    ({ size, authority: by }) => `${String(size).padStart(8, '0')}.note.${by}.tsr`,
  );

test('every slot lies between two times of somebody else', async () => {
  await night(0);
  await night(1);
  const { ok, stamps } = await verified();
  expect(ok).toBe(true);
  expect(stamps.slots[1]).toEqual({
    slot: slotOf(1),
    notBefore: new Date('2026-03-01T02:31:00Z'),
    opened: expect.objectContaining({
      at: new Date('2026-03-02T02:30:00Z'),
      lagMs: 0,
      vouched: false,
    }) as object,
    closed: expect.objectContaining({ at: new Date('2026-03-02T02:31:00Z'), lagMs: 0 }) as object,
    notAfter: new Date('2026-03-02T02:31:00Z'),
    due: true,
    isClosed: true,
  });
});

test('whoever has the roots from elsewhere vouches for the authority, and refuses another', async () => {
  await night(0);
  const trust = (pem: string) => ({
    vkeys: [made.keys.vkey],
    authorities: new Map([['local', readPem(pem)]]),
  });
  const own = await verifyVault(made.dir, { trust: trust(authority.root.pem) });
  expect([own.ok, own.stamps.stamped.map(({ vouched }) => vouched)]).toEqual([true, [true, true]]);
  const other = await verifyVault(made.dir, { trust: trust(foundAuthority(new Date()).root.pem) });
  expect(other.problems.map(({ text }) => text)).toEqual([
    'the time stamp of local does not lead to an authority that is trusted',
    'the time stamp of local does not lead to an authority that is trusted',
  ]);
});

describe('is found:', () => {
  const ways: readonly (readonly [string, RegExp, () => Promise<void>])[] = [
    [
      'a stamp in the place of another',
      /^stamp: the time stamp of local is about something else$/,
      async () => {
        await night(0);
        const [first = '', second = ''] = await names();
        await overwrite(path(first), await readFile(path(second)));
      },
    ],
    [
      'a stamp that is gone and was named',
      /^stamp: it does not name the newest time stamp that there was when it was opened$/,
      async () => {
        await night(0);
        await night(1);
        await rm(path((await names())[1]!));
      },
    ],
    [
      'a slot that names no stamp though there was one',
      /^stamp: it does not name the newest time stamp/,
      async () => {
        await night(0);
        await night(1, { tsrPrev: null });
      },
    ],
    [
      'a slot that names a stamp that there never was',
      /^stamp: it does not name the newest time stamp/,
      async () => {
        await night(0);
        await night(1, { tsrPrev: 'never' });
      },
    ],
    [
      'a stamp of somebody whom the ledger does not name',
      /^stamp: it is stamped by other, which the ledger does not name$/,
      async () => night(0, { close: stampAt(authority, 'other') }),
    ],
    [
      'a stamp of somebody else under the name of an authority',
      /^stamp: the time stamp of local does not lead to an authority that is trusted$/,
      async () => night(0, { close: stampAt(foundAuthority(new Date('2026-03-01T00:00:00Z'))) }),
    ],
    [
      'a stamp from before what it stamps',
      /^stamp: it was stamped at 2026-03-01T02:19:59Z, and its last line claims to be of 2026-03-01T02:31:00/,
      async () => {
        ahead = -11 * minuteMs - 1000;
        await night(0, { open: null });
      },
    ],
    [
      'a stamp that was asked for when the ledger had gone on',
      /^stamp: it was stamped at 2026-03-01T02:42:00Z, and the ledger says that it had gone on by then$/,
      async () => {
        ahead = 12 * minuteMs;
        await night(0, { close: null });
      },
    ],
    [
      'a stamp without what it stamps',
      /^stamp: what it stamps: it is missing$/,
      async () => {
        await night(0);
        const [first = ''] = await names();
        await cp(path(first), path(first.replace(/\d+/, '00000001')));
        await rm(path('00000001.note'));
      },
    ],
    [
      'the certificates of an authority that are gone',
      /^stamp: the certificates of local are missing or changed$/,
      async () => {
        await night(0);
        const object = digest(authority.root.pem);
        await rm(join(made.dir, 'objects', object.slice(0, 2), `${object}.gz`));
      },
    ],
    [
      'a stamp of a packet that is of something else',
      /^stamp: the time stamp is about something else$/,
      async () => {
        await night(0);
        const [{ answer } = { answer: Buffer.alloc(0) }] = await stampAt()(digest('one packet'), []);
        await made.vault.keepPacketStamp(digest('another packet'), 'local', answer);
      },
    ],
    [
      'a file that is named nearly like a stamp',
      /^file: nothing in the ledger speaks of it$/,
      async () => {
        await night(0);
        await writeFile(path('00000007.note.LOCAL.tsr'), 'x');
      },
    ],
  ];
  test.each(ways)('%s', async (_, wanted, how) => {
    await how();
    const found = await problems();
    expect(found).toContainEqual(expect.stringMatching(wanted));
  });
});

describe('is no fault, and told:', () => {
  test('a stamp that came late, when nothing else had been written', async () => {
    ahead = 3 * 60 * minuteMs;
    await night(0, { open: null });
    const report = await verified();
    expect(report.problems).toEqual([]);
    expect(report.stamps.slots[0]).toMatchObject({ opened: null, closed: { lagMs: 3 * 60 * minuteMs } });
  });

  test('a slot without stamps, which lies between those around it', async () => {
    await night(0);
    await night(1, { open: null, close: null });
    await night(2);
    const report = await verified();
    expect(report.problems).toEqual([]);
    expect(report.stamps.slots[1]).toMatchObject({
      opened: null,
      closed: null,
      notBefore: new Date('2026-03-01T02:31:00Z'),
      notAfter: new Date('2026-03-03T02:30:00Z'),
      due: true,
    });
  });
});

test('a stamp of a packet is kept by the digest of what it stamps, once', async () => {
  const tagmanifest = digest('the files of a packet');
  const [kept] = await stampAt()(tagmanifest, []);
  await made.vault.keepPacketStamp(tagmanifest, 'local', kept!.answer);
  await made.vault.keepPacketStamp(tagmanifest, 'local', kept!.answer);
  expect(await packetStampsIn(made.dir, tagmanifest)).toEqual([{ authority: 'local', answer: kept!.answer }]);
  expect(await packetStampsIn(made.dir, digest('others'))).toEqual([]);
  const [other] = await stampAt()(tagmanifest, []);
  await expect(made.vault.keepPacketStamp(tagmanifest, 'local', other!.answer)).rejects.toThrow(
    /says something else/,
  );
  await expect(made.vault.keepPacketStamp(tagmanifest, '../x', kept!.answer)).rejects.toThrow();
  expect((await verified()).problems.filter(({ code }) => code === 'stamp')).toEqual([]);
});
