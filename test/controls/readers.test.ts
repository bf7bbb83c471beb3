import { expect, test } from 'vitest';
import { aws } from '../../collectors/aws/index.ts';
import actions from '../../controls/access/reading-actions.json' with { type: 'json' };
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
