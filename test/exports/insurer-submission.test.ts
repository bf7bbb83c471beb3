import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { form } from '../../controls/insurer/form.ts';
import { Exception } from '../../controls/declarations.ts';
import { AccountAccess } from '../../evidence-model/kinds.ts';
import type { Subject } from '../../evidence-model/subject.ts';
import { bytesOf } from '../../exports/content.ts';
import { entryOf } from '../../exports/bag.ts';
import { csv } from '../../exports/csv.ts';
import { legible } from '../../exports/documents/legible.ts';
import { identifiersIn } from '../../exports/identifiers.ts';
import { accountListsOf, coverageOf, isTold } from '../../exports/insurer/accounts.ts';
import { askedOf } from '../../exports/insurer/asked.ts';
import { changesSince } from '../../exports/insurer/changes.ts';
import { factsOf, type Earlier } from '../../exports/insurer/earlier.ts';
import { exceptionsOf, refuseNamedClasses } from '../../exports/insurer/exceptions.ts';
import { insurerAnswers } from '../../exports/files/insurer/answer-blocks.ts';
import { judge, type Judgement } from '../../exports/judge.ts';
import { refuseIdentifiers } from '../../exports/packet.ts';
import { filesOf as writtenOf } from '../../exports/profiles.ts';
import { verifyWithTwin } from '../../exports/verify/check-twin.ts';
import { readTrust } from '../../exports/verify/trust.ts';
import { openArchive } from '../../vault/files.ts';
import { digest } from '../../evidence-model/digest.ts';
import { forbidden } from '../controls/forbidden.ts';
import { demoFolder } from '../support/demo-folder.ts';
import { edit, failures, filesOf, packedIn, resignedWith } from '../support/packet-files.ts';
import { packetOf } from './packet-of.ts';

/* The whole submission that an underwriter gets: every question, every way in, every exception, and nobody's name. */
const demo = demoFolder();
const judged = async () => judge(await openArchive(join(demo().dir, 'vault')));
const plain = (text: string) => text.replaceAll(/\s+/g, ' ');

type Line = Readonly<Record<string, string>>;
const tableIn = (bytes: Buffer) => parse<Line>(bytes, { columns: true });

async function written(judgement: Judgement, earlier: Earlier | null = null) {
  const files = await Array.fromAsync(writtenOf(packetOf('insurer', judgement, null, earlier)));
  return new Map(files.map(({ path, content }) => [path, bytesOf(content)]));
}

