import { describe, expect, test } from 'vitest';
import { draft, supportOf } from '../../controls/answers/draft.ts';
import { systemsStated } from '../../controls/answers/stated.ts';
import { Declared } from '../../controls/declared/declared.ts';
import { answersTo } from '../../controls/answers/answers.ts';
import { controls } from '../../controls/index.ts';
import type { Exception, StoredAnswer } from '../../controls/declarations.ts';
import {
  allGood,
  answerTo,
  asOf,
  nothingElse,
  questionOf,
  resultFrom,
  withoutResult,
  withResults,
} from './answering.ts';

const said = (question: string, value: StoredAnswer['value'], more: Partial<StoredAnswer> = {}) => ({
  question,
  value,
  answeredBy: 'Olga Officer',
  answeredOn: '2026-05-01',
  ...more,
});

describe('what evidence says of a yes', () => {
  test('everything passes and there is nothing else: a yes', () => {
    const { state, statement } = answerTo('INS-MFA-14');
    expect(state).toBe('supported-yes');
    expect(statement).toContain(
      'As of 2026-06-30 03:00 UTC, for System microsoft365 (microsoft365-one): 2 of 2',
    );
  });

  test('one that fails of what decides: a no, also where more is not known', () => {
    const results = withResults(
      resultFrom('legacy-auth-blocked-m365', ['pass', 'fail'], ['a part was refused']),
    );
    expect(answerTo('INS-MFA-14', { results }).state).toBe('supported-no');
  });

  test('one that fails of what merely bears on it leaves it open', () => {
    const results = withResults(resultFrom('mfa-observed-in-signins', ['pass', 'fail']));
    expect(answerTo('INS-MFA-01', { results }).state).toBe('partial-evidence');
  });

  test('one that fails of what supports it leaves it open, and puts a yes of the company in doubt', () => {
    const results = withResults(resultFrom('external-mail-tagged', ['fail']));
    const stored = [said('INS-EML-02', 'yes')];
    expect(answerTo('INS-EML-02').state).toBe('qualified');
    expect(answerTo('INS-EML-02', { results, stored })).toMatchObject({
      state: 'partial-evidence',
      stored: [{ holds: 'doubtful' }],
    });
    expect(answerTo('INS-EML-02', { results, stored: [said('INS-EML-02', 'no')] }).stored).toMatchObject([
      { holds: 'not-shown' },
    ]);
  });

  test('an accepted failure qualifies it, with its class, count and safeguard', () => {
    const exception = (subject: string, name: string): Exception => ({
      id: `x-${subject}`,
      control: 'legacy-auth-blocked-m365',
      subjects: [subject],
      class: name,
      ...{ owner: 'A', approver: 'B', reason: 'C', start: '2026-01-01', end: '2026-12-31' },
      safeguard: { text: 'a hardware key' },
    });
    const results = withResults(
      resultFrom('legacy-auth-blocked-m365', ['pass', 'excepted', 'excepted', 'excepted']),
    );
    const exceptions = ['subject-1', 'subject-2'].map((subject) => exception(subject, 'emergency account'));
    const answer = answerTo('INS-MFA-14', { results, exceptions });
    expect(answer.state).toBe('qualified');
    expect(answer.exceptions).toEqual([
      {
        control: 'legacy-auth-blocked-m365',
        class: 'emergency account',
        safeguard: 'a hardware key',
        count: 2,
      },
      { control: 'legacy-auth-blocked-m365', class: 'not told', safeguard: 'not told', count: 1 },
    ]);
    expect(answer.statement).toContain(
      'Exceptions: 2 of legacy-auth-blocked-m365 (emergency account), with a hardware key; 1 of',
    );
    expect(answer.statement).toContain('1 of 4');
  });

  test('what could not be told, has no test yet, or is of nobody, leaves it partial', () => {
    const control = 'legacy-auth-blocked-m365';
    for (const results of [
      withResults(resultFrom(control, ['pass', 'no-data'])),
      withResults(resultFrom(control, ['pass'], ['Okta signs people in for example.com, and is not read'])),
      withResults(resultFrom(control, ['manual'])),
      withResults(resultFrom(control, [])),
      withoutResult(control),
    ])
      expect(answerTo('INS-MFA-14', { results }).state).toBe('partial-evidence');
  });

  test('a provider that is not read is named by what the results say of it', () => {
    const because = ['Okta signs people in for example.com, and is not read'];
    const results = withResults(resultFrom('mfa-required-all-users-m365', ['pass'], because));
    const { state, statement, untold } = answerTo('INS-MFA-02', { results });
    expect(state).toBe('partial-evidence');
    expect(untold).toEqual([`mfa-required-all-users-m365: ${because[0]}`]);
    expect(statement).toContain('Could not be told: mfa-required-all-users-m365: Okta');
    // Also where one account alone tells of it.
    const one = resultFrom('mfa-required-all-users-m365', ['pass', 'no-data', 'no-data']);
    const verdicts = one.verdicts.map((each, n) => ({ ...each, reason: `Duo signs in subject-${n}` }));
    expect(answerTo('INS-MFA-02', { results: withResults({ ...one, verdicts }) }).statement).toContain(
      '2 of 3, such as: Duo signs in subject-1; Duo signs in subject-2',
    );
  });

  test('nothing of what it counts is enough only where the question allows it, and something else holds', () => {
    const none = (id: string) => resultFrom(id, []);
    const one = answerTo('INS-MFA-01', { results: withResults(none('mfa-no-untracked-exclusions')) });
    expect(one.state).toBe('supported-yes');
    expect(one.statement).toContain('there are no policies of connected');
    expect(answerTo('INS-MFA-01', { results: withResults(none('legacy-auth-blocked-m365')) }).state).toBe(
      'partial-evidence',
    );
  });
});

