import { describe, expect, test } from 'vitest';
import { aws } from '../collectors/aws/index.ts';
import { refusalOf } from '../collectors/aws/declared.ts';
import type { Request } from '../collectors/aws/scope.ts';
import { loadSdk } from '../collectors/aws/sdk.ts';
import { collect } from '../collectors/collect.ts';
import { UndeclaredRequest } from '../collectors/transport/transport.ts';
import type { Digest } from '../evidence-model/digest.ts';
import type { RecordLine, SnapshotLine } from '../evidence-model/snapshot.ts';
import {
  member,
  open,
  own,
  refusal,
  roleCredentials,
  standIn,
  start,
  summary,
  summaryBody,
  xml,
} from './support/aws-loopback.ts';

const closed = '333333333333';

/** Collects one dataset of each account of an organisation of three, of which one is closed. */
async function collectEach(endpoint: string, id: string) {
  const opened = await open(endpoint);
  const parents: Omit<RecordLine, 'artifact' | 'pointer' | 'observedAt'>[] = [
    [own, 'ACTIVE'],
    [member, 'ACTIVE'],
    [closed, 'SUSPENDED'],
  ].map(([account, state]) => ({
    line: 'record',
    kind: 'cloud-account',
    partition: 'all',
    data: { id: account!, state },
  }));
  const lines: SnapshotLine[] = [];
  const end = await collect({
    collector: aws,
    dataset: aws.datasets.find((dataset) => dataset.id === id)!,
    source: 'example',
    scope: opened.scope,
    session: opened.session,
    parents: {
      partitions: [{ id: 'all', outcome: 'complete', reasons: [] }],
      async *records() {
        yield* await Promise.resolve(parents);
      },
    },
    earlier: null,
    interval: null,
    slot: 'slot',
    attempt: 1,
    code: '0'.repeat(64) as Digest,
    now: () => new Date(start),
    write: (batch) => Promise.resolve(void lines.push(...batch)),
  });
  return { ...opened, lines, end };
}