describe('the submission', { timeout: 120_000 }, () => {
  test('is at most fifteen files, and is read alone', async () => {
    const files = await filesOf(demo().packet('insurer'));
    expect(files.size).toBeLessThanOrEqual(15);
    for (const path of ['00_START_HERE.html', '00_START_HERE.pdf']) {
      const text = plain(legible(path, files.get(path)!));
      for (const { title } of [...form.sections, ...form.vectors, ...form.ransomware])
        expect(text, path).toContain(title);
      for (const title of ['Exceptions, by class', 'What changed since the last', 'Sign-off sheet'])
        expect(text, path).toContain(title);
      // What a test is called is no promise.
      expect(text.replaceAll('device-compliance-baseline', '')).not.toMatch(forbidden);
    }
  });

  test('has each of 70 questions with what the evidence shows, and says where the company is to answer', async () => {
    const judgement = await judged();
    const files = await filesOf(demo().packet('insurer'));
    const page = plain(files.get('00_START_HERE.html')!.toString());
    const rows = tableIn(files.get('data/answers.csv')!);
    const answers = insurerAnswers(packetOf('insurer', judgement));
    expect(rows.map(({ question }) => question)).toEqual(form.sections.flatMap(({ questions }) => questions));
    const section = page.slice(
      page.indexOf('Answers in the order of forms</h2>'),
      page.indexOf('by the six ways in</h2>'),
    );
    for (const row of rows) {
      const answer = answers.get(row['question']!)!;
      const [, cell = ''] = new RegExp(`<code>${row['question']}</code>(.*?)</tr>`).exec(section) ?? [];
      expect(cell, row['question']).toContain(answer.about);
      expect(cell.includes('company to answer')).toBe(answer.stored.length === 0);
      for (const { control, n, N } of answer.measures.filter((each) => each.status !== null && each.N > 0))
        expect(row['statement']).toMatch(new RegExp(`${n} of ${N} [^;]* pass ${control}\\b`));
      if (answer.covers !== null)
        expect(row['statement']).toMatch(
          new RegExp(`^As of ${judgement.asOf.slice(0, 10)} ${judgement.asOf.slice(11, 16)} UTC, for `),
        );
      for (const kind of [...answer.outside.undeclared, ...answer.neverCovered])
        expect(row['statement']).toContain(kind);
    }
  });

  test('gives the numbers that questions ask for and no test counts, as who holds them or stated them tells', async () => {
    const judgement = await judged();
    expect(askedOf('INS-PRIV-01', judgement)).toMatch(
      /^Accounts of administrators that are not told to be switched off: \d+ in Amazon Web Services, \d+ in GitHub/,
    );
    expect(askedOf('INS-BAK-04', judgement)).toMatch(
      /^How long it took, as it was stated: 95 minutes on [\d-]+\.$/,
    );
    const { declared } = judgement.plan;
    const over = declared.attestations.map((each) => ({ ...each, validUntil: '2020-01-01' }));
    const plan = { ...judgement.plan, declared: { ...declared, attestations: over } };
    expect(askedOf('INS-BAK-04', { ...judgement, plan })).toBe('');
    expect(askedOf('INS-BAK-01', judgement)).toBe('');
  });

  test('never says that a way in is covered which no source reads', async () => {
    const page = plain((await filesOf(demo().packet('insurer'))).get('00_START_HERE.html')!.toString());
    const vector = (n: number) => page.split(/<h3>/).find((each) => each.startsWith(`${n}. `))!;
    expect(vector(2)).toContain('gateways into the network: VPN, remote desktop and the like');
    expect(vector(5)).toContain('none: no source reads anything of this');
    expect(vector(5)).toContain('company to answer');
    expect(vector(5)).not.toContain('<table>');
  });

  test('prints the same counts on pages and as data, and never keeps back a failure or an administrator', async () => {
    const judgement = await judged();
    const rows = tableIn((await filesOf(demo().packet('insurer'))).get('data/metrics.csv')!);
    const of = (table: string) => rows.filter((row) => row['table'] === table);
    expect(of('test')).toHaveLength(judgement.results.length);
    for (const row of of('test-by-system')) {
      const parts = ['pass', 'fail', 'excepted', 'no_data', 'manual', 'not_applicable'];
      expect(parts.reduce((sum, part) => sum + Number(row[part]), 0)).toBe(Number(row['total']));
    }
    for (const { control, population } of judgement.results) {
      const split = of('test-by-system').filter((row) => row['control'] === control);
      if (split.length === 0) continue;
      expect(
        split.reduce((sum, row) => sum + Number(row['fail']), 0),
        control,
      ).toBe(population.fail);
      expect(
        split.reduce((sum, row) => sum + Number(row['total']), 0),
        control,
      ).toBe(population.total);
    }
    const numbers = (row: Line, columns: readonly string[]) =>
      columns.map((column) => row[column]).filter((cell) => cell !== '');
    for (const row of rows) expect(numbers(row, ['fail', 'excepted', 'no_data']).join()).not.toMatch(/<|w/);
    for (const row of [...of('administrators'), ...of('exception'), ...of('mfa-exclusions')])
      expect(numbers(row, ['total', 'pass']).join()).not.toMatch(/<|w/);
    expect(of('administrators').length).toBeGreaterThan(2);
    expect(of('mfa-exclusions').length).toBeGreaterThan(1);
  });

  test('says that there was no earlier application where none was released', async () => {
    const page = (await filesOf(demo().packet('insurer'))).get('00_START_HERE.html')!.toString();
    expect(page).toContain('No earlier application was released with Exhibit from this vault');
  });

  test('is refused where a page says otherwise than the evidence of the twin', async () => {
    const trust = await readTrust(join(demo().dir, 'trust'));
    for (const [from, to] of [
      ['none: no source reads anything of this', 'all of this is read, and asks for a second factor'],
      [/(<td class="n">)6(<)/, '$10$2'],
    ] as const) {
      const files = await filesOf(demo().packet('insurer'));
      edit(files, /START_HERE\.html$/, from, to);
      const forged = await packedIn(demo().dir, await resignedWith(files, join(demo().dir, 'keys')));
      expect(failures(await verifyWithTwin(forged, demo().packet('insurer-private'), trust))).toEqual([
        'twin',
      ]);
    }
  });
});