describe('what one control supports', () => {
  const question = questionOf('INS-MFA-14');
  const [bearing] = question.evidence?.controls ?? [];
  const supported = (more: object) => ({
    bearing: bearing!,
    result: resultFrom('legacy-auth-blocked-m365', ['pass', 'pass']),
    tolerant: false,
    ...more,
  });
  const nothingOutside = { undeclared: [], present: [], absent: [] };

  test('a limit that the company set for itself qualifies, and is named', () => {
    const policy = (values: object) => ({ 'dormant-accounts-m365': { ...values } });
    const question = {
      ...questionOf('INS-ACC-02'),
      evidence: { ...questionOf('INS-ACC-02').evidence!, reach: 'whole' as const },
    };
    const asked = (values: object) =>
      answersTo([{ id: 'asked', title: 'Asked', topics: [], questions: [question] }], {
        ...allGood,
        policy: policy(values),
      })[0];
    expect(asked({})).toMatchObject({ state: 'supported-yes', ownLimits: [] });
    const usual = controls.find(({ id }) => id === 'dormant-accounts-m365')!.parameters.parse({});
    expect(asked(usual)).toMatchObject({ state: 'supported-yes', ownLimits: [] });
    expect(asked({ maximumDays: 3000 })).toMatchObject({
      state: 'qualified',
      ownLimits: ['dormant-accounts-m365: maximumDays'],
    });
    expect(asked({ maximumDays: 3000 })?.statement).toContain(
      'Set by the policy of the company in place of what is usual: dormant-accounts-m365: maximumDays.',
    );
  });

  test('a tolerance qualifies, however many pass', () => {
    expect(draft(question, [supported({})], nothingOutside)).toBe('supported-yes');
    expect(draft(question, [supported({ tolerant: true })], nothingOutside)).toBe('qualified');
  });

  test('a pass of nothing, or one that hides what is not known, supports nothing', () => {
    const none = { ...resultFrom('legacy-auth-blocked-m365', []), because: [] };
    const hiding = resultFrom('legacy-auth-blocked-m365', ['pass', 'no-data']);
    for (const result of [none, hiding, { ...none, status: 'excepted' as const }])
      for (const status of ['pass', 'not-applicable'] as const)
        expect(supportOf(supported({ result: { ...result, status } })), status).toBe('untold');
    const failing = resultFrom('legacy-auth-blocked-m365', ['pass', 'fail']);
    expect(supportOf(supported({ result: { ...failing, status: 'pass' } }))).toBe('fails');
  });
});

