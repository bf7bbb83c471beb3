import fc from 'fast-check';
import { expect, test } from 'vitest';
import { aws } from '../../collectors/aws/index.ts';
import actions from '../../controls/access/reading-actions.json' with { type: 'json' };
import { cases } from './cases/collector-read-only.ts';
import { losses } from './losses.ts';
import { judged, type Told } from './support.ts';
import { spoiled } from './told.ts';
import { accountReader, tenantReader } from './worlds/readers.ts';

test('the list of actions that only read is of those that Exhibit asks for in AWS, and of no others', () => {
  const asked = new Set(aws.datasets.flatMap(({ permissions }) => permissions));
  expect(actions).toEqual([...asked].sort());
});

const verdict = async (told: readonly Told[]) => {
  const { verdicts } = await judged('collector-read-only', told);
  return verdicts.map(({ status, reason }) => [status, reason]);
};

test('nobody who reads passes while more may have been granted to them than was read', async () => {
  expect(await verdict(tenantReader())).toEqual([['pass', expect.any(String)]]);
  const elsewhere = spoiled(tenantReader(), 'microsoft365/app-role-assignments', {
    partitions: { graph: 'complete', exchange: 'denied' },
  });
  expect(await verdict(elsewhere)).toEqual([['no-data', expect.stringContaining('of exchange is denied')]]);
  const accounts = (document: unknown) =>
    spoiled(accountReader({ document }), 'aws/account-authorization-details', {
      partitions: { '111122223333': 'complete', '444455556666': 'denied' },
    });
  const takesOn = { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: '*' }] };
  const lists = { Statement: [{ Effect: 'Allow', Action: 'iam:ListMFADevices', Resource: '*' }] };
  expect(await verdict(accounts(takesOn))).toEqual([
    ['no-data', expect.stringContaining('444455556666 is denied')],
  ]);
  // Where it may take on nothing, what other accounts have lets it in nowhere.
  expect(await verdict(accounts(lists))).toEqual([['pass', expect.any(String)]]);
});

test('losing evidence makes nothing pass', { timeout: 60_000 }, async () => {
  let lost = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...cases),
      fc.nat(1000),
      fc.nat(1000),
      fc.constantFrom(...losses),
      async ([title, told, status], which, pick, lose) => {
        const less = told.map((each, n) => (n === which % told.length ? lose(each, pick) : each));
        const after = await judged('collector-read-only', less);
        if (status !== 'pass') expect(after.status, title).not.toBe('pass');
        else if (after.status !== 'pass') lost += 1;
      },
    ),
    { numRuns: 600 },
  );
  expect(lost).toBeGreaterThan(20);
});
