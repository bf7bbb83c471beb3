import { describe, expect, onTestFinished, test } from 'vitest';
import { refusalOf } from '../collectors/aws/declared.ts';
import { aws } from '../collectors/aws/index.ts';
import { loadSdk } from '../collectors/aws/sdk.ts';
import { collect, type Parents } from '../collectors/collect.ts';
import { buildAws, type AwsModel } from '../demo/aws/model.ts';
import { startAws } from '../demo/aws/server.ts';
import { digest } from '../evidence-model/digest.ts';
import type { PartitionLine, RecordLine, SnapshotLine } from '../evidence-model/snapshot.ts';
import { open, own, start } from './support/aws-loopback.ts';

const now = () => new Date(start);

/** Reads one dataset of the synthetic AWS, with all that is read before it, as a night does. */
async function night(change: (model: AwsModel) => void, wanted: readonly string[]) {
  const model = buildAws({ seed: 3, now: now(), accounts: 2, usersPerAccount: 4 });
  change(model);
  const server = await startAws(model, { now });
  onTestFinished(() => server.close());
  const [caller] = model.callers;
  const session = await open(server.url, aws.datasets, {
    externalId: 'exhibit-demo',
    credentials: { accessKeyId: caller!.accessKeyId, secretAccessKey: caller!.secretAccessKey },
  });
  const read = new Map<string, SnapshotLine[]>();
  const parentsIn = (id: string): Parents => {
    const lines = read.get(id) ?? [];
    return {
      partitions: lines.filter((line) => line.line === 'partition'),
      // eslint-disable-next-line @typescript-eslint/require-await -- the contract is asynchronous
      records: async function* () {
        for (const line of lines) if (line.line === 'record') yield line;
      },
    };
  };
  for (const id of wanted) {
    const dataset = aws.datasets.find((each) => each.id === id)!;
    const lines: SnapshotLine[] = [];
    const { each } = dataset;
    await collect({
      collector: aws,
      dataset,
      source: 'aws-one',
      scope: session.scope,
      session: session.session,
      parents: each ? parentsIn(each.dataset) : null,
      answered: each?.except ? parentsIn(each.except.dataset) : null,
      earlier: null,
      interval: null,
      slot: '20260110T010000Z',
      attempt: 1,
      code: digest('code'),
      now,
      write: (batch) => {
        lines.push(...batch);
        return Promise.resolve();
      },
    });
    read.set(id, lines);
  }
  const partitions = (id: string): PartitionLine[] =>
    read.get(id)!.filter((line) => line.line === 'partition');
  const records = (id: string): RecordLine[] => read.get(id)!.filter((line) => line.line === 'record');
  return { model, server, partitions, records };
}

describe('what is refused or not switched on is open of that alone', () => {
  test('one bucket that refuses is one unknown bucket', async () => {
    const { model, partitions } = await night(
      ({ accounts: [management] }) => management!.buckets[0]!.refuses.push('s3:GetBucketEncryption'),
      ['aws/accounts', 'aws/buckets', 'aws/bucket-encryption'],
    );
    const open = partitions('aws/bucket-encryption').filter(({ outcome }) => outcome !== 'complete');
    expect(open).toMatchObject([
      {
        id: `arn:aws:s3:::${model.accounts[0]!.buckets[0]!.name}`,
        outcome: 'denied',
        reasons: [{ code: 'permission-missing', grant: ['s3:GetEncryptionConfiguration'] }],
      },
    ]);
  });

  test('one account is refused in all its regions, and the others are read', async () => {
    const { model, partitions } = await night(
      ({ accounts: [, member] }) => member!.readRole!.refuses.push('ec2:DescribeVolumes'),
      ['aws/accounts', 'aws/regions', 'aws/volumes'],
    );
    const [own, member] = model.accounts.map(({ id }) => id);
    const outcomes = partitions('aws/volumes').map(({ id, outcome }) => `${id} ${outcome}`);
    const names = ['us-east-1', 'us-east-2', 'eu-central-1'];
    expect(outcomes.sort()).toEqual(
      [
        ...names.map((name) => `${own}|${name} complete`),
        ...names.map((name) => `${member}|${name} denied`),
      ].sort(),
    );
  });

  test('an error code that stands in a header only is understood', async () => {
    const { partitions } = await night(
      ({ accounts: [, member] }) => {
        member!.securityContact = false;
      },
      ['aws/accounts', 'aws/security-contacts'],
    );
    expect(partitions('aws/security-contacts').map(({ outcome }) => outcome)).toEqual([
      'complete',
      'complete',
    ]);
  });

  test('Security Hub that is off is told as that, and nothing further is asked there', async () => {
    const { model, partitions, records } = await night(
      ({ accounts: [, member] }) => {
        member!.regions[0]!.securityHub = false;
      },
      ['aws/accounts', 'aws/regions', 'aws/security-hubs', 'aws/security-hub-standards'],
    );
    const id = `arn:aws:securityhub:us-east-1:${model.accounts[1]!.id}:hub/default`;
    const off = records('aws/security-hubs').filter(({ data }) => data['enabled'] !== true);
    expect(off.map(({ data }) => data)).toMatchObject([{ id, region: 'us-east-1', enabled: false }]);
    const outcomes = new Set(partitions('aws/security-hubs').map(({ outcome }) => outcome));
    expect([...outcomes]).toEqual(['complete']);
    expect(partitions('aws/security-hub-standards').map((each) => each.id)).not.toContain(id);
  });

  test('Security Hub that may not be asked is not told as off', async () => {
    const { partitions, records } = await night(
      ({ accounts: [, member] }) => {
        member!.regions[0]!.securityHub = false;
        member!.readRole!.refuses.push('securityhub:DescribeHub');
      },
      ['aws/accounts', 'aws/regions', 'aws/security-hubs'],
    );
    expect(records('aws/security-hubs').filter(({ data }) => data['enabled'] !== true)).toEqual([]);
    const open = partitions('aws/security-hubs').filter(({ outcome }) => outcome !== 'complete');
    expect(open.map(({ outcome }) => outcome)).toEqual(['denied', 'denied', 'denied']);
  });
});

