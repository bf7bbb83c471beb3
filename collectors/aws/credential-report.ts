import { parse as parseCsv } from 'csv-parse/sync';
import { z } from 'zod';
import { Account, Credential } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { summaryCount, summaryRequest } from './account-summary.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { credentialsOf, lastSignIn, Row, showsAccessKey, time, yesOrNo } from './credential-report-row.ts';
import { dataset, rootArn } from './scope.ts';

const Report = z.object({ Content: z.base64(), GeneratedTime: z.iso.datetime() });
const Parsed = z.object({ generatedTime: z.iso.datetime() });

/** A column that stands twice could say one thing to us and another to somebody else. */
function eachOnce(header: readonly string[]): string[] {
  if (new Set(header).size !== header.length) throw new SyntaxError('a column of the report stands twice');
  return [...header];
}

/** Passwords, second factors and keys of the root user and of each IAM user, as AWS last wrote them down. */
export const credentialReport = dataset.state({
  id: 'aws/credential-report',
  title: 'Credential reports',
  docs: 'https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html',
  permissions: ['iam:GenerateCredentialReport', 'iam:GetCredentialReport', 'iam:GetAccountSummary'],
  tier: 'insurance-mfa',
  personal: ['account names', 'times of use'],
  speaks: [
    speaks(
      Account,
      [
        'name',
        'cloudAccount',
        'root',
        'createdAt',
        'mfaEnabled',
        'consolePassword',
        'passwordChangedAt',
        'passwordLastUsedAt',
        'accessKeysPresent',
      ],
      { lists: true },
    ),
    speaks(Credential, ['cloudAccount', 'account', 'type', 'active', 'rotatedAt', 'lastUsedAt'], {
      lists: true,
    }),
  ],
  each: activeAccounts,
  neverEmpty: 'every account has a root user, whom the report names first',
  requests: (_scope, { id }) => [
    {
      service: 'iam',
      operation: 'GetCredentialReport',
      input: {},
      account: id,
      prepare: {
        operation: 'GenerateCredentialReport',
        until: { field: 'State', equals: 'COMPLETE' },
        maximumWaitMs: 5 * 60_000,
      },
    },
  ],
  parse(value) {
    const { Content, GeneratedTime } = Report.parse(value);
    const text = new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(Content, 'base64'));
    const rows: unknown = parseCsv(text, { columns: eachOnce, skip_empty_lines: true });
    return { generatedTime: GeneratedTime, rows };
  },
  // AWS hands out the same report for four hours: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html
  observed: { at: (page) => Parsed.parse(page).generatedTime, maximumAgeHours: 5 },
  count: {
    what: 'the account summary (its users and the root user)',
    request: (_scope, { id }) => summaryRequest(id),
    of(value) {
      const users = summaryCount(value, ['Users']);
      return users === null ? null : users + 1;
    },
  },
  lists: [
    dataset.list('/rows', Row, (row, { scope, parent }: OfAccount) => {
      const { user, arn } = row;
      const root = user === '<root_account>';
      if (arn.split(':')[4] !== parent.id) throw new Error('the report is about another account');
      const account = root ? rootArn(scope, parent.id) : arn;
      return [
        Account.record({
          id: account,
          name: user,
          cloudAccount: parent.id,
          root,
          createdAt: time(row.user_creation_time),
          mfaEnabled: yesOrNo(row.mfa_active),
          consolePassword: yesOrNo(row.password_enabled),
          passwordChangedAt: time(row.password_last_changed),
          passwordLastUsedAt: lastSignIn(row),
          accessKeysPresent: showsAccessKey(row)
            ? true
            : { unknown: 'the credential report shows active keys only' },
        }),
        ...credentialsOf(row, { cloudAccount: parent.id, account }),
      ];
    }),
  ],
});
