import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { digest } from '../../evidence-model/digest.ts';
import { ownHistory } from '../../exports/own/own-history.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { openArchive } from '../../vault/files.ts';
import type { LedgerLine, NewLine } from '../../vault/ledger-lines.ts';
import type { Archive } from '../../vault/vault.ts';
import { demoFolder } from '../support/demo-folder.ts';
import { failures, filesOf, packedIn, resignedWith } from '../support/packet-files.ts';

/* What was done to the tool itself is told like everything else: all of it, from the signed ledger. */
const demo = demoFolder();

const lineAt = (n: number, line: NewLine) =>
  ({ ...line, v: 1, n, t: `2026-03-0${n + 1}T00:00:00.000Z`, prev: '' }) as LedgerLine;
const [plan, rules, exporter] = [digest('plan'), digest('rules'), digest('exporter')];
const slot = '20260301T023000Z';
const opened = (of: typeof plan): NewLine => ({
  ...{ type: 'slot.open', slot, seq: 0, due: '2026-03-01T02:30:00.000Z', kind: 'scheduled' },
  ...{ clock: 'system', plan: of, tsrPrev: null },
});
const judged = (by: typeof rules, writes = exporter): NewLine => ({
  ...{ type: 'judgement', slot, rules: by, exporter: writes, results: digest('') },
});

test('tells of keys, plans, rules and programs when they change, and only then', async () => {
  const readBy = ['1', '1', '2'].map((version) => ({ collector: 'plain', version, code: digest(version) }));
  const archive = {
    run: () => {
      const { collector, ...program } = readBy.shift()!;
      return Promise.resolve({ predicate: { collector, program } });
    },
  } as unknown as Archive;
  const run: NewLine = {
    ...{ type: 'run', slot, source: 's-0000000000000000', attempt: 1, status: 'ok' },
    ...{ items: 1, manifest: digest('manifest') },
  };
  const lines = [
    opened(plan),
    run,
    judged(rules),
    opened(plan),
    run,
    judged(rules, digest('other')),
    opened(digest('other plan')),
    run,
    judged(digest('other rules')),
  ].map((line, n) => lineAt(n, line));
  const { changes, programs, rules: told } = await ownHistory(archive, lines);
  expect(changes.map(({ line, what }) => [line, what])).toEqual([
    [0, 'plan'],
    [1, 'program'],
    [2, 'rules'],
    [2, 'code of packets'],
    [5, 'code of packets'],
    [6, 'plan'],
    [7, 'program'],
    [8, 'rules'],
    [8, 'code of packets'],
  ]);
  expect(programs.map(({ version }) => version)).toEqual(['1', '2']);
  expect(told).toEqual({ since: '2026-03-09T00:00:00.000Z', before: 1 });
});

test('a packet has every line that is not about a night, as its ledger has it', async () => {
  const files = await filesOf(demo().packet('soc2-type1'));
  const rows: Record<string, string>[] = parse(files.get('data/exhibit/changes.csv')!, { columns: true });
  const ledger = files.get('ledger/ledger.jsonl')!.toString().trimEnd().split('\n');
  const lines = ledger.map((line) => JSON.parse(line) as LedgerLine);
  const nightly = new Set(['slot.open', 'slot.close', 'run', 'alias', 'gap', 'deposit']);
  const expected = lines.filter(({ type }) => !nightly.has(type)).map(({ n, t }) => [String(n), t]);
  const found = rows.map(({ line, at }) => [line, at]);
  expect(found).toEqual(expect.arrayContaining(expected));
  expect(rows.map(({ what }) => what)).toEqual(
    expect.arrayContaining(['vault made', 'plan', 'program', 'rules', 'code of packets']),
  );
  expect(files.get('data/exhibit/about.html')!.toString()).toContain('keeps no list of who administers it');
  const archive = await openArchive(join(demo().dir, 'vault'));
  expect((await ownHistory(archive, lines)).changes).toHaveLength(rows.length);
});

test('a packet that leaves a change out is refused', { timeout: 120_000 }, async () => {
  const files = await filesOf(demo().packet('soc2-type1'));
  const table = files.get('data/exhibit/changes.csv')!.toString().split('\r\n');
  files.set('data/exhibit/changes.csv', Buffer.from([...table.slice(0, 2), ...table.slice(3)].join('\r\n')));
  const path = await packedIn(demo().dir, await resignedWith(files, join(demo().dir, 'keys')));
  expect(failures(await verifyPacket(path, await readTrust(join(demo().dir, 'trust'))))).toEqual(['files']);
});
