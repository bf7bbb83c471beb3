import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { ownHistory } from '../../exports/own/own-history.ts';
import { bagInfo } from '../../exports/bag.ts';
import { exporterDigest } from '../../exports/code-digest.ts';
import { bytesOf, digestOf } from '../../exports/content.ts';
import { cutAt, ledgerOf, lineOf } from '../../exports/evidence.ts';
import type { Packet } from '../../exports/exporter.ts';
import { idOf, infoOf } from '../../exports/identity.ts';
import { judge } from '../../exports/judge.ts';
import { buildPacket } from '../../exports/packet.ts';
import { filesOf as writtenOf } from '../../exports/profiles.ts';
import { stampsBefore } from '../../exports/stamps.ts';
import { factsText, type PeriodFacts } from '../../exports/type2/period-facts.ts';
import { exitCodeOf } from '../../exports/verify/report.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { legible } from '../../exports/documents/legible.ts';
import { yearOf } from '../../exports/views/year.ts';
import type { Night } from '../../scheduler/night.ts';
import { recordSchedule, tick } from '../../scheduler/tick.ts';
import { loadKeys } from '../../vault/keys.ts';
import { anchorsOf, writeTrust } from '../../vault/trust-folder.ts';
import { packetOf } from './packet-of.ts';
import { Clock, openBench, plain, setupOf, sourceAt, startPlain } from '../scheduler/support.ts';
import { edit, failures, filesOf, packedIn, resignedWith, type Files } from '../support/packet-files.ts';

/* Nine nights of a small organisation, of which one was denied and one nobody read, and a packet about seven of them. */
const timetable = { daily: { hour: 2, minute: 30, second: 0, timeZone: 'Europe/Berlin' }, graceMinutes: 60 };
const clock = new Clock('2026-03-01T12:00:00Z');
const github = { ...plain, id: 'github' };
const names = ['anvil', 'bellows'];
const asked = { from: '2026-03-03', to: '2026-03-10', dates: ['2026-03-07'] };
let server: Awaited<ReturnType<typeof startPlain>>;
let bench: Awaited<ReturnType<typeof openBench>>;
let path: string;
let files: Files;

const order = (period: typeof asked | null, profile: 'soc2-type1' | 'soc2-type2' = 'soc2-type2') => ({
  ...{ vault: bench.vaultDir, archive: bench.vault, writer: bench.vault, profile, asOf: null },
  ...(period && { period }),
});

async function built(name: string, period: typeof asked | null = asked, profile?: 'soc2-type1') {
  const keys = await loadKeys(join(bench.dir, 'keys'));
  const made = await buildPacket({ ...order(period, profile), keys, out: { file: join(bench.dir, name) } });
  await bench.vault.checkpoint();
  return made.path;
}

async function verified(packet: string, vault: string | null = null) {
  return verifyPacket(packet, await readTrust(join(bench.dir, 'trust')), [github], vault);
}

/** A packet with other files, signed anew by the key of packets. */
async function forged(change: (files: Files) => unknown): Promise<string> {
  const changed: Files = new Map(files);
  await change(changed);
  return packedIn(bench.dir, await resignedWith(changed, join(bench.dir, 'keys')));
}

