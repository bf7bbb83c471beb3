import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { aws } from '../../collectors/aws/index.ts';
import { buildAws, type AwsModel } from '../../demo/aws/model.ts';
import { startAws, type AwsServer } from '../../demo/aws/server.ts';
import type { Tree } from '../../demo/aws/wire.ts';
import { xmlOfMembers } from '../../demo/aws/xml.ts';
import type { Judgement } from '../../exports/judge.ts';
import { withNeeds } from '../../scheduler/order.ts';
import { Clock, readNight } from '../hostile/bench.ts';
import { haveSamples, sample, samplePath } from '../support/samples.ts';

/*
 * Credential reports and authorization details that others published, served in place of the stand-in's own. What must
 * be found in them is counted here by other means than the datasets': cells by their place in a line, and whatever has
 * the shape of a policy.
 */
const clock = new Clock('2026-05-04T02:00:00Z');
const rows: string[] = [];
let model: AwsModel;
let server: AwsServer;

beforeAll(async () => {
  model = buildAws({ seed: 'samples', now: clock.now(), accounts: 1, usersPerAccount: 1, defects: false });
  server = await startAws(model, { now: clock.now });
});

afterAll(async () => {
  await server.close();
  process.stdout.write(['| sample | in the file | read |', '|---|---|---|', ...rows, ''].join('\n'));
});

/** Reads and judges a dataset of which this answer is served, in the account that it is about. */
async function night(
  dataset: string,
  account: string,
  served: { readonly operation: string; readonly result: Tree; readonly counts: Record<string, number> },
): Promise<Judgement> {
  const [own] = model.accounts;
  own!.id = account;
  model.organization!.managementAccount = account;
  for (const caller of model.callers) caller.account = account;
  own!.summaryLies = served.counts;
  const { operation, result } = served;
  server.faults.add({
    match: { operation: new RegExp(`^iam/${operation}$`) },
    fault: {
      kind: 'answer',
      status: 200,
      headers: { 'content-type': 'text/xml' },
      body: `<${operation}Response><${operation}Result>${xmlOfMembers(result)}</${operation}Result></${operation}Response>`,
    },
  });
  const [reader] = model.callers;
  const config = aws.config.parse({
    endpoint: server.url,
    accounts: 'this',
    credentials: { accessKeyId: reader!.accessKeyId, secretAccessKey: reader!.secretAccessKey },
  });
  try {
    return await readNight(
      {
        id: 'aws-sample',
        title: aws.title,
        collector: aws,
        datasets: withNeeds(aws.datasets, dataset),
        scope: aws.scope(config as never),
        settings: () => Promise.resolve(config),
      },
      { clock, authorities: [], report: () => undefined },
    );
  } finally {
    server.faults.clear();
    await clock.sleep(24 * 3_600_000);
  }
}

const snapshotOf = (judgement: Judgement, id: string) =>
  judgement.datasets.find(({ dataset }) => dataset === id)!.snapshot!;

const counted = (values: readonly string[]) =>
  Object.fromEntries(
    [...new Set(values)].sort().map((each) => [each, values.filter((v) => v === each).length]),
  );

describe.skipIf(!haveSamples)('credential reports that others published', () => {
  const file = (name: string) => readFileSync(samplePath(`aws-credential-reports/${name}.csv`), 'utf8');
  /** The cells of a report by the names of its first line. None of these files quotes anything. */
  const cellsOf = (csv: string) => {
    const [head = '', ...lines] = csv.trimEnd().split('\n');
    expect(csv).not.toContain('"');
    const names = head.split(',');
    return lines.map((line) => Object.fromEntries(line.split(',').map((cell, n) => [names[n]!, cell])));
  };
  const read = async (csv: string) => {
    const cells = cellsOf(csv);
    const judgement = await night('aws/credential-report', /::(\d{12}):/.exec(csv)![1]!, {
      operation: 'GetCredentialReport',
      result: {
        Content: Buffer.from(csv).toString('base64'),
        ReportFormat: 'text/csv',
        GeneratedTime: clock.now().toISOString(),
      },
      counts: { Users: cells.length - 1 },
    });
    return { cells, judgement, snapshot: snapshotOf(judgement, 'aws/credential-report') };
  };

  test.each(['c7n-test_iam_user_console_old', 'c7n-test_iam_user_unused_keys'])(
    '%s is read whole, and says what the file says',
    async (name) => {
      // Whoever made one of them nameless gave two users the same name.
      const seen = new Set<string>();
      const csv = file(name)
        .split('\n')
        .map((line) => {
          const [user = ''] = line.split(',');
          const again = seen.has(user);
          seen.add(user);
          return again ? line.replaceAll(user, `${user}-again`) : line;
        })
        .join('\n');
      const { cells, judgement, snapshot } = await read(csv);
      expect(snapshot.end.reasons).toEqual([]);
      expect(snapshot.end.outcome).toBe('complete');

      const users = cells.filter(({ user }) => user !== '<root_account>');
      const active = (row: Record<string, string>) =>
        [row['access_key_1_active'], row['access_key_2_active']].filter((cell) => cell === 'true').length;
      const wanted = {
        users: users.length,
        roots: cells.length - users.length,
        passwords: users.filter((row) => row['password_enabled'] === 'true').length,
        'passwords without MFA': users.filter(
          (row) => row['password_enabled'] === 'true' && row['mfa_active'] === 'false',
        ).length,
        'active keys': cells.reduce((sum, row) => sum + active(row), 0),
      };
      const records = [...snapshot.records()];
      const accounts = records.filter(({ kind }) => kind === 'account').map(({ data }) => data);
      const people = accounts.filter((data) => data['root'] === false);
      const judged = judgement.results.find(({ control }) => control === 'mfa-aws-console-users')!;
      const found = {
        users: people.length,
        roots: accounts.length - people.length,
        passwords: people.filter((data) => data['consolePassword'] === true).length,
        'passwords without MFA': judged.verdicts.filter(({ status }) => status === 'fail').length,
        'active keys': records.filter(
          ({ kind, data }) =>
            kind === 'credential' && data['type'] === 'access-key' && data['active'] === true,
        ).length,
      };
      rows.push(`| ${name} | ${JSON.stringify(wanted)} | ${JSON.stringify(found)} |`);
      expect(found).toEqual(wanted);
      expect(wanted['active keys']).toBeGreaterThan(0);
      // Each by name, and nobody twice.
      expect(people.map(({ id }) => id).sort()).toEqual(users.map(({ arn }) => arn).sort());
      expect(
        judged.verdicts
          .filter(({ status }) => status === 'fail')
          .map(({ subject }) => subject)
          .sort(),
      ).toEqual(
        users
          .filter((row) => row['password_enabled'] === 'true' && row['mfa_active'] !== 'true')
          .map(({ arn }) => arn)
          .sort(),
      );
    },
  );

  test('a report that names two users alike, as it was published, is not whole, and nobody passes on it', async () => {
    const { cells, judgement, snapshot } = await read(file('c7n-test_iam_user_console_old'));
    const names = cells.map(({ user }) => user);
    expect(new Set(names).size).toBeLessThan(names.length);
    expect(snapshot.end.outcome).toBe('partial');
    expect(snapshot.end.reasons.map(({ code }) => code)).toContain('duplicate-items');
    const { status, verdicts } = judgement.results.find(
      ({ control }) => control === 'mfa-aws-console-users',
    )!;
    expect(status).not.toBe('pass');
    expect(counted(verdicts.map((each) => each.status))['pass']).toBeUndefined();
  });
});

