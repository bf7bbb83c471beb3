import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { controlOverParts, need } from '../../controls/control.ts';
import { evaluate, except } from '../../controls/evaluate.ts';
import { all, any, fail, pass, unless } from '../../controls/finding.ts';
import { Account, CloudAccount, Credential, PasswordPolicy } from '../../evidence-model/kinds.ts';
import { evidenceOf, type Told } from './support.ts';
import { denied, more, spoiled, unknown, without } from './told.ts';

/** Over two parts of one kind and another kind, with relatives that stand above, beside and below. */
const subject = controlOverParts({
  id: 'of-parts',
  severity: 'low',
  assertion: 'It is so.',
  board: 'It matters.',
  remedy: 'Do it.',
  collectors: ['aws'],
  population: 'things of several kinds',
  parameters: z.strictObject({ least: z.number().default(8) }),
  parts: (part) => [
    part({
      over: need(Account, ['mfaEnabled'], undefined, { root: [true] }),
      related: { accounts: need(CloudAccount, ['state'], { id: 'cloudAccount' }) },
      test: (root, { related, open }) =>
        all([
          root.given(['mfaEnabled'], ({ mfaEnabled }) => (mfaEnabled ? pass('') : fail('no factor'))),
          unless(
            open('accounts'),
            any(
              related('accounts').map((each) =>
                each.given(['state'], ({ state }) => (state === 'ACTIVE' ? pass('') : fail('off'))),
              ),
              fail('in no account'),
            ),
          ),
        ]),
    }),
    part({
      over: need(Account, ['name'], undefined, { root: [false] }),
      related: { keys: need(Credential, ['active'], 'account', { type: ['access-key'] }) },
      test: (_, { related, open }) =>
        unless(open('keys'), related('keys').length > 0 ? pass('has a key') : fail('has no key')),
    }),
    part({
      over: need(PasswordPolicy, ['minimumLength']),
      related: { accounts: need(Account, ['name'], { cloudAccount: 'cloudAccount' }) },
      test: (policy, { parameters: { least } }) =>
        policy.given(['minimumLength'], ({ minimumLength }) =>
          minimumLength < least ? fail('too short') : pass(''),
        ),
    }),
  ],
});

const listing = (dataset: string, kind: string, records: readonly Record<string, unknown>[]): Told => ({
  dataset,
  kinds: {
    [kind]: { speaks: [...new Set(records.flatMap((record) => Object.keys(record)))], lists: true },
  },
  partitions: { '111': 'complete' },
  records: records.map((record, n) => ({ id: `${kind}-${n}`, ...record, kind, partition: '111' })),
});

const world: readonly Told[] = [
  { ...listing('aws/accounts', 'cloud-account', [{ id: '111', state: 'ACTIVE' }]) },
  {
    ...listing('aws/roots', 'account', [
      { id: 'root', name: 'root', root: true, mfaEnabled: true, cloudAccount: '111' },
    ]),
    kinds: {
      account: {
        speaks: ['name', 'root', 'mfaEnabled', 'cloudAccount'],
        lists: { field: 'root', values: [true] },
      },
    },
  },
  {
    ...listing('aws/users', 'account', [{ id: 'ada', name: 'ada', root: false, cloudAccount: '111' }]),
    kinds: {
      account: { speaks: ['name', 'root', 'cloudAccount'], lists: { field: 'root', values: [false] } },
    },
  },
  listing('aws/keys', 'credential', [
    { id: 'key', account: 'ada', type: 'access-key', active: true },
    { id: 'certificate', account: 'root', type: 'signing-certificate', active: true },
  ]),
  listing('aws/policies', 'password-policy', [{ id: '111', minimumLength: 14, cloudAccount: '111' }]),
];

const result = (told: readonly Told[]) => evaluate(subject, {}, evidenceOf(told));

describe('a population of several parts', () => {
  test('is all of them, each judged by its own rule', () => {
    const { status, verdicts, because } = result(world);
    expect(because).toEqual([]);
    expect(status).toBe('pass');
    expect(verdicts.map((each) => [each.subject, each.status])).toEqual([
      ['root', 'pass'],
      ['ada', 'pass'],
      ['111', 'pass'],
    ]);
  });

  test.each(['aws/roots', 'aws/users', 'aws/policies'])('passes only where %s lists its part', (dataset) => {
    const missing = result(without(world, dataset));
    expect(missing.status).toBe('no-data');
    expect(missing.because.join()).toMatch(/no dataset that was due (lists|speaks of)/);
    const refused = result(denied(world, dataset));
    expect(refused.status).toBe('no-data');
    expect(refused.verdicts.every((each) => each.status === 'no-data' || each.status === 'pass')).toBe(true);
  });

  test('is not listed by who lists another part of the kind', () => {
    const other = { account: { speaks: ['name', 'root'], lists: { field: 'root', values: [true] } } };
    expect(result(spoiled(world, 'aws/users', { kinds: other })).because).toContain(
      'aws-one: no dataset that was due lists accounts of the sort false',
    );
  });

  test('takes what may be of any part as one row that is not known', () => {
    const { verdicts, status } = result(
      more(world, 'aws/users', { kind: 'account', id: 'bob', partition: '111', root: unknown }),
    );
    expect(status).toBe('no-data');
    expect(verdicts.filter((each) => each.subject === 'bob').map((each) => each.status)).toEqual(['no-data']);
  });

  test('fails where one part does, and is undecided where one part is refused', () => {
    const policy = { kind: 'password-policy', id: '111', partition: '111', cloudAccount: '111' };
    const short = spoiled(world, 'aws/policies', { records: [{ ...policy, minimumLength: 6 }] });
    expect(result(short).status).toBe('fail');
    expect(result(denied(short, 'aws/users')).status).toBe('fail');
  });
});