describe('levels of proof', () => {
  test('what could be shown does not stand in for what must be', () => {
    const results = withResults(
      resultFrom('mfa-required-github-org', []),
      resultFrom('mfa-required-guests-m365', []),
    );
    const answer = answerTo('INS-MFA-11', { results });
    expect(answer.proof).toEqual({ needed: 'required', shown: ['capable'] });
    expect(answer.state).toBe('partial-evidence');
  });

  test('nothing is the basis that could not be told', () => {
    const results = withResults(resultFrom('mfa-observed-in-signins', ['no-data', 'no-data']));
    const { statement, proof } = answerTo('INS-MFA-01', { results });
    expect(proof.shown).toEqual(['required']);
    expect(statement).toMatch(/Basis: required at the reading; settings and records as they were read\.$/);
  });

  test('what somebody stated is not what happened, and days of which not all was read are not called whole', () => {
    const basis = (id: string, ...results: readonly ReturnType<typeof resultFrom>[]) =>
      answerTo(id, { results: withResults(...results) }).statement.replace(/.* Basis: /, '');
    expect(basis('INS-BAK-04')).toBe(
      'what somebody who is named stated, held against what a source logged in 28 days and no further back.',
    );
    expect(basis('INS-BAK-05')).toBe('what somebody who is named stated, which no source tells.');
    const asked = (because: readonly string[]) =>
      basis('PBC-303', resultFrom('merged-changes-reviewed', ['pass', 'pass'], because));
    expect(asked([])).toContain('what happened in 30 days');
    expect(asked([])).not.toContain('there may be more');
    expect(asked(['a part was not read'])).toContain(
      'what happened in 30 days, as far as it was read; there may be more',
    );
  });
});

describe('systems that no source reads', () => {
  const without = (kind: string) => nothingElse.filter(({ id }) => id !== kind);
  const there = (kind: string, state: 'not-read' | 'by-hand') =>
    nothingElse.map((system) => (system.id === kind ? { ...system, name: 'Old mail', state } : system));

  test('nobody said whether there are any: no bare yes, and it is told', () => {
    const { state, doesNotCover } = answerTo('INS-MFA-14', { systems: without('other-mail') });
    expect(state).toBe('qualified');
    expect(doesNotCover).toContain(
      'mail systems other than the connected tenants of Microsoft 365 (nobody declared whether there are any)',
    );
  });

  test('whoever stated that data are copied, or that none are, is not said to have been silent', () => {
    const source = (id: string, collector: string) => ({ id, collector, title: id, scope: {}, datasets: [] });
    const sources = [source('mail', 'microsoft365'), source('code', 'github'), source('cloud', 'aws')];
    const stated = (of: string, said: object, validUntil = '2026-12-31') => ({
      ...{ id: of, topic: 'saas-backup', source: of, by: 'Una Officer', role: 'Head of IT' },
      ...{ statedOn: '2026-06-02', validUntil, stated: said },
    });
    const told = (...attestations: object[]) =>
      systemsStated({ sources, declared: Declared.parse({ attestations }) }, asOf);
    const copied = { backedUp: true, product: 'Keeper', keptDays: 30 };
    expect(told(stated('mail', copied))).toEqual([
      {
        ...{ id: 'saas-backup', name: 'Keeper of mail', state: 'by-hand' },
        ...{ declaredBy: 'Una Officer', declaredOn: '2026-06-02' },
      },
    ]);
    const none = { backedUp: false };
    expect(told(stated('mail', none), stated('code', none)).map(({ state }) => state)).toEqual([
      'absent',
      'absent',
    ]);
    // Of the other nobody said anything, and what is over is no statement.
    for (const open of [told(stated('mail', none)), told(stated('mail', copied, '2026-06-29')), told()])
      expect(open).toEqual([]);
    const systems = [...without('saas-backup'), ...told(stated('mail', copied))];
    const { outside, statement } = answerTo('INS-BAK-05', { systems });
    expect(outside.undeclared).toEqual([]);
    expect(statement).toContain('Keeper of mail: answered by hand (Una Officer, 2026-06-02)');
  });

  test('somebody said that there are some: partial, and they are named', () => {
    for (const state of ['not-read', 'by-hand'] as const) {
      const answer = answerTo('INS-MFA-14', { systems: there('other-mail', state) });
      expect(answer.state).toBe('partial-evidence');
      expect(answer.statement).toMatch(
        /Not covered by this statement: Old mail: .*\(Olga Officer, 2026-06-01\)/,
      );
    }
  });

  test('what lies outside what we read in part is never covered by what we do', () => {
    expect(answerTo('INS-MFA-04').state).toBe('qualified');
    expect(answerTo('INS-MFA-04', { systems: without('network-equipment') }).state).toBe('partial-evidence');
  });

  test('a kind of source that a control is about and that nobody connected is told, and keeps a yes from being bare', () => {
    const sources = allGood.sources.filter(({ collector }) => collector !== 'aws');
    // Of GitHub and AWS, and no other control that bears on it is of AWS alone.
    const id = 'INS-ACC-01';
    expect(answerTo(id).state).toBe('qualified');
    const silent = answerTo(id, { sources });
    expect(silent.state).toBe('partial-evidence');
    expect(silent.outside.undeclared).toEqual(['System aws']);
    expect(silent.statement).toContain('System aws (no source is connected, and nobody declared it absent)');
    const said = (state: 'absent' | 'not-read') => ({
      sources,
      systems: [
        ...nothingElse,
        {
          id: 'cloud',
          name: 'Cloud',
          collector: 'aws',
          state,
          declaredBy: 'Olga Officer',
          declaredOn: '2026-06-01',
        },
      ],
    });
    expect(answerTo(id, said('absent')).state).toBe('qualified');
    expect(answerTo(id, said('not-read'))).toMatchObject({
      state: 'partial-evidence',
      outside: { present: ['System aws'] },
    });
  });

  test('a source that told nothing is no system that was read', () => {
    const sources = allGood.sources.map((source) => ({
      ...source,
      read: source.collector !== 'microsoft365',
    }));
    const { statement, covers, doesNotCover } = answerTo('INS-MFA-14', { sources });
    expect(covers?.systems).toEqual([]);
    expect(doesNotCover).toContain(
      'System microsoft365 (microsoft365-one): connected, and nothing of it could be read',
    );
    expect(statement).toContain('for no system, because nothing was read that bears on this');
  });
});