describe.skipIf(!haveSamples)('authorization details that others published', () => {
  type Node = Readonly<Record<string, unknown>>;
  const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
  /** Everything in a document that is an object, however deep. */
  const nodesIn = (value: unknown): Node[] =>
    isNode(value) ? [...(Array.isArray(value) ? [] : [value]), ...Object.values(value).flatMap(nodesIn)] : [];

  /** As IAM writes it: times with a T, policies as text that is coded like an address. */
  const onTheWire = (value: unknown, name = ''): Tree => {
    if (typeof value === 'string') return name.endsWith('Date') ? value.replace(' ', 'T') : value;
    if (!isNode(value)) return value as Tree;
    if (/Document$/.test(name)) return encodeURIComponent(JSON.stringify(value));
    if (Array.isArray(value)) return value.map((each) => onTheWire(each));
    return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, onTheWire(each, key)]));
  };

  test('they are read whole, and hold the users, groups, roles and policies of the file', async () => {
    const name = 'cloudsplaining-example_authz_v2';
    const document = sample(`aws-authz-details/${name}.json`) as Readonly<Record<string, readonly Node[]>>;
    const nodes = nodesIn(document);
    // Each thing is told by the fields that only such a thing has.
    const arns = (field: string) =>
      nodes
        .filter((node) => field in node && 'Arn' in node)
        .map(({ Arn }) => String(Arn))
        .sort();
    const wanted = {
      account: arns('UserName'),
      group: arns('GroupName'),
      role: arns('AssumeRolePolicyDocument'),
      policies: nodes.filter((node) => 'PolicyDocument' in node || node['IsDefaultVersion'] === true).length,
    };
    const judgement = await night('aws/account-authorization-details', '012345678901', {
      operation: 'GetAccountAuthorizationDetails',
      result: { ...(onTheWire(document) as Record<string, Tree>), IsTruncated: false },
      counts: { Users: wanted.account.length, Groups: wanted.group.length, Roles: wanted.role.length },
    });
    const snapshot = snapshotOf(judgement, 'aws/account-authorization-details');
    expect(snapshot.end.reasons).toEqual([]);
    expect(snapshot.end.outcome).toBe('complete');
    const records = [...snapshot.records()];
    const ids = (kind: string) =>
      records
        .filter((record) => record.kind === kind)
        .map(({ data }) => data.id)
        .sort();
    const found = {
      account: ids('account'),
      group: ids('group'),
      role: ids('role'),
      policies: ids('policy').length,
    };
    rows.push(`| ${name} | ${JSON.stringify(sizes(wanted))} | ${JSON.stringify(sizes(found))} |`);
    expect(found).toEqual(wanted);
    // The documents came through as they are in the file.
    const documents = (all: readonly unknown[]) => all.map((each) => JSON.stringify(each)).sort();
    expect(
      documents(records.filter(({ kind }) => kind === 'policy').map(({ data }) => data['document'])),
    ).toEqual(
      documents(
        nodes.flatMap((node) =>
          'PolicyDocument' in node
            ? [node['PolicyDocument']]
            : node['IsDefaultVersion'] === true
              ? [node['Document']]
              : [],
        ),
      ),
    );
  });
});

function sizes(of: Readonly<Record<string, number | readonly unknown[]>>): Record<string, number> {
  return Object.fromEntries(
    Object.entries(of).map(([name, each]) => [name, typeof each === 'number' ? each : each.length]),
  );
}