const nearly = { owner: 'Olga Owner', approver: 'Abel Approver', start: '2026-01-01', end: '2099-12-31' };
const exceptionOf = (judgement: Judgement, more: Partial<Exception>) => {
  const result = judgement.results.find(({ population }) => population.fail > 0)!;
  return Exception.parse({
    ...{ id: 'planted', control: result.control, ...nearly, reason: 'Because', class: 'old system' },
    subjects: [result.verdicts.find(({ status }) => status === 'fail')!.subject],
    safeguard: { text: 'Watched' },
    ...more,
  });
};
const withException = (judgement: Judgement, more: Partial<Exception>): Judgement => ({
  ...judgement,
  plan: { ...judgement.plan, exceptions: [exceptionOf(judgement, more)] },
});

describe('nobody is named', { timeout: 120_000 }, () => {
  test('in any file, whatever a policy is called, a reason says or an exception holds', async () => {
    const judgement = await judged();
    const name = 'Greta Planted';
    const [account] = judgement.subjects.of('account');
    const named = {
      ...withException(judgement, {
        reason: `For ${name}`,
        class: 'waits for the boss',
        safeguard: { text: `${name} stands guard` },
        owner: name,
      }),
      results: judgement.results.map((result) => ({
        ...result,
        because: result.because.map((text) => `${text}, says ${name}`),
        verdicts: result.verdicts.map((verdict) => ({
          ...{ ...verdict, name: `All but ${name}`, reason: `${verdict.reason}: ${name}, ${account!.id}` },
        })),
      })),
    };
    expect(identifiersIn(`For ${name}`, named)).toContain(name);
    for (const [path, bytes] of await written(named)) {
      const text = legible(path, bytes);
      expect(identifiersIn(text, named), path).toEqual([]);
      for (const planted of ['Planted', 'waits for the boss', 'stands guard'])
        expect(text, path).not.toContain(planted);
    }
  });

  test('and what would name somebody is not built, and says where and whom', async () => {
    const judgement = await judged();
    // A directory calls an account what its holder is called.
    const name = judgement.subjects
      .of('account')
      .map(({ fields }) => String(fields.get('name')?.value))
      .find((each) => /^\w+\.\w+$/.test(each))!;
    const packet = packetOf('insurer', judgement);
    for (const [path, text] of [
      ['data/metrics.csv', csv(['policy'], [[`Everybody but ${name}`]])],
      ['00_START_HERE.html', `<p>Accepted because ${name} is away</p>`],
    ] as const)
      await expect(refuseIdentifiers(packet, [entryOf(path, text)])).rejects.toThrow(
        `the packet for insurer was not built: ${path} would hold ${name}, which identifies someone or something`,
      );
    const { approver } = nearly;
    expect(() => refuseNamedClasses(withException(judgement, { class: `as ${approver} wants` }))).toThrow(
      `the class of the exception planted holds ${approver}, which identifies someone or something`,
    );
    refuseNamedClasses(withException(judgement, {}));
  });
});

