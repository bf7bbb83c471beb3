import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { controls } from '../../controls/index.ts';
import { except, evaluate } from '../../controls/evaluate.ts';
import type { Exception } from '../../controls/declarations.ts';
import { asOf, evidenceOf, judged, type Told } from './support.ts';
import { arn, aws, domains, github, microsoft365, nights } from './worlds.ts';

const outcomes = ['partial', 'truncated', 'denied', 'failed', 'not-licensed'] as const;

/** Worlds in which any of the facts that decide may be good or bad. */
const world = fc
  .record({
    mfaRequired: fc.boolean(),
    basePermission: fc.constantFrom('none', 'read', 'write'),
    rules: fc.boolean(),
    userMfa: fc.boolean(),
    password: fc.boolean(),
    keyAge: fc.constantFrom('2026-06-01T00:00:00Z', '2026-01-01T00:00:00Z'),
    keyUse: fc.constantFrom('2026-06-29T00:00:00Z', '2026-02-01T00:00:00Z', 'never'),
    summaryMfa: fc.boolean(),
    trail: fc.boolean(),
    length: fc.constantFrom(8, 14),
    state: fc.constantFrom('ACTIVE', 'SUSPENDED'),
    nights: fc.nat(30),
    listed: fc.boolean(),
    capable: fc.boolean(),
    guest: fc.boolean(),
    policyState: fc.constantFrom('enabled', 'report-only', 'disabled'),
    grants: fc.constantFrom(['mfa'], ['mfa', 'compliantDevice'], ['block'], ['passwordChange']),
    excluded: fc.boolean(),
    narrowed: fc.boolean(),
    defaults: fc.constantFrom('enabled', 'disabled'),
    holder: fc.constantFrom('user', 'group', 'service-principal'),
    dmarc: fc.constantFrom('reject', 'quarantine', 'none'),
    senders: fc.constantFrom('v=spf1 -all', 'v=spf1 include:spf.example ~all', 'v=spf1 all'),
  })
  .map((facts): Told[] => [
    ...github({
      organization: { mfaRequired: facts.mfaRequired, basePermission: facts.basePermission },
      rules: { pullRequestRequired: facts.rules },
    }).map((told) =>
      told.dataset === 'github/members-2fa-disabled' && facts.listed
        ? { ...told, records: [{ kind: 'account', id: '12', name: 'cleo', mfaEnabled: false }] }
        : told,
    ),
    ...aws({
      user: { mfaEnabled: facts.userMfa, consolePassword: facts.password },
      key: { rotatedAt: facts.keyAge, lastUsedAt: facts.keyUse },
      summary: { mfaEnabled: facts.summaryMfa },
      trail: { multiRegion: facts.trail },
      policy: { minimumLength: facts.length },
      state: facts.state,
    }),
    ...domains({
      published: {
        dmarcPolicies: [`v=DMARC1; p=${facts.dmarc}; rua=mailto:a@b.example`],
        senderPolicies: [facts.senders],
      },
    }),
    ...microsoft365({
      user: { mfaCapable: facts.capable, userType: facts.guest ? 'guest' : 'member' },
      assignment: { accountType: facts.holder },
      policy: {
        state: facts.policyState,
        grants: facts.grants,
        excludeUsers: facts.excluded ? ['bob'] : [],
        conditions: facts.narrowed ? ['locations'] : [],
      },
      defaults: facts.defaults,
    }),
    ...nights({ nightsComplete: facts.nights }),
  ]);

type Loss = (told: Told, pick: number) => Told;
/** Ways in which evidence is lost: a refusal, a cut, a field that is not told or left out. */
const losses: readonly Loss[] = [
  (told, pick) => ({ ...told, records: [], partitions: incomplete(told, pick) }),
  (told, pick) => ({ ...told, partitions: incomplete(told, pick) }),
  (told, pick) => ({
    ...told,
    partitions: incomplete(told, pick),
    records: told.records.filter((_, n) => n !== pick % told.records.length),
  }),
  (told, pick) => change(told, pick, (field, record) => ({ ...record, [field]: { unknown: 'not told' } })),
  (told, pick) =>
    change(
      told,
      pick,
      (field, record) =>
        Object.fromEntries(Object.entries(record).filter(([name]) => name !== field)) as typeof record,
    ),
];

function incomplete(told: Told, pick: number): NonNullable<Told['partitions']> {
  const ids = Object.keys(told.partitions ?? { all: '' });
  return Object.fromEntries(ids.map((id) => [id, outcomes[pick % outcomes.length] ?? 'failed']));
}

function change(
  told: Told,
  pick: number,
  how: (field: string, record: Told['records'][number]) => Told['records'][number],
): Told {
  const at = told.records.length === 0 ? -1 : pick % told.records.length;
  return {
    ...told,
    records: told.records.map((record, n) => {
      const fields = Object.keys(record).filter((field) => !['kind', 'id', 'partition'].includes(field));
      const field = fields[pick % Math.max(1, fields.length)];
      return n === at && field !== undefined ? how(field, record) : record;
    }),
  };
}

