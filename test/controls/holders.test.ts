import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AccountHolder } from '../../evidence-model/kinds.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { losses } from './losses.ts';
import { evidenceOf, judged, type Told } from './support.ts';
import { addressed, left, people, robot, written } from './worlds/people.ts';

const controls = [
  'orphan-accounts-none',
  'person-access-matrix-complete',
  'leaver-active-elsewhere',
  'leaver-disabled-entra',
];

/** People of whom anything that decides may be so or otherwise, and what the company wrote down of them. */
const world = fc.record({
  told: fc
    .record({
      enabled: fc.boolean(),
      named: fc.constantFrom('ada@larkspur.example', 'eve@larkspur.example'),
      account: fc.constantFrom('10', '11', 'none'),
      others: fc.nat(2),
      external: fc.boolean(),
    })
    .map(({ enabled, named, account, others, external }) =>
      people({
        ada: { enabled },
        identity: { name: named, account },
        more: Array.from({ length: others }, () => ({})),
        center: { external },
      }),
    ),
  register: fc.constantFrom(
    {},
    written,
    { ...written, services: [robot] },
    { ...written, leavers: left('ada@larkspur.example') },
    { ...written, leavers: { ...left('ada'), people: [] } },
  ),
});

test('losing evidence never gives an account to somebody else, nor makes anything pass', async () => {
  let lost = 0;
  await fc.assert(
    fc.asyncProperty(
      world,
      fc.nat(1000),
      fc.nat(1000),
      fc.constantFrom(...losses),
      async ({ told, register }, which, pick, lose) => {
        const less = told.map((each, n) => (n === which % told.length ? lose(each, pick) : each));
        for (const id of controls) {
          const before = await judged(id, told, {}, { register });
          const after = await judged(id, less, {}, { register });
          // What somebody wrote down stands where nothing that was read says otherwise any more.
          if (before.verdicts.some(({ reason }) => reason.includes('said to be of several'))) continue;
          if (before.status !== 'pass') expect(after.status, id).not.toBe('pass');
          const passed = new Set(
            before.verdicts.filter(({ status }) => status === 'pass').map(({ subject }) => subject),
          );
          for (const { subject, status } of after.verdicts)
            if (status === 'pass') expect(passed.has(subject), `${id} ${subject}`).toBe(true);
          if (before.status === 'pass' && after.status !== 'pass') lost += 1;
        }
      },
    ),
    { numRuns: 600 },
  );
  expect(lost).toBeGreaterThan(10);
});

const one = (...names: readonly string[]) => fc.subarray(names.map((name) => `${name}@larkspur.example`));

/** Addresses and single sign-on that agree, differ or say nothing, where nobody wrote anything down of GitHub. */
const byAddress = fc
  .record({
    verified: fc.record({ '10': one('ada', 'bo', 'eve', 'ada.e'), '11': one('ada', 'bo') }),
    addresses: fc.record({ 'ada-id': one('ada.e', 'bo'), 'bo-id': one('ada.e') }),
    identity: fc.record({
      name: fc.constantFrom('ada@larkspur.example', 'bo@larkspur.example'),
      account: fc.constantFrom('10', '11', 'none'),
    }),
    role: fc.constantFrom('member', 'outside-collaborator'),
  })
  .map(({ role, ...facts }) => addressed({ ...facts, more: [{ role }] }));

test('where addresses and single sign-on say whose an account is, losing either never settles what they differ about', async () => {
  let [lost, differed] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      byAddress,
      fc.nat(1000),
      fc.nat(1000),
      fc.constantFrom(...losses),
      async (told, which, pick, lose) => {
        const less = told.map((each, n) => (n === which % told.length ? lose(each, pick) : each));
        for (const id of controls) {
          const before = await judged(id, told, {}, { register: written });
          const after = await judged(id, less, {}, { register: written });
          if (before.status !== 'pass') expect(after.status, id).not.toBe('pass');
          const passed = before.verdicts.filter(({ status }) => status === 'pass');
          for (const { subject, status, reason } of after.verdicts)
            if (status === 'pass')
              expect(
                passed.some((each) => each.subject === subject && each.reason === reason),
                `${id} ${subject} ${reason}`,
              ).toBe(true);
          if (before.verdicts.some(({ reason }) => reason.includes('said to be of several'))) differed += 1;
          if (before.status === 'pass' && after.status !== 'pass') lost += 1;
        }
      },
    ),
    { numRuns: 1000 },
  );
  expect(lost).toBeGreaterThan(20);
  expect(differed).toBeGreaterThan(100);
});

