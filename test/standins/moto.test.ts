import {
  AddUserToGroupCommand,
  AttachUserPolicyCommand,
  CreateAccessKeyCommand,
  CreateGroupCommand,
  CreateLoginProfileCommand,
  CreatePolicyCommand,
  CreateRoleCommand,
  CreateUserCommand,
  CreateVirtualMFADeviceCommand,
  DeleteAccountPasswordPolicyCommand,
  EnableMFADeviceCommand,
  IAMClient,
  UpdateAccessKeyCommand,
  UpdateAccountPasswordPolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CloudTrailClient,
  CreateTrailCommand,
  PutEventSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
} from '@aws-sdk/client-cloudtrail';
import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answering,
  exhibit,
  folderWith,
  freePort,
  relay,
  showDatasets,
  showResults,
  start,
  tools,
  type Program,
} from './support.ts';

/*
 * moto is a stand-in for AWS made by others. Where it is known to lie, the test says so:
 *  - its credential report has no row for the root user and says that it is of 2015: it must then not be complete;
 *  - the account summary says for ever that root has no MFA and no keys, and never whether it has a password;
 *  - trails write to a bucket that nobody checks;
 *  - it has every region of AWS switched on; asked for what it does not know, it breaks in each of them.
 * A relay in front of it adds the root row and the time, so that what moto does tell can be judged, and leaves two
 * regions; what is read without the root row is read through another that only leaves the two.
 */
const account = '123456789012';
const arn = (name: string) => `arn:aws:iam::${account}:user/${name}`;
const root = `arn:aws:iam::${account}:root`;

let moto: Program;
let url: string;
let honest: Awaited<ReturnType<typeof relay>>;
let rootless: Awaited<ReturnType<typeof relay>>;
const folders: string[] = [];

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };
const client = () => ({ endpoint: url, region: 'us-east-1', credentials });

beforeAll(async () => {
  const port = await freePort();
  moto = start(`${tools}venv/bin/moto_server`, ['-H', '127.0.0.1', '-p', String(port)]);
  url = `http://127.0.0.1:${port}`;
  await answering(url, moto);
  const target = (path: string) => `${url}${path}`;
  rootless = await relay({ target, after: ({ requestBody }, _, body) => inTwoRegions(requestBody, body) });
  honest = await relay({
    target,
    after: ({ requestBody }, status, body) =>
      status === 200 && requestBody.includes('Action=GetCredentialReport')
        ? withRoot(body)
        : inTwoRegions(requestBody, body),
  });
});

afterAll(async () => {
  honest.server.close();
  rootless.server.close();
  await moto.end();
  for (const folder of folders) await rm(folder, { recursive: true });
});

/** Leaves two of the regions that an answer lists. */
function inTwoRegions(requestBody: string, xml: string): string {
  if (!requestBody.includes('Action=DescribeRegions')) return xml;
  return xml.replaceAll(/<item>.*?<\/item>/gs, (item) =>
    /<regionName>(?:us-east-1|eu-west-1)</.test(item) ? item : '',
  );
}

/** Adds the row that AWS has and moto has not: a root user with a password and nothing else. */
function withRoot(xml: string): string {
  // Before the date of the answer, which moto wrote a moment ago.
  const made = new Date(Date.now() - 60_000).toISOString().replace(/\.\d+Z$/, 'Z');
  const timed = xml.replace(/<GeneratedTime>[^<]*</, `<GeneratedTime>${made}<`);
  return timed.replace(/<Content>([^<]*)<\/Content>/, (_, content: string) => {
    const [header = '', ...rows] = Buffer.from(content, 'base64').toString().trimEnd().split('\n');
    const values: Readonly<Record<string, string>> = {
      user: '<root_account>',
      arn: root,
      user_creation_time: '2020-01-01T00:00:00+00:00',
      password_enabled: 'not_supported',
      password_last_used: '2026-01-01T00:00:00+00:00',
      password_last_changed: 'not_supported',
      password_next_rotation: 'not_supported',
    };
    const row = header
      .split(',')
      .map((column) => values[column] ?? (column.endsWith('_active') ? 'false' : 'N/A'));
    return `<Content>${Buffer.from([header, row.join(','), ...rows].join('\n')).toString('base64')}</Content>`;
  });
}

async function read(endpoint: string) {
  const folder = await folderWith({
    key: credentials.secretAccessKey,
    'exhibit.yaml': `
organization: { name: Moto Test, slug: moto }
sources:
  - id: aws-moto
    collector: aws
    accounts: this
    region: us-east-1
    endpoint: ${endpoint}
    credentials: { accessKeyId: ${credentials.accessKeyId}, secretAccessKey: { file: key } }
`,
  });
  folders.push(folder);
  const config = `${folder}/exhibit.yaml`;
  const ran = await exhibit(['collect', '--config', config]);
  return {
    ran,
    results: (await showResults(config)).results,
    datasets: (await showDatasets(config)).datasets,
  };
}
type Reading = Awaited<ReturnType<typeof read>>;