describe('accounts', () => {
  test('two hundred users and five hundred roles are read in pages as large as AWS has them', async () => {
    const trust = encodeURIComponent('{"Statement":[]}');
    const roles = Array.from({ length: 700 }, (_, n) => {
      const arn = `<Arn>arn:aws:iam::${own}:${n < 200 ? 'user' : 'role'}/n${n}</Arn><AttachedManagedPolicies/>`;
      return n < 200
        ? { list: 'User', item: `<member><UserName>n${n}</UserName>${arn}<GroupList/></member>` }
        : {
            list: 'Role',
            item: `<member><RoleName>n${n}</RoleName>${arn}<RolePolicyList/><AssumeRolePolicyDocument>${trust}</AssumeRolePolicyDocument></member>`,
          };
    });
    const { endpoint, asked } = await standIn(({ operation, body, account }) => {
      if (account !== own) return undefined;
      if (operation === 'GetAccountSummary') {
        const counts = Object.entries({ Users: 200, Groups: 0, Roles: 500 });
        const entries = counts.map(
          ([key, value]) => `<entry><key>${key}</key><value>${value}</value></entry>`,
        );
        return { body: xml(operation, `<SummaryMap>${entries.join('')}</SummaryMap>`) };
      }
      if (operation !== 'GetAccountAuthorizationDetails') return undefined;
      const input = new URLSearchParams(body);
      const from = Number(input.get('Marker') ?? 0);
      const to = from + Number(input.get('MaxItems') ?? 100);
      const page = (list: string) =>
        roles
          .slice(from, to)
          .flatMap((each) => (each.list === list ? [each.item] : []))
          .join('');
      const more =
        to < roles.length
          ? `<IsTruncated>true</IsTruncated><Marker>${to}</Marker>`
          : '<IsTruncated>false</IsTruncated>';
      return {
        body: xml(
          operation,
          `${more}<UserDetailList>${page('User')}</UserDetailList><GroupDetailList/><RoleDetailList>${page('Role')}</RoleDetailList><Policies/>`,
        ),
      };
    });
    const { lines } = await collectEach(endpoint, 'aws/account-authorization-details');
    expect(lines.filter((line) => line.line === 'record' && line.kind === 'principal')).toHaveLength(700);
    expect(lines.find((line) => line.line === 'partition' && line.id === own)).toMatchObject({
      outcome: 'complete',
      expected: 700,
      pages: 1,
    });
    const here = asked.filter(({ account, operation }) => account === own && /^GetAccount/.test(operation));
    expect(here).toHaveLength(2);
  });

  test('each account is read with its own role, and the credentials’ own account without one', async () => {
    const { endpoint, asked } = await standIn(({ operation }) =>
      operation === 'GetAccountSummary' ? { body: summaryBody } : undefined,
    );
    const { lines, end } = await collectEach(endpoint, 'aws/account-summary');
    expect(end.outcome).toBe('complete');
    expect(asked.map(({ operation, account }) => `${operation} ${account}`).sort()).toEqual([
      `AssumeRole ${own}`,
      `GetAccountSummary ${own}`,
      `GetAccountSummary ${member}`,
      `GetCallerIdentity ${own}`,
    ]);
    const assumed = new URLSearchParams(asked.find(({ operation }) => operation === 'AssumeRole')!.body);
    expect(assumed.get('RoleArn')).toBe(`arn:aws:iam::${member}:role/ExhibitRead`);
    expect(assumed.get('ExternalId')).toBe('external-id-of-example');
    expect(
      lines.filter(({ line }) => line === 'partition').map((line) => line.line === 'partition' && line.id),
    ).toEqual(expect.arrayContaining([own, member]));
  });

  test('no secret is in what is kept: not the keys, not the session, not the external id', async () => {
    const { endpoint } = await standIn(({ operation }) =>
      operation === 'GetAccountSummary' ? { body: summaryBody } : undefined,
    );
    const { lines, kept, scope } = await collectEach(endpoint, 'aws/account-summary');
    const everything = JSON.stringify([lines, scope]) + [...kept.values()].join('\n');
    for (const secret of [
      'own-secret',
      'AKIAEXAMPLE',
      'role-secret',
      'role-token',
      'ASIA',
      'external-id-of-example',
    ])
      expect(everything).not.toContain(secret);
    const assume = lines.flatMap((line) =>
      line.line === 'capture' && line.exchange.operation === 'sts:AssumeRole' ? [line] : [],
    );
    expect(assume).toMatchObject([
      {
        use: 'aside',
        exchange: {
          status: 200,
          artifact: null,
          withheld: 'credentials',
          input: { RoleArn: `arn:aws:iam::${member}:role/ExhibitRead`, RoleSessionName: 'exhibit' },
        },
      },
    ]);
  });

  test('a role that cannot be assumed denies its own account and leaves the others complete', async () => {
    const { endpoint } = await standIn(({ operation }) =>
      operation === 'GetAccountSummary'
        ? { body: summaryBody }
        : operation === 'AssumeRole'
          ? refusal('AccessDenied', 403)
          : undefined,
    );
    const { lines, end } = await collectEach(endpoint, 'aws/account-summary');
    const partitions = lines.flatMap((line) => (line.line === 'partition' ? [line] : []));
    expect(Object.fromEntries(partitions.map(({ id, outcome }) => [id, outcome]))).toEqual({
      [own]: 'complete',
      [member]: 'denied',
    });
    expect(end.reasons).toMatchObject([{ code: 'permission-missing' }]);
    expect(end.reasons[0]!.text).toContain(`create the role ExhibitRead in account ${member}`);
  });

  test('credentials that are about to end are renewed before they are used', async () => {
    const soon = new Date(start + 6 * 60_000).toISOString();
    const { endpoint, asked } = await standIn(({ operation }) =>
      operation === 'GetAccountSummary'
        ? { body: summaryBody }
        : operation === 'AssumeRole'
          ? { body: xml(operation, roleCredentials(member, soon)) }
          : undefined,
    );
    const { read, pass } = await open(endpoint);
    const assumed = () => asked.filter(({ operation }) => operation === 'AssumeRole').length;
    await read({ ...summary, account: member });
    await read({ ...summary, account: member });
    expect(assumed()).toBe(1);
    pass(2 * 60_000);
    await read({ ...summary, account: member });
    expect(assumed()).toBe(2);
  });
});