test('an exception says by class why, and whether what protects instead holds today', async () => {
  const judgement = await judged();
  const safeguard = (control: string) => ({ text: 'Watched', control });
  const of = (status: string) => judgement.results.find((result) => result.status === status)!.control;
  const facts = (more: Partial<Exception>) => exceptionsOf(withException(judgement, more))[0];
  expect(facts({ class: 'Old-System', safeguard: safeguard(of('pass')) })).toMatchObject({
    ...{ class: 'old system', why: form.exceptionClasses['old system'] },
    ...{ standing: 'in force', safeguard: { status: 'pass' }, end: nearly.end },
  });
  expect(facts({ safeguard: safeguard(of('fail')) })).toMatchObject({ safeguard: { status: 'fail' } });
  expect(facts({ class: 'because we say so' })).toMatchObject({ class: 'another class', safeguard: null });
  expect(facts({ end: '2026-02-01' })).toMatchObject({ standing: 'ended', counts: 0 });
});

/** An account as what follows from everything that was read of it. */
function accountOf(source: string, n: number, fields: Readonly<Record<string, unknown>>): Subject {
  const all = { enabled: true, holderType: 'person', guest: false, privilege: 'ordinary', ...fields };
  return {
    ...{ source, kind: AccountAccess.name, id: `account-${n}`, partitions: new Set<string>(), citations: [] },
    fields: new Map(Object.entries(all).map(([field, value]) => [field, { value, citations: [] }])),
  };
}

test('accounts of a list that was cut off are counted as some of them, in pages and data', async () => {
  const judgement = await judged();
  const cut = (dataset: string): Judgement => ({
    ...judgement,
    datasets: judgement.datasets.map((each) =>
      each.dataset === dataset
        ? { ...each, reasons: [{ code: 'timed-out' as const, text: 'it was cut off', grant: [] }] }
        : each,
    ),
  });
  const told = (of: Judgement) =>
    Object.fromEntries(accountListsOf(of).map((each) => [each.system, isTold(each)]));
  const before = told(judgement);
  expect(before).toMatchObject({ GitHub: true, 'Microsoft 365': true });
  expect(told(cut('microsoft365/users'))).toEqual({ ...before, 'Microsoft 365': false });
  const files = await written(cut('microsoft365/users'));
  expect(plain(legible('00_START_HERE.html', files.get('00_START_HERE.html')!))).toMatch(
    /There may be more accounts than are counted here.*Microsoft 365 \(0 of 1 lists of accounts were wholly read\)/,
  );
  const rows = tableIn(files.get('data/metrics.csv')!).filter(({ table }) => table === 'mfa-coverage');
  expect(rows.filter(({ system }) => system === 'Microsoft 365').map(({ status }) => status)).toContain(
    'no-data',
  );
  expect(rows.filter(({ system }) => system === 'GitHub').map(({ status }) => status)).not.toContain(
    'no-data',
  );
});

test('few accounts of one class are told as fewer than five, with others that would give them away', async () => {
  const judgement = await judged();
  const { id } = judgement.plan.sources.find(({ collector }) => collector === 'github')!;
  const some = (many: number, fields: Readonly<Record<string, unknown>>) =>
    Array.from({ length: many }, (_, n) => accountOf(id, n, fields));
  const shownOf = (accounts: readonly Subject[]) =>
    coverageOf({ ...judgement, subjects: { of: () => accounts, contradictions: [] } }).map(
      ({ class: name, accounts: all, required, notRequired }) => [name, all, required, notRequired],
    );
  const administrators = some(2, { privilege: 'administrator', mfaRequired: false });
  const services = some(3, { holderType: 'service', mfaRequired: true });
  expect(shownOf([...administrators, ...services, ...some(20, { mfaRequired: true })])).toEqual([
    ['all accounts', 25, 23, 2],
    ['administrators', 2, 0, 2],
    ['services', '<5', '<5', 0],
    ['other people', 'withheld', 'withheld', 0],
  ]);
  // Of two classes one tells the other: then none is told.
  expect(shownOf([...administrators, ...some(3, { mfaRequired: true })])).toEqual([
    ['all accounts', 5, 3, 2],
    ['administrators', 2, 0, 2],
  ]);
});