/** What somebody makes who holds every key and the program: other facts of the period, which the ledger names too. */
async function forgedWithAllKeys(facts: PeriodFacts): Promise<string> {
  const keys = await loadKeys(join(bench.dir, 'keys'));
  const [judgement, exporter] = [await judge(bench.vault), await exporterDigest()];
  const line = lineOf(
    judgement,
    exporter,
    digestOf(() => factsText(facts)),
  );
  await bench.vault.append({ type: 'judgement', ...line });
  await bench.vault.checkpoint();
  const cut = (await cutAt(bench.vaultDir, line, keys.vkey))!;
  const { stamps } = await stampsBefore(bench.vaultDir, bench.vault, cut);
  const packet: Packet = {
    ...packetOf('soc2-type2', judgement),
    ...{
      id: idOf('soc2-type2', judgement, cut, exporter, { period: facts }),
      checkpoint: cut,
      exporter,
      stamps,
    },
    ...{ origin: keys.origin, packetPrincipal: keys.packetPrincipal, twin: null, period: facts },
    own: await ownHistory(
      bench.vault,
      cut.lines.map(({ line: each }) => each),
    ),
  };
  return forged(async (changed) => {
    for (const name of [...changed.keys()]) if (name.startsWith('ledger/')) changed.delete(name);
    changed.set('ledger/ledger.jsonl', ledgerOf(cut));
    changed.set(`ledger/checkpoints/${cut.file}`, Buffer.from(cut.note));
    changed.set('bag-info.txt', Buffer.from(bagInfo(infoOf(packet))));
    for await (const { path: name, content } of writtenOf(packet)) changed.set(name, bytesOf(content));
  });
}

const table = (name: string): string[] =>
  files.get(`data/period/${name}.csv`)!.toString().trimEnd().split('\r\n');

beforeAll(async () => {
  server = await startPlain(names);
  bench = await openBench(clock, setupOf([{ ...sourceAt(server.url, 'github-one'), collector: github }]));
  const night: Night = await bench.night();
  await recordSchedule(night.book, night.setup, timetable, clock.now());
  for (const day of [2, 3, 4, 5, 7, 8, 9, 10]) {
    clock.set(new Date(Date.UTC(2026, 2, day, 1, 30)).toISOString());
    if (day === 4) names.push('tongs');
    if (day === 5) server.denied.add('/things');
    await tick(night, clock.now());
    server.denied.clear();
    // Nobody read the sixth.
    if (day === 9) names.push('hammer');
  }
  await bench.vault.checkpoint();
  await writeTrust(join(bench.dir, 'trust'), await anchorsOf(bench.vault));
  path = await built('packet.zip');
  files = await filesOf(path);
}, 120_000);

afterAll(async () => {
  await bench.close();
  server.close();
});