test.each([
  [
    'aws',
    'eu-central-1',
    ['ap-southeast-2', 'eu-central-1', 'eu-north-1', 'us-east-1', 'us-east-2'],
    ['us-east-1'],
  ],
  ['aws-cn', 'cn-northwest-1', ['cn-northwest-1'], ['cn-north-1']],
])('in %s with %s, sign-ins are looked up where they are left', async (partition, region, console, root) => {
  const night = { from: '2026-01-09T00:00:00.000Z', to: '2026-01-10T00:00:00.000Z' };
  const { endpoint, asked } = await standIn(({ operation }) =>
    operation === 'LookupEvents' ? { body: '{"Events":[]}' } : undefined,
  );
  const { read, scope } = await open(endpoint, aws.datasets, { partition, region });
  const regionsOf = async (id: string) => {
    asked.splice(0);
    const log = aws.datasets.find((dataset) => dataset.id === id)!;
    const requests = log.requests(scope as never, { id: own, state: 'ACTIVE' } as never, night) as Request[];
    for (const request of requests) {
      const [page] = await read(request);
      expect(page!.exchange!.input).toMatchObject({ StartTime: night.from, EndTime: night.to });
    }
    return asked.filter(({ operation }) => operation === 'LookupEvents').map((each) => each.region);
  };
  expect((await regionsOf('aws/console-sign-ins')).sort()).toEqual(console);
  expect(await regionsOf('aws/root-sign-ins')).toEqual(root);
});

describe('what may be asked', () => {
  const [accountSummary] = aws.datasets.filter(({ id }) => id === 'aws/account-summary');
  const greedy = { ...accountSummary!, permissions: ['iam:GetAccountSummary', 'iam:DeleteUser'] };

  test.each([
    ['an operation that no dataset declares', { operation: 'ListUsers' }],
    ['a write', { operation: 'CreateUser', input: { UserName: 'someone' } }],
    [
      'a write whose permission a dataset declares',
      { operation: 'DeleteUser', input: { UserName: 'someone' } },
    ],
    ['an operation that does not exist', { operation: 'GetNothing' }],
    ['taking on a role, which only the session does', { service: 'sts', operation: 'AssumeRole' }],
    ['a host made of a region that is none', { service: 'cloudtrail', region: 'example.com/' }],
  ] as const)('%s is refused at once, and never sent', async (_what, request) => {
    const { endpoint, asked } = await standIn(() => undefined);
    const { read, slept } = await open(endpoint, [greedy]);
    await expect(read({ ...summary, ...request, account: null })).rejects.toThrow(UndeclaredRequest);
    expect(asked).toEqual([]);
    expect(slept).toEqual([]);
  });

  test.each([
    ['iam', 'eu-central-1', 'https://iam.amazonaws.com'],
    ['iam', 'us-gov-west-1', 'https://iam.us-gov.amazonaws.com'],
    ['organizations', 'eu-central-1', 'https://organizations.us-east-1.amazonaws.com'],
    ['sts', 'eu-central-1', 'https://sts.eu-central-1.amazonaws.com'],
    ['cloudtrail', 'cn-north-1', 'https://cloudtrail.cn-north-1.amazonaws.com.cn'],
  ] as const)('%s in %s can be reached at one host, %s', async (service, region, origin) => {
    expect((await loadSdk(service)).origin(region, null)).toBe(origin);
  });

  test.each([
    ['the declared operation', 'POST', '/', {}, 'Action=GetAccountSummary&Version=1', true],
    [
      'the declared operation, named in a header',
      'POST',
      '/',
      { 'X-Amz-Target': 'Iam.GetAccountSummary' },
      '{}',
      true,
    ],
    ['another operation', 'POST', '/', {}, 'Action=DeleteUser&Version=1', false],
    ['two operations', 'POST', '/', {}, 'Action=GetAccountSummary&Action=DeleteUser', false],
    ['another operation in a header', 'POST', '/', { 'x-amz-target': 'Iam.DeleteUser' }, '', false],
    ['no operation', 'POST', '/', {}, '', false],
    ['an operation in the URL', 'GET', '/?Action=GetAccountSummary', {}, '', false],
  ])('on the wire, %s', (_what, method, path, headers, body, allowed) => {
    const call = {
      operation: 'iam:GetAccountSummary',
      input: {},
      credentials: false,
      secrets: [],
      cost: 1,
      exchanges: [],
    };
    const request = {
      method,
      url: new URL(path, 'https://iam.amazonaws.com'),
      headers,
      body: Buffer.from(body),
    };
    expect(refusalOf(request, call, new Set(['iam:GetAccountSummary'])) === null).toBe(allowed);
  });

  test('an end point with credentials or a path in it is not accepted', () => {
    for (const endpoint of ['http://u:p@127.0.0.1:1', 'https://example.com/path', 'ftp://example.com'])
      expect(aws.config.safeParse({ endpoint }).success).toBe(false);
  });
});