test('only users whose second factor no listing named are asked for it', async () => {
  const wanted = ['aws/accounts', 'aws/credential-report', 'aws/virtual-mfa-devices', 'aws/mfa-devices'];
  const { server, partitions } = await night(() => undefined, wanted);
  const asked = server.calls.filter(({ operation }) => operation === 'ListMFADevices');
  expect(asked).toHaveLength(2); // a passkey and a thing, both in the management account
  expect(partitions('aws/mfa-devices').map(({ outcome }) => outcome)).toEqual(['complete', 'complete']);
});

test('a user who is listed twice, with a key beside once, came twice: somebody else may be missing', async () => {
  const { partitions } = await night(
    ({ accounts: [management] }) => {
      const robot = management!.users.find(({ accessKeys }) => accessKeys.length > 0)!;
      management!.users.push({ ...robot, accessKeys: [] });
    },
    ['aws/accounts', 'aws/credential-report'],
  );
  const [own, member] = partitions('aws/credential-report');
  // The account summary counts as many as there are rows.
  expect(own).toMatchObject({
    outcome: 'partial',
    reasons: [{ code: 'duplicate-items' }, { code: 'count-differs' }],
  });
  expect(member?.outcome).toBe('complete');
});

test('tables are asked at the host of their region, whatever the credentials tell of their account', async () => {
  const sdk = await loadSdk('dynamodb');
  const hosts: string[] = [];
  const client = sdk.client({
    region: 'eu-central-1',
    // As the usual chain of credentials gives them.
    credentials: Object.assign({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'x' }, { accountId: own }),
    maxAttempts: 1,
    requestHandler: {
      destroy: () => undefined,
      handle({ hostname }) {
        hosts.push(hostname);
        return Promise.reject(new Error('nothing is sent'));
      },
    },
  });
  await expect(client.send(sdk.command('ListTables', {})!, {})).rejects.toThrow('nothing is sent');
  expect(hosts).toEqual(['dynamodb.eu-central-1.amazonaws.com']);
});

test.each([
  ['s3', 'eu-central-1', null, 'https://s3.eu-central-1.amazonaws.com'],
  [
    's3-control',
    'eu-central-1',
    '111111111111',
    'https://111111111111.s3-control.eu-central-1.amazonaws.com',
  ],
  ['account', 'cn-north-1', null, 'https://account.cn-northwest-1.amazonaws.com.cn'],
  ['ec2', 'us-gov-west-1', null, 'https://ec2.us-gov-west-1.amazonaws.com'],
  ['cloudfront', 'eu-central-1', null, 'https://cloudfront.amazonaws.com'],
  ['cloudwatch', 'eu-central-1', null, 'https://monitoring.eu-central-1.amazonaws.com'],
  ['dynamodb', 'eu-central-1', '111111111111', 'https://dynamodb.eu-central-1.amazonaws.com'],
] as const)('%s in %s is one host that can be told beforehand', async (service, region, account, origin) => {
  expect((await loadSdk(service)).origin(region, account)).toBe(origin);
});

test.each([
  ['s3:GetBucketEncryption', 'GET', '/example/?encryption=', true],
  ['s3:GetBucketEncryption', 'GET', '/example/?acl=', false],
  ['s3:GetBucketEncryption', 'GET', '/example/object?encryption=', false],
  ['lambda:ListFunctions', 'GET', '/2015-03-31/functions?Marker=m', true],
  ['lambda:ListFunctions', 'GET', '/2015-03-31/functions/example', false],
  ['securityhub:GetFindings', 'POST', '/findings', true],
  ['securityhub:GetFindings', 'POST', '/findings/import', false],
  ['eks:DescribeCluster', 'POST', '/clusters/example', false],
  ['eks:ListAccessEntries', 'GET', '/clusters/example/access-entries?maxResults=100', true],
  ['eks:ListAccessEntries', 'POST', '/clusters/example/access-entries', false],
  ['cloudfront:ListDistributions', 'GET', '/2020-05-31/distribution?Marker=m', true],
  ['cloudfront:ListDistributions', 'GET', '/2020-05-31/distribution/E1', false],
  ['elasticfilesystem:DescribeBackupPolicy', 'GET', '/2015-02-01/file-systems/fs-1/backup-policy', true],
  ['elasticfilesystem:DescribeFileSystems', 'POST', '/2015-02-01/file-systems', false],
])('on the wire, %s by %s %s', (operation, method, path, allowed) => {
  const url = new URL(path, 'https://aws.invalid');
  const call = { operation, input: {}, credentials: false, secrets: [], cost: 1, exchanges: [] };
  const refused = refusalOf({ method, url, headers: {}, body: null }, call, new Set([operation]));
  expect(refused === null).toBe(allowed);
});