test('a statement tells what each test leaves out, and not its claim alone', () => {
  const { statement } = answerTo('INS-NET-01');
  expect(statement).toContain(
    'Limits of these tests: no-open-admin-ports: Regions that are not switched on were not looked at.',
  );
  // Of what was not counted nothing is claimed.
  const none = answerTo('INS-NET-01', { results: withoutResult('no-open-admin-ports') });
  expect(none.statement).not.toContain('Limits of these tests');
});

describe('what the company answered', () => {
  const fails = withResults(resultFrom('legacy-auth-blocked-m365', ['pass', 'fail']));
  const stored = (value: StoredAnswer['value'], more = {}) => ({
    stored: [said('INS-MFA-14', value), said('INS-GOV-02', 'yes')],
    ...more,
  });

  test('a yes that the evidence shows to be none is contradicted, and so is a no', () => {
    expect(answerTo('INS-MFA-14', stored('yes', { results: fails }))).toMatchObject({
      state: 'contradicted',
      drafted: 'supported-no',
      stored: [{ value: 'yes', holds: 'contradicted' }],
    });
    expect(answerTo('INS-MFA-14', stored('no')).state).toBe('contradicted');
    expect(answerTo('INS-MFA-14', stored('no', { results: fails })).stored[0]?.holds).toBe('holds');
  });

  test('of several forms one is enough', () => {
    const both = [said('INS-MFA-14', 'no', { form: 'A' }), said('INS-MFA-14', 'yes', { form: 'B' })];
    const { state, stored: tested } = answerTo('INS-MFA-14', { stored: both, results: fails });
    expect(state).toBe('contradicted');
    expect(tested.map(({ holds }) => holds)).toEqual(['holds', 'contradicted']);
  });

  test('it makes nothing true: what the evidence does not show stays as it is', () => {
    const results = withoutResult('legacy-auth-blocked-m365');
    expect(answerTo('INS-MFA-14', stored('yes', { results }))).toMatchObject({
      state: 'partial-evidence',
      stored: [{ holds: 'not-shown' }],
    });
    const person = answerTo('INS-GOV-02', stored('yes'));
    expect(person).toMatchObject({ state: 'person-only', stored: [{ holds: 'untested' }] });
  });

  test('what is chosen is held against the controls of each option', () => {
    const choose = (value: StoredAnswer['value'], results = allGood.results) =>
      answerTo('INS-BAK-02', { stored: [said('INS-BAK-02', value)], results }).stored[0]?.holds;
    const open = withResults(resultFrom('backups-immutable', ['fail']));
    // Locks of vaults say nothing of copies that are in none.
    expect(choose(['unchangeable'])).toBe('qualified');
    expect(choose(['unchangeable', 'offline'])).toBe('qualified');
    expect(choose(['offline'])).toBe('untested');
    expect(choose(['offline', 'unchangeable'], open)).toBe('contradicted');
    expect(choose(['unchangeable'], withoutResult('backups-immutable'))).toBe('not-shown');
  });

  test('what is chosen holds where the evidence shows all of it, and is ruled out by what would have to hold as well', () => {
    const choose = (value: StoredAnswer['value'], known = {}) =>
      answerTo('INS-MFA-12', { stored: [said('INS-MFA-12', value)], ...known }).stored[0]?.holds;
    const [some, all] = ['phishing-resistant-for-administrators', 'phishing-resistant-for-everybody'];
    expect(choose([some])).toBe('holds');
    expect(choose([some], { systems: [] })).toBe('qualified');
    expect(choose([all])).toBe('untested');
    const results = withResults(resultFrom('mfa-phishing-resistant-admins-m365', ['pass', 'fail']));
    expect(choose([all], { results })).toBe('contradicted');
  });

  test('a number or a list is in doubt where something that bears on it fails, and never said to be out of reach', () => {
    const count = (known = {}) =>
      answerTo('INS-PRIV-01', { stored: [said('INS-PRIV-01', 2)], ...known }).stored[0]?.holds;
    expect(count()).toBe('not-shown');
    const results = withResults(resultFrom('admin-count-bounded-m365', ['fail']));
    expect(count({ results })).toBe('doubtful');
  });

  test('a share of all is contradicted by whatever is shown to be left out', () => {
    const results = withResults(resultFrom('mfa-gap-privileged-anywhere', ['pass', 'fail']));
    expect(answerTo('INS-MFA-13', { results, stored: [said('INS-MFA-13', 100)] }).stored).toMatchObject([
      { holds: 'contradicted' },
    ]);
  });

  test('a share is compared without rounding', () => {
    const almost = Array.from({ length: 1000 }, (_, n) => (n < 4 ? ('fail' as const) : ('pass' as const)));
    const results = withResults(resultFrom('mfa-required-all-users-m365', almost));
    const share = (value: number, more = results) =>
      answerTo('INS-MFA-13', { stored: [said('INS-MFA-13', value)], results: more }).stored[0]?.holds;
    expect([share(100), share(99.7), share(99.6), share(90)]).toEqual([
      'contradicted',
      'contradicted',
      'qualified',
      'qualified',
    ]);
    const unknown = withResults(resultFrom('mfa-required-all-users-m365', ['pass', 'no-data'], ['refused']));
    expect(share(100, unknown)).toBe('not-shown');
    expect(answerTo('INS-MFA-13', { results }).statement).toContain('996 of 1000');
    expect(answerTo('INS-MFA-13', { results }).statement).not.toMatch(/100 ?(%|per ?cent)/);
  });
});