describe('a part of some kinds of sources', () => {
  const some = controlOverParts({
    ...{ id: 'of-sources', severity: 'low', assertion: 'It is so.', board: 'It matters.', remedy: 'Do it.' },
    collectors: ['aws', 'github'],
    population: 'things of several sources',
    parameters: z.strictObject({}),
    parts: (part) => [
      part({
        collectors: ['aws'],
        over: need(PasswordPolicy, ['minimumLength']),
        related: {},
        test: (policy) =>
          policy.given(['minimumLength'], ({ minimumLength }) => (minimumLength < 8 ? fail('') : pass(''))),
      }),
      part({
        collectors: ['github'],
        over: need(Account, ['mfaEnabled']),
        related: {},
        test: (account) =>
          account.given(['mfaEnabled'], ({ mfaEnabled }) => (mfaEnabled ? pass('') : fail(''))),
      }),
    ],
  });
  const people = listing('github/members', 'account', [{ id: 'cleo', mfaEnabled: true }]);
  const judge = (told: readonly Told[]) => evaluate(some, {}, evidenceOf(told));

  test('asks nothing of the others, and judges nothing of theirs', () => {
    const { status, because, verdicts } = judge([...world, people]);
    expect([status, because]).toEqual(['pass', []]);
    expect(verdicts.map(({ source, subject }) => `${source} ${subject}`)).toEqual([
      'aws-one 111',
      'github-one cleo',
    ]);
    expect(judge([...denied(world, 'aws/roots'), people]).status).toBe('pass');
  });

  test('is not passed by the others where its own was refused', () => {
    expect(judge([...denied(world, 'aws/policies'), people]).status).toBe('no-data');
    expect(judge(denied([...world, people], 'github/members')).status).toBe('no-data');
    expect(judge([...without(world, 'aws/policies'), people]).status).toBe('no-data');
  });
});

describe('relatives', () => {
  test('that stand above are found by what the subject says of them', () => {
    const off = spoiled(world, 'aws/accounts', {
      records: [{ kind: 'cloud-account', id: '111', partition: '111', state: 'SUSPENDED' }],
    });
    expect(result(off).verdicts[0]).toMatchObject({ subject: 'root', status: 'fail' });
  });

  test('are not known where the subject does not say whose they are', () => {
    const [, roots] = world;
    const { verdicts } = result(
      spoiled(world, 'aws/roots', {
        records: roots!.records.map((record) => ({ ...record, cloudAccount: unknown })),
      }),
    );
    const root = verdicts.find((each) => each.subject === 'root');
    expect(root).toMatchObject({ status: 'no-data', reason: 'cloudAccount of root is not known' });
    expect(verdicts.find((each) => each.subject === '111')).toMatchObject({ status: 'no-data' });
  });

  test('of another part are none, and those of which nobody knows the part could be anybody’s', () => {
    const [, , , keys] = world;
    const change = (fields: Readonly<Record<string, unknown>>) =>
      result(
        spoiled(world, 'aws/keys', { records: keys!.records.map((record) => ({ ...record, ...fields })) }),
      );
    expect(change({ type: 'deploy-key' }).verdicts[1]).toMatchObject({ status: 'fail' });
    const open = change({ type: unknown });
    expect(open.verdicts[1]).toMatchObject({ status: 'no-data' });
    expect(open.because.join()).toMatch(/type of 2 credential is not known/);
  });
});

test('an exception that names what two kinds call alike accepts neither', () => {
  const alike = more(world, 'aws/users', {
    kind: 'account',
    id: '111',
    partition: '111',
    root: false,
    name: 'x',
    cloudAccount: '111',
  });
  const exception = {
    id: 'one',
    control: 'of-parts',
    subjects: ['111', 'ada'],
    class: 'migration' as const,
    owner: 'the owner',
    approver: 'the approver',
    reason: 'being replaced',
    safeguard: { text: 'an alarm' },
    start: '2026-06-01',
    end: '2026-06-30',
  };
  for (const named of [exception, { ...exception, source: 'aws-one' }]) {
    const { population } = except(result(alike), [named], '2026-06-30T03:00:00.000Z', () => true);
    expect(population).toMatchObject({ fail: 1, excepted: 0 });
  }
});