describe('a packet about a period', { timeout: 120_000 }, () => {
  test('names the period in its name, in bag-info and on every page', () => {
    expect(files.get('bag-info.txt')!.toString()).toContain(
      'Evidence-Period: 2026-03-03 to 2026-03-09 (Europe/Berlin)\n',
    );
    for (const page of ['00_START_HERE', 'data/period/summary'])
      for (const form of ['html', 'pdf'])
        expect(legible(`${page}.${form}`, files.get(`${page}.${form}`)!).replaceAll(/\s+/g, ' ')).toContain(
          '2026-03-03 to 2026-03-09',
        );
    const summary = files.get('data/period/summary.pdf')!.toString('latin1');
    expect(summary.match(/\/Type \/Page\b/g)).toHaveLength(2);
  });

  test('shows a night that nobody read in every table that counts days, and never as passed', () => {
    const sixth = table('nights').filter((row) => row.startsWith('2026-03-06,'));
    expect(sixth).toHaveLength(1);
    expect(sixth[0]).toMatch(/,false,.*,nowhere,/);
    const operation = table('control-operation').filter((row) => row.startsWith('2026-03-06,'));
    expect(operation.length).toBeGreaterThan(50);
    for (const row of operation)
      expect(row).toMatch(/^2026-03-06,[^,]+,[^,]+,(not-observed|fail),1,0,20260306T/);
    const incomplete = table('control-operation').filter((row) => row.startsWith('2026-03-05,'));
    expect(incomplete.some((row) => row.includes(',incomplete,'))).toBe(true);
    expect(table('coverage').filter((row) => row.includes(',20260306T013000Z,'))).toHaveLength(3);
    for (const each of ['controls', 'roll-forward'])
      for (const row of table(each).slice(1)) expect(row).toMatch(/,7,6,/);
    for (const name of files.keys())
      if (/^data\/period\/.*meta\.json$/.test(name))
        expect(files.get(name)!.toString(), name).toMatch(
          /the night 20260306T013000Z of 2026-03-06 was not read/,
        );
    const summary = legible('summary.html', files.get('data/period/summary.html')!);
    expect(summary).toMatch(/One night was not read/);
    expect(summary).toMatch(/2026-03-06 \(/);
    expect(summary).toMatch(/\.\.==-X===/);
  });

  test('calls no day whole on which no night was due', async () => {
    const early = await filesOf(
      await built('early.zip', { from: '2026-02-27', to: '2026-03-05', dates: [] }),
    );
    const meta = JSON.parse(early.get('data/period/controls.meta.json')!.toString()) as {
      completeness: { complete: boolean };
      limits: string[];
    };
    expect(meta.completeness.complete).toBe(false);
    expect(meta.limits).toContain('no night was due on 2026-02-27, 2026-02-28, 2026-03-01');
    const summary = legible('summary.html', early.get('data/period/summary.html')!);
    expect(summary).toMatch(/On 3 days no night was due/);
    const operation = early.get('data/period/control-operation.csv')!.toString();
    expect(operation).toMatch(/2026-02-27,/);
    expect(operation).not.toMatch(/2026-02-2\d,[^,]+,[^,]+,(?!not-observed)/);
  });

  test('rolls each population forward, and tells what came after', () => {
    const [repositories] = table('roll-forward').filter((row) => row.startsWith('repositories,'));
    expect(repositories).toMatch(/,2,1,0,3,[^,]+,true,/);
    expect(table('joiners').filter((row) => row.includes('tongs'))).toHaveLength(1);
    expect(table('subsequent-events').filter((row) => row.includes('hammer')).length).toBeGreaterThan(0);
    expect(table('joiners').join('\n')).not.toContain('hammer');
  });

  test('says of every row what its evidence is, and the packet has it', () => {
    const lines = files.get('ledger/ledger.jsonl')!.toString().trimEnd().split('\n').length;
    for (const name of [...files.keys()].filter((each) => /^data\/period\/.*\.csv$/.test(each)))
      for (const row of files.get(name)!.toString().trimEnd().split('\r\n').slice(1)) {
        const places = row.split(',').at(-1)!.split(' | ');
        for (const place of places) {
          const [, line] = /^ledger\/ledger\.jsonl line (\d+)$/.exec(place) ?? [];
          if (line === undefined) expect(files.has(place), `${name}: ${row}`).toBe(true);
          else expect(Number(line)).toBeLessThanOrEqual(lines);
        }
      }
  });

  test('holds all evidence of the first day, the last and those that were asked for, and says so', () => {
    const whole = files.get('data/runs/whole.txt')!.toString();
    const slots = [...new Set([...whole.matchAll(/runs\/(\d{8})T/g)].map(([, day]) => day))];
    expect(slots).toEqual(['20260303', '20260307', '20260309', '20260310']);
    const places = table('nights').map((row) => [row.split(',')[0], row.split(',')[8]]);
    expect(places).toContainEqual(['2026-03-03', 'in-this-packet']);
    expect(places).toContainEqual(['2026-03-07', 'in-this-packet']);
    expect(places).toContainEqual(['2026-03-04', 'in-the-vault']);
  });

  test('says of each request what is in it, and that the period was read in part', () => {
    const rows: Record<string, string>[] = parse(files.get('data/pbc-index.csv')!, { columns: true });
    expect(rows).toHaveLength(67);
    const paths = [...files.keys()];
    for (const row of rows) {
      expect([row['asks_for'], row['served']], row['request']).not.toEqual(['a period', 'served']);
      for (const file of row['files']!.split(' | ').filter((each) => each !== ''))
        expect(
          paths.some((each) => (file.endsWith('/') ? each.startsWith(file) : each === file)),
          file,
        ).toBe(true);
    }
    const of = (id: string) => rows.find((row) => row['request'] === id)!;
    expect(of('PBC-401')).toMatchObject({ served: 'in part' });
    expect(of('PBC-401')['causes']!.split(' | ')).toContain('period read in part');
    expect(of('PBC-401')['why']).toContain('6 of 7 nights that were due in the period were read');
    expect(of('PBC-401')['files']!.split(' | ')).toContain('data/period/control-operation.csv');
    expect(of('PBC-X04')['files']).toMatch(/^data\/period\/subsequent-events\.csv \| /);
    // Nothing of AWS or Microsoft 365 was ever read, and no table of a period speaks of what was recovered.
    expect(of('PBC-614')).toMatchObject({ served: 'not served' });
    expect(of('PBC-614')['causes']).toContain('not handed over');
    expect(of('PBC-709')).toMatchObject({ served: 'not served' });
  });

  test('a year counts the nights that were due and those that were read', async () => {
    const year = await yearOf(bench.vault, await judge(bench.vault));
    expect(year.first.slice(0, 10)).toBe('2026-03-02');
    // Nine nights were due, nobody read the sixth, and of the fifth one listing was denied.
    expect(year.months).toMatchObject([{ month: '2026-03', due: 9, read: 8, readings: 27 }]);
    expect(year.months[0]!.whole).toBeLessThan(24);
    expect(year.months[0]!.whole).toBeGreaterThan(18);
  });

  test('is the same again', async () => {
    const again = await filesOf(await built('again.zip'));
    expect([...again.keys()]).toEqual([...files.keys()]);
    for (const [name, bytes] of again) expect(bytes.equals(files.get(name)!), name).toBe(true);
  });

  test('alone is not verified as a whole, and with the vault it is', async () => {
    const alone = await verified(path);
    expect([failures(alone), alone.verdict, exitCodeOf(alone)]).toEqual([[], 'incomplete', 3]);
    expect(alone.unchecked.join()).toMatch(/name the vault with --vault/);
    const whole = await verified(path, bench.vaultDir);
    expect([failures(whole), whole.unchecked, whole.verdict]).toEqual([[], [], 'verified']);
    expect(whole.checks.find(({ id }) => id === 'period')?.text).toMatch(/judged again from the vault/);
  });

  test.each([
    ['a table', /control-operation\.csv$/, ',not-observed,1,0,', ',pass,1,0,', ['files']],
    ['a night', /period\.json$/, '"read":false', '"read":true', ['judgement', 'derivation']],
    ['an interval', /period\.json$/, '"daysNotObserved":1', '"daysNotObserved":0', ['judgement', 'files']],
  ])('is refused where somebody with the packet key forges %s', async (_, name, from, to, found) => {
    const failed = failures(await verified(await forged((each) => edit(each, name, from, to))));
    expect([...new Set(failed)]).toEqual(found);
  });

  test('is refused without its facts', async () => {
    expect(failures(await verified(await forged((each) => each.delete('data/period/period.json'))))).toEqual([
      'derivation',
    ]);
  });

  test('that somebody with every key made of other facts is not verified alone, and refused with the vault', async () => {
    const facts = JSON.parse(files.get('data/period/period.json')!.toString()) as PeriodFacts;
    const nobody = { ...facts, period: { ...facts.period, rollForward: [] } };
    const made = await forgedWithAllKeys(nobody);
    const alone = await verified(made);
    expect([failures(alone), alone.verdict]).toEqual([[], 'incomplete']);
    expect(failures(await verified(made, bench.vaultDir))).toEqual(['derivation']);
  });

  test('is asked for with a period that is over, and no other packet is', async () => {
    await expect(built('none.zip', null)).rejects.toThrow(/tells of a period/);
    await expect(built('none.zip', asked, 'soc2-type1')).rejects.toThrow(/tells of one moment/);
    await expect(built('none.zip', { ...asked, to: '2026-03-20' })).rejects.toThrow(/the period ends when/);
    await expect(built('none.zip', { ...asked, dates: ['2026-03-10'] })).rejects.toThrow(
      /is no day of the period/,
    );
  });
});