describe('age', () => {
  const later = (hours: number) => new Date(Date.parse(asOf) + hours * 3_600_000).toISOString();

  test('evidence of more than 36 hours, or what is said instead, says nothing of now', () => {
    expect(answerTo('INS-MFA-14', { now: later(36) }).state).toBe('supported-yes');
    expect(answerTo('INS-MFA-14', { now: later(37) }).state).toBe('stale');
    expect(answerTo('INS-MFA-14', { now: later(719), maxAgeHours: 720 }).state).toBe('supported-yes');
    expect(answerTo('INS-GOV-02', { now: later(999) }).state).toBe('person-only');
  });

  test('a contradiction is told however old', () => {
    const results = withResults(resultFrom('legacy-auth-blocked-m365', ['fail']));
    const stored = [said('INS-MFA-14', 'yes')];
    expect(answerTo('INS-MFA-14', { now: later(99), results, stored }).state).toBe('contradicted');
  });
});

describe('requests', () => {
  test('are served where every list was wholly read, whatever it shows', () => {
    const results = withResults(resultFrom('mfa-required-all-users-m365', ['fail']));
    expect(answerTo('PBC-603', { results })).toMatchObject({ state: 'supported-yes' });
    const readings = allGood.readings.map((reading) => ({
      ...reading,
      complete: reading.collector !== 'aws',
    }));
    expect(answerTo('PBC-603', { readings })).toMatchObject({ state: 'partial-evidence' });
    expect(answerTo('PBC-603', { readings: [] }).untold).toContain('nothing that was due lists account');
  });

  test('a part is never the whole', () => {
    expect(answerTo('PBC-611').state).toBe('partial-evidence');
  });
});