describe('what changed since the last application', { timeout: 120_000 }, () => {
  const earlierOf = (
    judgement: Judgement,
    change: (facts: ReturnType<typeof factsOf>) => object,
  ): Earlier => {
    const facts = factsOf(judgement);
    return {
      ...{ packet: digest('then'), tagmanifest: digest('tags'), sameRules: true },
      ...{ releasedAt: '2026-02-01T10:00:00.000Z', asOf: '2026-02-01T02:31:00.000Z' },
      ...facts,
      ...change(facts),
    };
  };
  const testsOf = (judgement: Judgement, control: string, then: object) => {
    const earlier = earlierOf(judgement, ({ tests }) => ({
      tests: tests.map((each) => (each.control === control ? { ...each, ...then } : each)),
    }));
    return changesSince(earlier, judgement).tests.map(({ change }) => change);
  };

  test('is nothing where nothing is otherwise', async () => {
    const judgement = await judged();
    expect(
      changesSince(
        earlierOf(judgement, () => ({})),
        judgement,
      ),
    ).toMatchObject({ answers: [], tests: [] });
  });

  test('comes with what worsened first, and on the page', async () => {
    const judgement = await judged();
    const state = (question: string) =>
      factsOf(judgement).answers.find((each) => each.question === question)!.state;
    expect([state('INS-MFA-01'), state('INS-MFA-03')]).toEqual(['supported-no', 'partial-evidence']);
    const was = { 'INS-MFA-01': 'supported-yes', 'INS-MFA-02': 'contradicted', 'INS-MFA-03': 'supported-no' };
    const earlier = earlierOf(judgement, ({ answers }) => ({
      answers: answers.map((each) => ({
        ...each,
        state: Object.entries(was).find(([id]) => id === each.question)?.[1] ?? each.state,
      })),
      exceptions: 7,
    }));
    const { answers } = changesSince(earlier, judgement);
    expect(answers.map(({ change, now }) => [now?.question, change])).toEqual([
      ['INS-MFA-01', 'worse'],
      // A no that is shown no longer is no better answer.
      ['INS-MFA-03', 'less-told'],
      ['INS-MFA-02', 'better'],
    ]);
    const files = await written(judgement, earlier);
    const page = plain(files.get('00_START_HERE.html')!.toString());
    expect(page).toMatch(/Worse<\/span>\s*<\/td>\s*<th[^>]*><code>INS-MFA-01/);
    expect(page).toContain('there were 7');
    const row = tableIn(files.get('data/answers.csv')!).find(({ question }) => question === 'INS-MFA-01');
    expect(row?.['state_before']).toBe('supported-yes');
  });

  test('is never called better where less was told, or less is counted', async () => {
    const judgement = await judged();
    const find = (is: (test: ReturnType<typeof factsOf>['tests'][number]) => boolean) =>
      factsOf(judgement).tests.find(is)!;
    const failing = find(
      ({ status, fail, untold, isOpen }) => status === 'fail' && fail > 1 && untold === 0 && !isOpen,
    );
    const { control, fail, N, n } = failing;
    expect(testsOf(judgement, control, { fail: fail - 1, n: n + 1 })).toEqual(['worse']);
    expect(testsOf(judgement, control, { status: 'pass', fail: 0, n: N })).toEqual(['worse']);
    expect(testsOf(judgement, control, { fail: fail + 1, n: n - 1 })).toEqual(['better']);
    expect(testsOf(judgement, control, { fail: fail + 1, N: N + 1 })).toEqual(['other']);
    const untold = find((each) => each.untold > 0);
    expect(testsOf(judgement, untold.control, { untold: 0, fail: untold.fail + untold.untold })).toEqual([
      'less-told',
    ]);
    const open = find(({ isOpen, status }) => isOpen && status === 'no-data');
    expect(testsOf(judgement, open.control, { isOpen: false, status: 'fail', fail: open.N + 3 })).toEqual([
      'less-told',
    ]);
  });
});