test('whose an account is by an address, cites where GitHub and the directory say so, and says by which way', () => {
  const wayOf = (...of: Parameters<typeof addressed>) => {
    const holder = evidenceOf(addressed(...of), { register: written })
      .subjects.of(AccountHolder.name)
      .find(({ id }) => id === '10')!;
    const cited = new Set(holder.fields.get('holder')!.citations.map(({ dataset }) => dataset));
    return [holder.fields.get('holder')!.value, holder.fields.get('way')!.value, [...cited].sort()];
  };
  const verified = { '10': ['ada@larkspur.example'] };
  const byBoth = [
    'github/members',
    'github/verified-emails',
    'microsoft365/user-addresses',
    'microsoft365/users',
  ];
  expect(wayOf({ verified })).toEqual(['ada', 'verified-email', byBoth]);
  expect(wayOf({ verified, identity: {} })).toEqual([
    'ada',
    'single-sign-on',
    [...byBoth, 'github/saml-identities'].sort(),
  ]);
});

test('every account is in the table once, whoever it belongs to', () => {
  fc.assert(
    fc.property(world, ({ told, register }) => {
      const accounts = told.flatMap(({ records }) =>
        records.filter(({ kind }) => kind === 'account' || kind === 'directory-user'),
      );
      const { subjects } = evidenceOf(told, { register });
      expect(
        subjects
          .of(AccountHolder.name)
          .map(({ id }) => id)
          .sort(),
      ).toEqual(accounts.map(({ id }) => id).sort());
    }),
  );
});

test('a name that is alike in capitals only is the same, one that is alike otherwise is not', () => {
  const holderOf = (told: readonly Told[], id: string) =>
    evidenceOf(told, { register: written })
      .subjects.of(AccountHolder.name)
      .find((each) => each.id === id)!
      .fields.get('holder')!.value;
  expect(holderOf(people({ identity: { name: 'ADA@LARKSPUR.EXAMPLE' } }), '10')).toBe('ada');
  expect(holderOf(people({ identity: { name: 'ada@larkspur.example.com' } }), '10')).toBe('none');
});

test('what is not told of many is said of each in few words', () => {
  const size = 5000;
  const evidence = evidenceOf([
    {
      dataset: 'microsoft365/users',
      kinds: { account: { speaks: ['name', 'enabled'], lists: true } },
      records: Array.from({ length: size }, (_, n) => ({
        kind: 'account',
        id: `user-${n}`,
        name: { unknown: 'not told' },
        enabled: true,
      })),
    },
    {
      dataset: 'github/members',
      kinds: { account: { speaks: ['name', 'root', 'role'], lists: true } },
      records: Array.from({ length: size }, (_, n) => ({
        kind: 'account',
        id: String(n),
        name: `member-${n}`,
        root: false,
        role: 'member',
      })),
    },
    {
      dataset: 'github/saml-identities',
      kinds: { 'external-identity': { speaks: ['account', 'name', 'protocols'], lists: true } },
      records: Array.from({ length: size }, (_, n) => ({
        kind: 'external-identity',
        id: `guid-${n}`,
        account: String(n),
        name: { unknown: 'not told' },
        protocols: ['saml'],
      })),
    },
  ]);
  const holders = evidence.subjects.of(AccountHolder.name);
  expect(holders.length).toBe(2 * size);
  const reasons = holders.flatMap(({ fields }) => {
    const value = fields.get('holder')!.value;
    return isUnknown(value) ? [value.unknown] : [];
  });
  expect(reasons.length).toBe(size);
  expect(Math.max(...reasons.map(({ length }) => length))).toBeLessThan(400);
});

test('when a leaver was switched off, and where they are still usable, is told where it was read', async () => {
  const off = people({ ada: { enabled: false } });
  const reasonOf = async (...events: readonly Readonly<Record<string, unknown>>[]) => {
    const log: Told = {
      dataset: 'microsoft365/directory-audits',
      kinds: {
        'directory-change': { speaks: ['at', 'activity', 'succeeded', 'targets'], lists: true },
      },
      log: { to: '2026-06-30T02:00:00.000Z', covered: [] },
      records: events.map((event, n) => ({
        kind: 'directory-change',
        id: `change-${n}`,
        at: '2026-06-17T10:30:00.000Z',
        activity: 'Disable account',
        succeeded: true,
        targets: ['ada-id'],
        ...event,
      })),
    };
    const register = { ...written, leavers: left('ada@larkspur.example', '2026-06-15') };
    const { verdicts } = await judged('leaver-disabled-entra', [...off, log], {}, { register });
    return verdicts[0]!.reason;
  };
  const elsewhere = 'still usable elsewhere: aws-one: ada, aws-one: ada@larkspur.example, github-one: ada-l';
  const told = `left on 2026-06-15, and the account is switched off at 2026-06-17T10:30Z, 35 hours after the end of that day in UTC; ${elsewhere}`;
  expect(await reasonOf({})).toBe(told);
  expect(await reasonOf({ at: '2026-06-16T00:00:00.000Z', activity: 'Update user' }, {})).toBe(told);
  expect(await reasonOf({ at: '2026-06-15T17:00:00.000Z' })).toContain('before the end of that day');
  for (const event of [{ succeeded: false }, { targets: ['bo-id'] }, { activity: 'Update user' }])
    expect(await reasonOf(event)).toBe(
      `left on 2026-06-15, and the account is switched off; no log that was read says when it was switched off; ${elsewhere}`,
    );
});
