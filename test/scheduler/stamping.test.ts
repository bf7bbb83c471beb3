import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { recordAuthorities } from '../../scheduler/authorities.ts';
import { runManual } from '../../scheduler/run-slot.ts';
import { verifyVault } from '../../vault/verify.ts';
import { localStamping } from '../support/stamping.ts';
import { Clock, openBench, setupOf, sourceAt, startPlain } from './support.ts';

const start = '2026-03-02T02:30:00Z';
let clock: Clock;
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let local: Awaited<ReturnType<typeof localStamping>>;

beforeEach(async () => {
  clock = new Clock(start);
  server = await startPlain();
  bench = await openBench(clock, setupOf([sourceAt(server.url)]));
  local = await localStamping(clock.now);
});
afterEach(async () => {
  await bench.close();
  await local.close();
  server.close();
});

async function collect({ stamped = true } = {}) {
  const night = await bench.night(stamped ? { stamping: local.stamping } : {});
  await recordAuthorities(night.book, stamped ? local.stamping : undefined);
  return runManual(night, [{ source: night.setup.sources[0]!, dataset: null }]);
}

const stampsOf = async () => (await verifyVault(bench.vaultDir)).stamps;
const files = async () =>
  (await readdir(join(bench.vaultDir, 'ledger/checkpoints'))).filter((name) => name.endsWith('.tsr'));

describe('a slot', () => {
  test('is stamped when it is opened, before anything is read, and when it is closed', async () => {
    const asked: number[] = [];
    const held = Promise.withResolvers<undefined>();
    server.held.set('/things', held.promise);
    const collecting = collect();
    while (server.asked.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    asked.push(local.told.length);
    held.resolve(undefined);
    await collecting;
    // Once for the authority that is new, once for the opening; then for the closing.
    expect([...asked, local.told.length]).toEqual([2, 3]);
    const report = await verifyVault(bench.vaultDir);
    expect(report.problems).toEqual([]);
    const at = new Date(start);
    expect(report.stamps.slots).toMatchObject([
      {
        opened: { at, lagMs: 0, authority: 'local' },
        closed: { at },
        notBefore: at,
        notAfter: at,
        due: true,
      },
    ]);
  });

  test('names the newest stamp that there was', async () => {
    await collect();
    const named = (await bench.lines('slot.open'))[0]?.tsrPrev;
    const [first = ''] = await files();
    expect(named).toBe(digest(await readFile(join(bench.vaultDir, 'ledger/checkpoints', first))));
    await collect();
    const all = await files();
    const closing = await readFile(join(bench.vaultDir, 'ledger/checkpoints', all[2] ?? ''));
    expect((await bench.lines('slot.open'))[1]?.tsrPrev).toBe(digest(closing));
  });

  test('is read although nobody stamps, which is told, and is stamped again as soon as somebody does', async () => {
    await collect();
    local.busy();
    clock.set('2026-03-03T02:30:00Z');
    expect((await collect()).status).toBe('ok');
    expect(local.told.slice(-2)).toEqual([
      { authority: 'local', failed: 'it answered with 503' },
      { authority: 'local', failed: 'it answered with 503' },
    ]);
    local.well();
    clock.set('2026-03-03T09:00:00Z');
    await bench.reopen();
    const night = await bench.night({ stamping: local.stamping });
    await recordAuthorities(night.book, local.stamping);
    const report = await verifyVault(bench.vaultDir);
    expect(report.problems).toEqual([]);
    const late = { at: new Date('2026-03-03T09:00:00Z'), lagMs: 6.5 * 3_600_000 };
    expect(report.stamps.slots[1]).toMatchObject({ opened: null, closed: late, notAfter: late.at });
  });

  test('is not opened by a clock that is wrong', async () => {
    await collect();
    const authority = new Clock('2026-03-02T02:28:00Z');
    const other = await localStamping(authority.now, ['local'], clock.now);
    const night = await bench.night({ stamping: other.stamping });
    const read = runManual(night, [{ source: night.setup.sources[0]!, dataset: null }]);
    await expect(read).rejects.toThrow(OperatorError);
    await expect(read).rejects.toThrow(
      /clock of this machine is 120 seconds ahead of that of the time-stamp/,
    );
    authority.set('2026-03-02T02:31:30Z');
    await expect(runManual(night, [{ source: night.setup.sources[0]!, dataset: null }])).rejects.toThrow(
      /90 seconds behind/,
    );
    expect(await bench.lines('slot.open')).toHaveLength(1);
    await other.close();
  });

  test('needs one authority of two', async () => {
    const two = await localStamping(clock.now, ['one', 'two']);
    two.busy('one');
    const night = await bench.night({ stamping: two.stamping });
    await recordAuthorities(night.book, two.stamping);
    await runManual(night, [{ source: night.setup.sources[0]!, dataset: null }]);
    const report = await verifyVault(bench.vaultDir);
    expect(report.problems).toEqual([]);
    expect(report.stamps.slots).toMatchObject([
      { opened: { authority: 'two' }, closed: { authority: 'two' } },
    ]);
    two.well('one');
    await runManual(night, [{ source: night.setup.sources[0]!, dataset: null }]);
    expect((await files()).filter((name) => name.includes('.one.'))).toHaveLength(2);
    await two.close();
  });
});

describe('who stamps', () => {
  test('stands in the ledger once, with the certificates, until it is another', async () => {
    await collect();
    await collect();
    expect(await bench.lines('authority')).toMatchObject([{ authority: 'local', policy: null }]);
    const roots = (await bench.lines('authority'))[0]!.roots!;
    expect(Buffer.from(await bench.vault.get(roots)).toString()).toBe(local.authorities[0]?.roots);
    await collect({ stamped: false });
    expect(await bench.lines('authority')).toMatchObject([{}, { authority: 'local', roots: null }]);
    const { slots } = await stampsOf();
    expect(slots.map(({ due }) => due)).toEqual([true, true, false]);
    expect((await verifyVault(bench.vaultDir)).problems).toEqual([]);
  });

  test('may be known by other certificates from some night on; what was stamped before stands', async () => {
    await collect();
    const before = local;
    local = await localStamping(clock.now);
    await collect();
    await before.close();
    expect(await bench.lines('authority')).toHaveLength(2);
    const report = await verifyVault(bench.vaultDir);
    expect(report.problems).toEqual([]);
    expect(report.stamps.slots).toMatchObject([{ closed: {} }, { closed: {} }]);
    expect(new Set(report.stamps.stamped.map(({ vouched }) => vouched))).toEqual(new Set([false]));
  });

  test('is nobody without a network, and the vault is whole', async () => {
    await collect({ stamped: false });
    const report = await verifyVault(bench.vaultDir);
    expect(report).toMatchObject({ ok: true, stamps: { stamped: [], expected: false } });
    expect((await bench.lines('slot.open'))[0]?.tsrPrev).toBeNull();
  });
});

test('a stamp is asked for while no line can be written', async () => {
  const night = await bench.night({ stamping: local.stamping });
  await recordAuthorities(night.book, local.stamping);
  const order: string[] = [];
  await Promise.all([
    bench.vault
      .checkpoint(async (imprint, without) => {
        const answered = await local.stamping.stamp(imprint, without);
        order.push('stamped');
        return answered;
      })
      .then(() => order.push('kept')),
    bench.vault
      .append({ type: 'fsck', objects: 0, lines: 0, checkpoints: 0, ok: true })
      .then(() => order.push('line')),
  ]);
  expect(order).toEqual(['stamped', 'kept', 'line']);
});
