import { expect, test } from 'vitest';
import { Exception } from '../../controls/declarations.ts';
import { except } from '../../controls/evaluate.ts';
import { asOf, judged } from './support.ts';
import { denied } from './told.ts';
import { microsoft365 } from './worlds.ts';

const control = 'mfa-no-untracked-exclusions';
const gone = '00000077-1111-4222-8333-444444444444';
const leaving = (excludeUsers: readonly string[], excludeLocations: readonly string[] = []) =>
  microsoft365({ policy: { excludeUsers, excludeLocations } });

const accepting = (...subjects: readonly string[]) =>
  Exception.parse({
    id: 'left-out',
    control,
    subjects,
    class: 'emergency account',
    owner: 'the owner',
    approver: 'the approver',
    reason: 'nobody must be locked out',
    safeguard: { text: 'its use is noticed' },
    start: '2026-01-01',
    end: '2026-12-31',
  });

test('each thing that a policy leaves out is a row, which names it and the policy', async () => {
  const { verdicts, population } = await judged(
    control,
    leaving(['cleo', 'CLEO', 'None'], ['AllTrusted', 'office']),
  );
  const rows = verdicts
    .filter(({ status }) => status === 'fail')
    .map(({ subject, reason }) => [subject, reason]);
  expect(rows.sort()).toEqual([
    ['policy-one:account:CLEO', 'MFA for administrators leaves out the account CLEO'],
    ['policy-one:account:cleo', 'MFA for administrators leaves out the account cleo@larkspur.example'],
    ['policy-one:place:AllTrusted', 'MFA for administrators leaves out the place AllTrusted'],
    ['policy-one:place:office', 'MFA for administrators leaves out the place Office'],
  ]);
  expect(population).toMatchObject({ total: 6, fail: 4, pass: 1, notApplicable: 1 });
});

test('an exception accepts one of them, and not what the policy leaves out beside it or later', async () => {
  const result = await judged(control, leaving(['bob', 'cleo']));
  const one = except(result, [accepting('policy-one:account:cleo')], asOf, () => true);
  expect([one.status, one.population.excepted, one.population.fail]).toEqual(['fail', 1, 1]);
  const both = accepting('policy-one:account:cleo', 'policy-one:account:bob');
  expect(except(result, [both], asOf, () => true).status).toBe('excepted');
  const policy = except(result, [accepting('policy-one')], asOf, () => true);
  expect([policy.status, policy.population.fail]).toEqual(['fail', 2]);
});

test('what was deleted fails though it was accepted, and where users were not read nobody says that it was', async () => {
  const accepted = [accepting(`policy-one:account:${gone}`)];
  const result = except(await judged(control, leaving([gone])), accepted, asOf, () => true);
  const [left] = result.verdicts.filter(({ status }) => status === 'fail');
  expect([result.status, left!.subject, left!.reason]).toEqual([
    'fail',
    'policy-one',
    `it leaves out ${gone}, which is no longer there`,
  ]);
  const unread = await judged(control, denied(leaving([gone]), 'microsoft365/users'));
  expect(except(unread, accepted, asOf, () => true).status).toBe('no-data');
});

test('the addresses that older settings trust are nothing that was deleted', async () => {
  const result = await judged(control, leaving([], ['00000000-0000-0000-0000-000000000000']));
  expect(result.verdicts.find(({ subject }) => subject === 'policy-one')).toMatchObject({ status: 'pass' });
});
