import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { board } from '../../controls/board/outcomes.ts';
import { Before } from '../../exports/board/before.ts';
import { bytesOf } from '../../exports/content.ts';
import { compared } from '../../exports/board/compared.ts';
import { standingsOf } from '../../exports/board/stand.ts';
import { legible } from '../../exports/documents/legible.ts';
import { boardPages } from '../../exports/files/board.ts';
import { identifiersIn } from '../../exports/identifiers.ts';
import { judge, type Judgement } from '../../exports/judge.ts';
import { verifyWithTwin } from '../../exports/verify/check-twin.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { verifyPacket } from '../../exports/verify/verify-packet.ts';
import { openArchive } from '../../vault/files.ts';
import { forbidden } from '../controls/forbidden.ts';
import { products } from '../controls/products.ts';
import { demoFolder, exhibit } from '../support/demo-folder.ts';
import { edit, failures, filesOf, packedIn, resignedWith } from '../support/packet-files.ts';
import { packetOf } from './packet-of.ts';

/* What a board gets: two pages in plain words, and the numbers behind them. */
const demo = demoFolder();
const judged = async () => judge(await openArchive(join(demo().dir, 'vault')));
const trust = () => readTrust(join(demo().dir, 'trust'));

async function pages(judgement: Judgement, before: Before | null) {
  const files = await Array.fromAsync(boardPages(packetOf('board', judgement, before)));
  return new Map(files.map(({ path, content }) => [path, bytesOf(content)]));
}

/** The last quarter as it was before so many of a part were not so. */
function earlier(judgement: Judgement, change: (n: number) => Partial<{ grade: 'safe' }>): Before {
  const outcomes = standingsOf(judgement).map(({ outcome, grade, counted }, n) => ({
    id: outcome.id,
    grade,
    counted: counted.map(({ part, status, n: pass, N, fail }) => ({ part, status, n: pass, N, fail })),
    ...change(n),
  }));
  const reading = { asOf: '2026-03-31T02:31:00.000Z', slot: 'then', rehearsal: false, outcomes };
  return Before.parse({ quarter: '2026-04-01', first: '2026-01-01T02:31:00.000Z', reading });
}

const pageCount = (pdf: Buffer) => pdf.toString('latin1').match(/\/Type \/Page\b(?!s)/g)?.length;

describe('the pages for a board', { timeout: 120_000 }, () => {
  test('are two, on either paper, also with a quarter to compare with', async () => {
    const judgement = await judged();
    const before = earlier(judgement, (n) => (n < 2 ? { grade: 'safe' } : {}));
    for (const paper of ['a4', 'letter'] as const) {
      const organization = { ...judgement.plan.organization, paper };
      const on = { ...judgement, plan: { ...judgement.plan, organization } };
      for (const then of [null, before])
        expect(pageCount((await pages(on, then)).get('00_START_HERE.pdf')!), paper).toBe(2);
    }
  });

  test('ask every question with an answer, say the same on paper and screen, and promise nothing', async () => {
    const files = await filesOf(demo().packet('board'));
    const shown = ['00_START_HERE.html', '00_START_HERE.pdf'].map((path) => legible(path, files.get(path)!));
    for (const text of shown) {
      for (const { asks } of board.outcomes) expect(text.replaceAll(/\s+/g, ' ')).toContain(asks);
      expect(text).not.toMatch(forbidden);
    }
    const all = [
      ...shown,
      files.get('data/outcomes.csv')!.toString(),
      files.get('data/before.json')!.toString(),
    ];
    for (const text of all) expect(products.exec(text)?.[0] ?? null).toBeNull();
  });

  test('say that there is nothing earlier where there is not', async () => {
    const files = await filesOf(demo().packet('board'));
    expect(files.get('00_START_HERE.html')!.toString()).toContain('There is nothing earlier to compare with');
    expect(JSON.parse(files.get('data/before.json')!.toString())).toMatchObject({ reading: null });
  });

  test('show what worsened first', async () => {
    const judgement = await judged();
    const last = board.outcomes.length - 1;
    const before = earlier(judgement, (n) => (n === last ? { grade: 'safe' } : {}));
    const [first, ...others] = compared(standingsOf(judgement), before.reading);
    expect([first?.outcome.id, first?.change]).toEqual([board.outcomes[last]!.id, 'worse']);
    expect(others.map(({ change }) => change)).toEqual(others.map(() => 'same'));
    const page = (await pages(judgement, before)).get('00_START_HERE.html')!.toString();
    expect(page).toMatch(/Worse than on 2026-03-31:<\/strong>\s*“Could we prove it/);
  });

  test('name owners and approvers as the company wrote them, and nobody else', async () => {
    const judgement = await judged();
    const { exceptions, declared } = judgement.plan;
    const written = new Set([
      ...exceptions.map(({ approver }) => approver),
      ...declared.risks.flatMap(({ owner, decision }) => [
        owner,
        'decidedBy' in decision ? decision.decidedBy : owner,
      ]),
    ]);
    const files = await filesOf(demo().packet('board'));
    const named = [
      '00_START_HERE.html',
      '00_START_HERE.pdf',
      'data/outcomes.csv',
      'data/before.json',
    ].flatMap((path) => identifiersIn(legible(path, files.get(path)!), judgement));
    expect([...new Set(named)].filter((name) => !written.has(name))).toEqual([]);
    expect(named.length).toBeGreaterThan(0);
  });
});

describe('the packet for a board', { timeout: 240_000 }, () => {
  test('is sealed to the packet with all evidence, from which it is written again', async () => {
    const [packet, twin] = [demo().packet('board'), demo().packet('soc2-type1')];
    expect(await verifyPacket(packet, await trust())).toMatchObject({ verdict: 'verified', derived: false });
    const { verdict, checks } = await verifyWithTwin(packet, twin, await trust());
    expect([verdict, checks.at(-1)?.text]).toEqual([
      'verified',
      expect.stringMatching(/written again .* all equal$/),
    ]);
    const other = await verifyWithTwin(packet, demo().packet('insurer-private'), await trust());
    expect(failures(other)).toEqual(['twin']);
  });

  test('is refused where somebody with the packet key gives better answers', async () => {
    const files = await filesOf(demo().packet('board'));
    edit(files, /outcomes\.csv$/, ',Yes,', ',No,');
    const path = await packedIn(demo().dir, await resignedWith(files, join(demo().dir, 'keys')));
    expect(failures(await verifyWithTwin(path, demo().packet('soc2-type1'), await trust()))).toEqual([
      'twin',
    ]);
  });

  test('has the counts of its tests in its table', async () => {
    const judgement = await judged();
    const files = await filesOf(demo().packet('board'));
    const rows: Record<string, string>[] = parse(files.get('data/outcomes.csv')!.toString(), {
      columns: true,
    });
    expect(rows).toHaveLength(board.outcomes.flatMap(({ counts }) => counts).length);
    for (const row of rows) {
      const outcome = board.outcomes.find(({ id }) => id === row['outcome'])!;
      const { control } = outcome.counts[Number(row['part']) - 1]!;
      const { population, status } = judgement.results.find((result) => result.control === control)!;
      expect([row['n'], row['of'], row['not_so'], row['status']]).toEqual([
        ...[population.pass, population.total, population.fail].map(String),
        status,
      ]);
    }
  });

  test('is called what it is where there is no such profile', async () => {
    const { code, stderr } = await exhibit(['packet', 'directors', '--config', demo().config]);
    expect([code, stderr]).toEqual([2, expect.stringContaining('there are soc2-type1, insurer, board')]);
  });
});