describe('whatever the evidence is', () => {
  test('losing some of it never turns anything into a pass', async () => {
    let lost = 0;
    await fc.assert(
      fc.asyncProperty(
        world,
        fc.nat(1000),
        fc.nat(1000),
        fc.constantFrom(...losses),
        async (told, which, pick, lose) => {
          const at = which % told.length;
          const less = told.map((each, n) => (n === at ? lose(each, pick) : each));
          for (const { id } of controls) {
            const [before, after] = [await judged(id, told), await judged(id, less)];
            // Where two authorities disagree and one falls silent, the other's word stands: a value overrules an unknown.
            if (before.because.some((text) => text.includes('contradiction'))) continue;
            if (before.status !== 'pass') expect(after.status, `${id}: ${before.status}`).not.toBe('pass');
            const passed = new Set(
              before.verdicts.filter(({ status }) => status === 'pass').map(({ subject }) => subject),
            );
            for (const { subject, status } of after.verdicts)
              if (status === 'pass') expect(passed.has(subject), `${id} ${subject}`).toBe(true);
            if (before.status === 'pass' && after.status !== 'pass') lost += 1;
          }
        },
      ),
      { numRuns: 250 },
    );
    expect(lost).toBeGreaterThan(20);
  });

  test('the parts of a population add up, and a pass means that every part of it passed or was not concerned', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (told) => {
        for (const { id } of controls) {
          const { population: p, status, verdicts, because } = await judged(id, told);
          expect(p.pass + p.fail + p.excepted + p.noData + p.manual + p.notApplicable).toBe(p.total);
          expect(verdicts.length).toBe(p.total);
          if (status === 'pass') {
            expect(because).toEqual([]);
            expect(p.pass + p.notApplicable).toBe(p.total);
            expect(p.pass).toBeGreaterThan(0);
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test('neither the order of datasets nor that of records matters', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (told) => {
        const turned = told.map((each) => ({ ...each, records: each.records.toReversed() })).toReversed();
        for (const { id } of controls) {
          const strip = async (each: readonly Told[]) => {
            const { status, population, verdicts } = await judged(id, each);
            return {
              status,
              population,
              verdicts: verdicts.map(({ source, subject, status: told }) => [source, subject, told]),
            };
          };
          expect(await strip(turned)).toEqual(await strip(told));
        }
      }),
      { numRuns: 40 },
    );
  });

  test('judging twice gives the same bytes', async () => {
    await fc.assert(
      fc.asyncProperty(world, async (told) => {
        for (const { id } of controls)
          expect(JSON.stringify(await judged(id, told))).toBe(JSON.stringify(await judged(id, told)));
      }),
      { numRuns: 20 },
    );
  });
});

describe('an exception', () => {
  const exception: Exception = {
    id: 'one',
    control: 'mfa-aws-console-users',
    subjects: [arn('ada')],
    class: 'migration',
    owner: 'the owner',
    approver: 'the approver',
    reason: 'being replaced',
    safeguard: { text: 'an alarm', control: 'cloudtrail-all-regions' },
    start: '2026-06-01',
    end: '2026-06-30',
  };
  const failing = () => judged('mfa-aws-console-users', aws({ user: { mfaEnabled: false } }));

  test('accepts a failure while it is in force and its safeguard holds', async () => {
    const result = except(await failing(), [exception], asOf, () => true);
    expect(result).toMatchObject({ status: 'excepted', population: { excepted: 1, fail: 0 } });
  });

  test.each([
    ['before it begins', { start: '2026-07-01', end: '2026-07-31' }, true],
    ['after it ended', { end: '2026-06-29' }, true],
    ['while its safeguard does not hold', {}, false],
    ['of somebody else', { subjects: [arn('bob')] }, true],
    ['to another control', { control: 'mfa-aws-root' }, true],
  ])('accepts nothing %s', async (_, change, holds) => {
    const result = except(await failing(), [{ ...exception, ...change }], asOf, () => holds);
    expect(result.status).toBe('fail');
  });

  test('leaves a population that nobody could read as it is', async () => {
    const nothing = await judged('mfa-aws-console-users', [], {}, { sources: [] });
    expect(except(nothing, [{ ...exception, subjects: ['nobody'] }], asOf, () => true).status).toBe(
      'no-data',
    );
  });

  test('that names no source is not about two things of one id', async () => {
    const result = await failing();
    const [verdict] = result.verdicts.filter(({ status }) => status === 'fail');
    const twice = { ...result, verdicts: [...result.verdicts, { ...verdict!, source: 'aws-two' }] };
    expect(except(twice, [exception], asOf, () => true).status).toBe('fail');
    const named = except(twice, [{ ...exception, source: 'aws-two' }], asOf, () => true);
    expect(named.population).toMatchObject({ excepted: 1, fail: 1 });
  });

  test('that is renewed counts, whichever stands first', async () => {
    const old = { ...exception, id: 'old', end: '2026-06-10' };
    for (const exceptions of [
      [old, exception],
      [exception, old],
    ])
      expect(except(await failing(), exceptions, asOf, () => true).status).toBe('excepted');
  });

  test('never turns what is not known into something accepted', async () => {
    const unknown = await judged(
      'mfa-aws-console-users',
      aws({ user: { mfaEnabled: { unknown: 'not told' } } }),
    );
    expect(except(unknown, [exception], asOf, () => true).status).toBe('no-data');
  });
});

test('a hundred thousand accounts are judged in seconds', () => {
  const [members, ...others] = github().filter(({ dataset }) => dataset.startsWith('github/members'));
  const records = Array.from({ length: 100_000 }, (_, n) => ({
    kind: 'account',
    id: String(n),
    name: `person-${n}`,
    root: false,
    role: 'member',
  }));
  const control = controls.find(({ id }) => id === 'mfa-enabled-github-members')!;
  const evidence = evidenceOf([{ ...members!, records }, ...others]);
  const started = performance.now();
  expect(evaluate(control, {}, evidence)).toMatchObject({ status: 'pass', population: { pass: 100_000 } });
  expect(performance.now() - started).toBeLessThan(10_000);
});
