import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset, rootArn, type Request } from './scope.ts';

const SummaryMap = z.record(z.string(), z.number());

/** The question whose answer counts what an account holds; other datasets reconcile themselves with it. */
export function summaryRequest(account: string): Request {
  return { service: 'iam', operation: 'GetAccountSummary', input: {}, account };
}

/** The sum of these numbers of an account summary; `null` where any of them is not told. */
export function summaryCount(value: unknown, keys: readonly string[]): number | null {
  const summary = z.object({ SummaryMap }).safeParse(value);
  if (!summary.success) return null;
  const numbers = keys.map((key) => summary.data.SummaryMap[key]);
  return numbers.reduce<number | null>(
    (sum, number) => (sum === null || number === undefined ? null : sum + number),
    0,
  );
}

/** What the root user of an account has: AWS counts inactive access keys too. */
export const accountSummary = dataset.state({
  id: 'aws/account-summary',
  title: 'Account summaries',
  docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html',
  permissions: ['iam:GetAccountSummary'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [
    speaks(Account, [
      'cloudAccount',
      'root',
      'mfaEnabled',
      'accessKeysPresent',
      'passwordPresent',
      'signingCertificatesPresent',
    ]),
  ],
  each: activeAccounts,
  requests: (_scope, { id }) => [summaryRequest(id)],
  lists: [
    dataset.one('/SummaryMap', SummaryMap, (summary, { scope, parent }: OfAccount) => [
      Account.record({
        id: rootArn(scope, parent.id),
        cloudAccount: parent.id,
        root: true,
        mfaEnabled: flag(summary, 'AccountMFAEnabled'),
        accessKeysPresent: flag(summary, 'AccountAccessKeysPresent'),
        passwordPresent: flag(summary, 'AccountPasswordPresent'),
        signingCertificatesPresent: flag(summary, 'AccountSigningCertificatesPresent'),
      }),
    ]),
  ],
});

function flag(summary: Readonly<Record<string, number>>, key: string): boolean | Unknown {
  const value = summary[key];
  if (value === 0) return false;
  if (value === 1) return true;
  return { unknown: value === undefined ? `the account summary has no ${key}` : `${key} is neither 0 nor 1` };
}