const reset = () => fetch(`${url}/moto-api/reset`, { method: 'POST' });

function verdict({ results }: Reading, control: string, subject: string): string | undefined {
  return results
    .find((result) => result.control === control)
    ?.verdicts.find((each) => each.subject === subject)?.status;
}
const result = ({ results }: Reading, control: string) => results.find((each) => each.control === control);
const dataset = ({ datasets }: Reading, id: string) => datasets.find((each) => each.dataset === id);

async function addUser(
  iam: IAMClient,
  name: string,
  { password = false, mfa = false }: { password?: boolean; mfa?: boolean },
) {
  await iam.send(new CreateUserCommand({ UserName: name }));
  if (password)
    await iam.send(new CreateLoginProfileCommand({ UserName: name, Password: 'Correct-Horse-7-Battery' }));
  if (mfa) {
    const { VirtualMFADevice } = await iam.send(
      new CreateVirtualMFADeviceCommand({ VirtualMFADeviceName: name }),
    );
    const SerialNumber = VirtualMFADevice?.SerialNumber;
    await iam.send(
      new EnableMFADeviceCommand({
        UserName: name,
        SerialNumber,
        AuthenticationCode1: '123456',
        AuthenticationCode2: '654321',
      }),
    );
  }
}

const trust = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { AWS: account }, Action: 'sts:AssumeRole' }],
});
const policy = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: 's3:Get*', Resource: '*' }],
});

describe('what was set up in moto is what Exhibit finds', () => {
  let good: Reading;
  let bare: Reading;
  let lying: Reading;
  let keys: Readonly<Record<string, string>>;

  beforeAll(async () => {
    await reset();
    const iam = new IAMClient(client());
    await addUser(iam, 'ada', { password: true, mfa: true });
    await addUser(iam, 'bob', { password: true });
    await addUser(iam, 'cleo', {});
    await addUser(iam, 'dov', { password: true, mfa: true });
    await addUser(iam, 'ci', {});
    await iam.send(new CreateAccessKeyCommand({ UserName: 'ci' }));
    const second = await iam.send(new CreateAccessKeyCommand({ UserName: 'cleo' }));
    await iam.send(
      new UpdateAccessKeyCommand({
        UserName: 'cleo',
        AccessKeyId: second.AccessKey?.AccessKeyId,
        Status: 'Inactive',
      }),
    );
    await iam.send(new CreateGroupCommand({ GroupName: 'engineers' }));
    await iam.send(new AddUserToGroupCommand({ GroupName: 'engineers', UserName: 'ada' }));
    await iam.send(new CreateRoleCommand({ RoleName: 'deploy', AssumeRolePolicyDocument: trust }));
    const made = await iam.send(
      new CreatePolicyCommand({ PolicyName: 'read-buckets', PolicyDocument: policy }),
    );
    await iam.send(new AttachUserPolicyCommand({ UserName: 'ci', PolicyArn: made.Policy?.Arn }));
    await iam.send(
      new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 16, PasswordReusePrevention: 24 }),
    );
    // moto tells by the scope of the signature which service is meant, and checks no signature.
    const authorization = 'AWS4-HMAC-SHA256 Credential=AKIA/20260101/us-east-1/s3/aws4_request';
    await fetch(`${url}/logs`, { method: 'PUT', headers: { authorization } });
    const trails = new CloudTrailClient(client());
    await trails.send(
      new CreateTrailCommand({ Name: 'everything', S3BucketName: 'logs', IsMultiRegionTrail: true }),
    );
    await trails.send(new StartLoggingCommand({ Name: 'everything' }));
    await trails.send(
      new PutEventSelectorsCommand({
        TrailName: 'everything',
        EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true, DataResources: [] }],
      }),
    );
    keys = { ci: `${arn('ci')}/access-key-1`, cleo: `${arn('cleo')}/access-key-1` };
    good = await read(honest.url);
    lying = await read(rootless.url);

    await iam.send(new UpdateAccountPasswordPolicyCommand({ MinimumPasswordLength: 8 }));
    await trails.send(new StopLoggingCommand({ Name: 'everything' }));
    bare = await read(honest.url);
    await iam.send(new DeleteAccountPasswordPolicyCommand({}));
  });

  const facts: readonly (readonly [string, () => unknown, unknown])[] = [
    ['one account is listed', () => dataset(good, 'aws/accounts')?.records, 1],
    ['the report is whole', () => dataset(good, 'aws/credential-report')?.outcome, 'complete'],
    ['the report counts five users and root', () => dataset(good, 'aws/credential-report')?.expectedCount, 6],
    ['the IAM graph is whole', () => dataset(good, 'aws/account-authorization-details')?.outcome, 'complete'],
    ['two virtual MFA devices', () => dataset(good, 'aws/virtual-mfa-devices')?.records, 2],
    ['one trail', () => dataset(good, 'aws/trails')?.records, 1],
    ['ada has a password and MFA', () => verdict(good, 'mfa-aws-console-users', arn('ada')), 'pass'],
    ['bob has a password and no MFA', () => verdict(good, 'mfa-aws-console-users', arn('bob')), 'fail'],
    ['cleo has no password', () => verdict(good, 'mfa-aws-console-users', arn('cleo')), 'not-applicable'],
    ['dov has a password and MFA', () => verdict(good, 'mfa-aws-console-users', arn('dov')), 'pass'],
    ['ci has no password', () => verdict(good, 'mfa-aws-console-users', arn('ci')), 'not-applicable'],
    ['root is judged elsewhere', () => verdict(good, 'mfa-aws-console-users', root), 'not-applicable'],
    ['one failure fails the control', () => result(good, 'mfa-aws-console-users')?.status, 'fail'],
    ['six subjects, none dropped', () => result(good, 'mfa-aws-console-users')?.population['total'], 6],
    [
      'root has no MFA, and moto does not say whether it has a password',
      () => verdict(good, 'mfa-aws-root', account),
      'no-data',
    ],
    [
      'a policy for buckets is for nothing else',
      () => verdict(good, 'aws-no-wildcard-admin-policies', `arn:aws:iam::${account}:policy/read-buckets`),
      'pass',
    ],
    ['root has no keys', () => verdict(good, 'root-keys-none', account), 'pass'],
    ['the key of ci is new', () => verdict(good, 'aws-access-key-age', keys['ci'] ?? ''), 'pass'],
    [
      'the key of cleo is switched off',
      () => verdict(good, 'aws-access-key-age', keys['cleo'] ?? ''),
      'not-applicable',
    ],
    ['the password policy is strong', () => verdict(good, 'aws-password-policy', account), 'pass'],
    ['the trail covers everything', () => verdict(good, 'cloudtrail-all-regions', account), 'pass'],
    ['a policy of eight characters fails', () => verdict(bare, 'aws-password-policy', account), 'fail'],
    ['a trail that is switched off fails', () => verdict(bare, 'cloudtrail-all-regions', account), 'fail'],
    [
      'GitHub is not connected, so nothing is said of it',
      () => result(good, 'mfa-required-github-org')?.status,
      'no-data',
    ],
    [
      'without a root row the report is not whole',
      () => dataset(lying, 'aws/credential-report')?.outcome,
      'partial',
    ],
    ['and then nobody passes on it', () => verdict(lying, 'mfa-aws-console-users', arn('ada')), 'no-data'],
    ['though a failure stays one', () => verdict(lying, 'mfa-aws-console-users', arn('bob')), 'fail'],
  ];

  test.each(facts)('%s', (_, found, wanted) => {
    expect(found()).toEqual(wanted);
  });

  test('an account without a password policy fails where people have passwords', async () => {
    expect(verdict(await read(honest.url), 'aws-password-policy', account)).toBe('fail');
  });

  test('an account without a trail fails', async () => {
    await reset();
    expect(verdict(await read(honest.url), 'cloudtrail-all-regions', account)).toBe('fail');
  });

  afterAll(() => {
    const table = facts.map(
      ([name, found, wanted]) => `| ${name} | ${String(wanted)} | ${String(found())} |`,
    );
    process.stdout.write(
      ['', '| fact set up in moto | wanted | found |', '|---|---|---|', ...table, ''].join('\n'),
    );
    // Which datasets are held against moto, and which are read from servers of ours alone.
    const names = (whole: boolean) =>
      good.datasets
        .filter(({ dataset: id, outcome }) => id.startsWith('aws/') && (outcome === 'complete') === whole)
        .map(({ dataset: id }) => id.slice('aws/'.length));
    const list = (what: string, found: readonly string[]) =>
      `| ${what} | ${found.length} | ${found.join(', ')} |`;
    process.stdout.write(
      [
        '',
        '| datasets of AWS that are due by default | | |',
        '|---|---|---|',
        list('whole from moto', names(true)),
        list('moto lacks or leaves out something, so that they are read from servers of ours', names(false)),
        '',
      ].join('\n'),
    );
  });
});
