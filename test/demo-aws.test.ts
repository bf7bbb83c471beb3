import {
  CloudTrailClient,
  DescribeTrailsCommand,
  type DescribeTrailsCommandInput,
  GetEventSelectorsCommand,
  GetTrailStatusCommand,
  LookupEventsCommand,
  type LookupEventsCommandInput,
  paginateLookupEvents,
} from '@aws-sdk/client-cloudtrail';
import {
  CreateUserCommand,
  GenerateCredentialReportCommand,
  GetAccountPasswordPolicyCommand,
  GetAccountSummaryCommand,
  GetCredentialReportCommand,
  IAMClient,
  ListUsersCommand,
  paginateGetAccountAuthorizationDetails,
  paginateListVirtualMFADevices,
} from '@aws-sdk/client-iam';
import {
  DescribeOrganizationCommand,
  LeaveOrganizationCommand,
  ListAccountsCommand,
  OrganizationsClient,
  paginateListAccounts,
} from '@aws-sdk/client-organizations';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { parse } from 'csv-parse/sync';
import { afterEach, describe, expect, test } from 'vitest';
import { buildAws, type AwsAccount, type AwsModel } from '../demo/aws/model.ts';
import { startAws, type AwsServer } from '../demo/aws/server.ts';

const night = new Date('2026-05-04T02:00:00Z');
const running: AwsServer[] = [];

afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function start(model: AwsModel, options: Partial<Parameters<typeof startAws>[1]> = {}) {
  const server = await startAws(model, { now: () => night, ...options });
  running.push(server);
  return server;
}

interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

function callerOf(model: AwsModel): Keys {
  const [caller] = model.callers;
  return { accessKeyId: caller!.accessKeyId, secretAccessKey: caller!.secretAccessKey };
}

function clients({ url }: AwsServer, credentials: Keys, { region = 'us-east-1', maxAttempts = 1 } = {}) {
  const config = { endpoint: url, region, credentials, maxAttempts };
  return {
    iam: new IAMClient(config),
    sts: new STSClient(config),
    organizations: new OrganizationsClient(config),
    cloudtrail: new CloudTrailClient(config),
  };
}

async function assume(server: AwsServer, model: AwsModel, account: AwsAccount, externalId = 'exhibit-demo') {
  const { sts } = clients(server, callerOf(model));
  const answer = await sts.send(
    new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${account.id}:role/ExhibitRead`,
      RoleSessionName: 'exhibit',
      ExternalId: externalId,
    }),
  );
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = answer.Credentials!;
  return {
    expiresAt: Expiration!,
    keys: { accessKeyId: AccessKeyId!, secretAccessKey: SecretAccessKey!, sessionToken: SessionToken! },
  };
}

/** The name and status by which the SDK throws. */
async function refusal(promise: Promise<unknown>): Promise<string> {
  const error: unknown = await promise.then(
    () => new Error('it was answered'),
    (reason: unknown) => reason,
  );
  const { name, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  return `${name} ${$metadata?.httpStatusCode ?? ''}`.trim();
}

function parts(model: AwsModel) {
  const [management, production, sandbox, suspended] = model.accounts;
  return { management: management!, production: production!, sandbox: sandbox!, suspended: suspended! };
}

async function gather<T>(pages: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const page of pages) all.push(page);
  return all;
}

type Row = Readonly<Record<string, string>>;

async function reportOf(iam: IAMClient): Promise<{ rows: Row[]; text: string; generatedAt: Date }> {
  for (let state = ''; state !== 'COMPLETE';) {
    const answer = await iam.send(new GenerateCredentialReportCommand({}));
    state = answer.State!;
  }
  const report = await iam.send(new GetCredentialReportCommand({}));
  const text = Buffer.from(report.Content!).toString();
  return { rows: parse(text, { columns: true }), text, generatedAt: report.GeneratedTime! };
}

describe('the model', () => {
  test('follows from the seed alone', () => {
    expect(buildAws({ seed: 7, now: night })).toEqual(buildAws({ seed: 7, now: night }));
    expect(buildAws({ seed: 8, now: night }).accounts[0]?.id).not.toBe(
      buildAws({ seed: 7, now: night }).accounts[0]?.id,
    );
  });

  test('can be made any size, and no name, id or key is given twice in it', () => {
    const model = buildAws({
      seed: 1,
      now: night,
      accounts: 40,
      usersPerAccount: 50,
      people: ['first.person'],
    });

    expect(model.accounts).toHaveLength(41);
    expect(model.accounts.map(({ users }) => users.length)).toEqual([
      51,
      ...Array.from({ length: 40 }, () => 50),
    ]);
    expect(model.accounts[0]?.users[0]?.name).toBe('first.person');
    const people = model.accounts.flatMap(({ users }) => users.filter(({ password }) => password !== null));
    const keys = model.accounts.flatMap(({ users }) => users.flatMap(({ accessKeys }) => accessKeys));
    for (const ids of [
      model.accounts.map(({ id }) => id),
      people.map(({ name }) => name),
      model.accounts.flatMap(({ users }) => users.map(({ id }) => id)),
      keys.map(({ id }) => id),
    ])
      expect(new Set(ids).size).toBe(ids.length);
  });

  test('has no defect where none is asked for', async () => {
    const model = buildAws({ seed: 1, now: night, defects: false });
    const server = await start(model);
    const { production } = parts(model);
    const { iam } = clients(server, (await assume(server, model, production)).keys);

    const { rows } = await reportOf(iam);

    expect(rows.filter((row) => row['password_enabled'] === 'true' && row['mfa_active'] !== 'true')).toEqual(
      [],
    );
    expect(rows.find((row) => row['user'] === '<root_account>')?.['access_key_1_active']).toBe('false');
  });
});

describe('who asks', () => {
  test('a key of the organisation is told who it is', async () => {
    const model = buildAws({ seed: 1, now: night });
    const { sts } = clients(await start(model), callerOf(model));

    const { Account, Arn, UserId } = await sts.send(new GetCallerIdentityCommand({}));

    const { id } = parts(model).management;
    expect({ Account, Arn }).toEqual({ Account: id, Arn: `arn:aws:iam::${id}:user/service/exhibit-reader` });
    expect(UserId).toMatch(/^AIDA/);
  });

  test('a key that nobody has is refused in the words of each protocol', async () => {
    const server = await start(buildAws({ seed: 1, now: night }));
    const { iam, organizations } = clients(server, { accessKeyId: 'AKIANOBODY', secretAccessKey: 'x' });

    expect(await refusal(iam.send(new GetAccountSummaryCommand({})))).toBe('InvalidClientTokenId 403');
    expect(await refusal(organizations.send(new ListAccountsCommand({})))).toBe(
      'UnrecognizedClientException 400',
    );
    expect(server.calls.map(({ account }) => account)).toEqual([null, null]);
  });

  test('a wrong secret is refused, so the signature is really checked', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { iam, cloudtrail } = clients(server, { ...callerOf(model), secretAccessKey: 'wrong' });

    expect(await refusal(iam.send(new GetAccountSummaryCommand({})))).toBe('SignatureDoesNotMatch 403');
    expect(await refusal(cloudtrail.send(new DescribeTrailsCommand({})))).toBe(
      'InvalidSignatureException 400',
    );
  });

  test('a request without a signature, or with one of another service, is refused', async () => {
    const { url } = await start(buildAws({ seed: 1, now: night }));
    const post = (headers: Record<string, string>) =>
      fetch(url, { method: 'POST', body: 'Action=GetAccountSummary&Version=2010-05-08', headers });
    const credential = 'AWS4-HMAC-SHA256 Credential=AKIAX/20260504/us-east-1/s3/aws4_request';

    const unsigned = await post({});
    const foreign = await post({
      authorization: `${credential}, SignedHeaders=host, Signature=${'0'.repeat(64)}`,
    });

    expect(unsigned.status).toBe(403);
    expect(await unsigned.text()).toContain('<Code>MissingAuthenticationToken</Code>');
    expect(foreign.status).toBe(400);
    expect(await foreign.text()).toContain('<Code>IncompleteSignature</Code>');
  });

  test('the role of a member account is assumed with its external id and speaks for that account', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { production } = parts(model);

    const { keys, expiresAt } = await assume(server, model, production);
    const { Account, Arn } = await clients(server, keys).sts.send(new GetCallerIdentityCommand({}));

    expect(Account).toBe(production.id);
    expect(Arn).toBe(`arn:aws:sts::${production.id}:assumed-role/ExhibitRead/exhibit`);
    expect(expiresAt.toISOString()).toBe('2026-05-04T03:00:00.000Z');
  });

  test.each([
    ['a wrong external id', (model: AwsModel) => parts(model).production, 'guessed'],
    ['an account without the role', (model: AwsModel) => parts(model).management, 'exhibit-demo'],
    ['a suspended account', (model: AwsModel) => parts(model).suspended, 'exhibit-demo'],
  ])('%s opens no session', async (_what, account, externalId) => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);

    expect(await refusal(assume(server, model, account(model), externalId))).toBe('AccessDenied 403');
  });

  test('a member account cannot assume the roles that trust the management account', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { production, sandbox } = parts(model);
    const { sts } = clients(server, (await assume(server, model, production)).keys);

    const other = new AssumeRoleCommand({
      RoleArn: `arn:aws:iam::${sandbox.id}:role/ExhibitRead`,
      RoleSessionName: 'exhibit',
      ExternalId: 'exhibit-demo',
    });

    expect(await refusal(sts.send(other))).toBe('AccessDenied 403');
  });

  test('a session ends by the clock that the server was given', async () => {
    const model = buildAws({ seed: 1, now: night });
    let now = night;
    const server = await start(model, { now: () => now });
    const { keys } = await assume(server, model, parts(model).production);
    const { iam, cloudtrail } = clients(server, keys);

    now = new Date(night.getTime() + 3_599_000);
    await iam.send(new GetAccountSummaryCommand({}));
    now = new Date(night.getTime() + 3_600_000);

    expect(await refusal(iam.send(new GetAccountSummaryCommand({})))).toBe('ExpiredToken 403');
    expect(await refusal(cloudtrail.send(new DescribeTrailsCommand({})))).toBe('ExpiredTokenException 400');
  });

  test('what the role refuses is refused, and nothing else', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { sandbox } = parts(model);
    sandbox.readRole?.refuses.push('cloudtrail:DescribeTrails');
    const { iam, cloudtrail } = clients(server, (await assume(server, model, sandbox)).keys);

    expect(await refusal(iam.send(new GetCredentialReportCommand({})))).toBe('AccessDenied 403');
    expect(await refusal(cloudtrail.send(new DescribeTrailsCommand({})))).toBe('AccessDeniedException 400');
    expect((await iam.send(new GetAccountSummaryCommand({}))).SummaryMap?.['AccountMFAEnabled']).toBe(0);
    expect(server.calls.slice(-3)).toMatchObject([
      { account: sandbox.id, service: 'iam', operation: 'GetCredentialReport', code: 'AccessDenied' },
      {
        account: sandbox.id,
        service: 'cloudtrail',
        operation: 'DescribeTrails',
        code: 'AccessDeniedException',
      },
      { account: sandbox.id, service: 'iam', operation: 'GetAccountSummary', code: null, status: 200 },
    ]);
  });

  test('an operation that the stand-in does not have is unknown, also where it would write', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { iam, organizations } = clients(server, callerOf(model));

    expect(await refusal(iam.send(new CreateUserCommand({ UserName: 'mallory' })))).toBe('InvalidAction 400');
    expect(await refusal(organizations.send(new LeaveOrganizationCommand({})))).toBe(
      'UnknownOperationException 400',
    );
  });
});

describe('Organizations', () => {
  test('lists its accounts page by page, the suspended one with its state', async () => {
    const model = buildAws({ seed: 1, now: night, accounts: 24, usersPerAccount: 0 });
    const { organizations } = clients(await start(model), callerOf(model));

    const pages = await gather(paginateListAccounts({ client: organizations }, {}));

    expect(pages.map(({ Accounts }) => Accounts?.length)).toEqual([20, 5]);
    const accounts = pages.flatMap(({ Accounts }) => Accounts ?? []);
    expect(accounts.map(({ Id, Status }) => [Id, Status])).toEqual(
      model.accounts.map(({ id, status }) => [id, status]),
    );
    expect(accounts.filter(({ Status }) => Status === 'SUSPENDED')).toHaveLength(1);
    expect(accounts[0]?.JoinedTimestamp?.toISOString()).toBe(
      new Date(model.accounts[0]!.joinedAt).toISOString(),
    );
  });

  test('tells who manages it, and lists nothing to a member', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { management, production } = parts(model);
    const { organizations } = clients(server, (await assume(server, model, production)).keys);

    const { Organization } = await organizations.send(new DescribeOrganizationCommand({}));

    expect(Organization?.MasterAccountId).toBe(management.id);
    expect(await refusal(organizations.send(new ListAccountsCommand({})))).toBe('AccessDeniedException 400');
  });

  test('is not in use where an account stands alone', async () => {
    const model = buildAws({ seed: 1, now: night, accounts: 1 });
    model.organization = null;
    const { organizations } = clients(await start(model), callerOf(model));

    expect(await refusal(organizations.send(new ListAccountsCommand({})))).toBe(
      'AWSOrganizationsNotInUseException 400',
    );
  });

  test('takes no token that it did not give', async () => {
    const model = buildAws({ seed: 1, now: night });
    const { organizations } = clients(await start(model), callerOf(model));

    expect(await refusal(organizations.send(new ListAccountsCommand({ NextToken: 'made-up' })))).toBe(
      'InvalidInputException 400',
    );
  });
});

describe('the credential report', () => {
  test('is absent, started, in progress, complete, and expired after four hours', async () => {
    const model = buildAws({ seed: 1, now: night });
    let now = night;
    const { iam } = clients(await start(model, { now: () => now, reportPolls: 2 }), callerOf(model));
    const generate = async () => (await iam.send(new GenerateCredentialReportCommand({}))).State;
    const get = () => iam.send(new GetCredentialReportCommand({}));

    expect(await refusal(get())).toBe('CredentialReportNotPresentException 410');
    expect(await generate()).toBe('STARTED');
    expect(await refusal(get())).toBe('CredentialReportNotReadyException 404');
    expect([await generate(), await generate(), await generate()]).toEqual([
      'INPROGRESS',
      'INPROGRESS',
      'COMPLETE',
    ]);
    expect((await get()).GeneratedTime).toEqual(night);

    now = new Date(night.getTime() + 4 * 3_600_000);
    expect([await generate(), (await get()).GeneratedTime]).toEqual(['COMPLETE', night]);
    now = new Date(now.getTime() + 1000);
    expect(await refusal(get())).toBe('CredentialReportExpiredException 410');
    expect(await generate()).toBe('STARTED');
  });

  test('has the root user first and says of each user what the model says', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { production } = parts(model);
    const { iam } = clients(server, (await assume(server, model, production)).keys);

    const { rows, text } = await reportOf(iam);

    expect(text.endsWith('\n')).toBe(false);
    expect(Object.keys(rows[0]!)).toHaveLength(22);
    expect(rows[0]).toMatchObject({
      user: '<root_account>',
      arn: `arn:aws:iam::${production.id}:root`,
      password_enabled: 'not_supported',
      mfa_active: 'true',
      access_key_1_active: 'true',
      access_key_2_active: 'false',
      access_key_2_last_rotated: 'N/A',
    });
    expect(rows).toHaveLength(production.users.length + 1);
    const said = new Map(rows.map((row) => [row['user'], row]));
    for (const user of production.users) {
      const [key] = user.accessKeys;
      expect(said.get(user.name)).toMatchObject({
        arn: `arn:aws:iam::${production.id}:user${user.path}${user.name}`,
        password_enabled: String(user.password !== null),
        password_last_used: user.password === null ? 'N/A' : (user.password.lastUsedAt ?? 'no_information'),
        mfa_active: String(user.mfa.length > 0),
        access_key_1_active: String(key?.active ?? false),
        access_key_1_last_rotated: key?.rotatedAt ?? 'N/A',
        access_key_1_last_used_date: key?.lastUsed?.at ?? 'N/A',
      });
    }
  });

  test('shows every planted defect', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { iam } = clients(server, (await assume(server, model, parts(model).production)).keys);

    const [, ...users] = (await reportOf(iam)).rows;

    const days = (time: string | undefined) => (night.getTime() - Date.parse(time ?? '')) / 86_400_000;
    const count = (test: (row: Row) => boolean) => users.filter(test).length;
    const active = (row: Row) => row['access_key_1_active'] === 'true';
    expect({
      withoutMfa: count((row) => row['password_enabled'] === 'true' && row['mfa_active'] === 'false'),
      oldKeys: count((row) => active(row) && days(row['access_key_1_last_rotated']) > 90),
      unusedKeys: count((row) => active(row) && days(row['access_key_1_last_used_date']) > 45),
      neverUsedKeys: count((row) => active(row) && row['access_key_1_last_used_date'] === 'N/A'),
      oldInactiveKeys: count((row) => !active(row) && days(row['access_key_1_last_rotated']) > 90),
      unusedPasswords: count((row) => days(row['password_last_used']) > 45),
      neverUsedPasswords: count((row) => row['password_last_used'] === 'no_information'),
    }).toEqual({
      withoutMfa: 1,
      oldKeys: 1,
      unusedKeys: 1,
      neverUsedKeys: 1,
      oldInactiveKeys: 1,
      unusedPasswords: 1,
      neverUsedPasswords: 1,
    });
  });

  test('stays as it was when it was made', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { management } = parts(model);
    const { iam } = clients(server, callerOf(model));
    const before = await reportOf(iam);

    management.users.push({ ...management.users[0]!, name: 'newcomer', id: 'AIDANEWCOMER' });

    expect((await reportOf(iam)).text).toBe(before.text);
    const users = (await iam.send(new ListUsersCommand({}))).Users ?? [];
    expect(users.map(({ UserName }) => UserName)).toContain('newcomer');
  });
});

describe('IAM', () => {
  test('gives users, groups, roles and policies in pages, with documents that decode', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model, { pageSize: 3 });
    const { production } = parts(model);
    const { iam } = clients(server, (await assume(server, model, production)).keys);

    const pages = await gather(
      paginateGetAccountAuthorizationDetails(
        { client: iam },
        { Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy'] },
      ),
    );

    expect(pages.length).toBeGreaterThan(3);
    expect(pages.at(-1)).toMatchObject({ IsTruncated: false, UserDetailList: [] });
    expect(pages[0]).toMatchObject({ IsTruncated: true, RoleDetailList: [], Policies: [] });
    const users = pages.flatMap(({ UserDetailList }) => UserDetailList ?? []);
    const roles = pages.flatMap(({ RoleDetailList }) => RoleDetailList ?? []);
    const policies = pages.flatMap(({ Policies }) => Policies ?? []);
    expect(users.map(({ UserName }) => UserName)).toEqual(production.users.map(({ name }) => name));
    expect(users.find(({ UserName }) => UserName === 'svc-deploy')).toMatchObject({ GroupList: [] });
    expect(roles.map(({ RoleName }) => RoleName)).toContain('ExhibitRead');
    expect(JSON.parse(decodeURIComponent(roles[0]!.AssumeRolePolicyDocument!))).toMatchObject({
      Statement: [{ Action: 'sts:AssumeRole' }],
    });
    expect(policies).toHaveLength(1);
    expect(policies[0]).toMatchObject({ PolicyName: 'app-data', DefaultVersionId: 'v2', AttachmentCount: 3 });
    const inForce = policies[0]!.PolicyVersionList!.find(({ IsDefaultVersion }) => IsDefaultVersion);
    expect(JSON.parse(decodeURIComponent(inForce!.Document!))).toMatchObject({
      Statement: [{ Action: 's3:GetObject' }],
    });
  });

  test('honours the filter and leaves no wire character of a document unencoded', async () => {
    const model = buildAws({ seed: 1, now: night });
    const { management } = parts(model);
    management.policies[0]!.versions.push({
      createdAt: '2026-05-01T00:00:00Z',
      document: { Version: '2012-10-17', Statement: [{ Sid: "it's <a> & (b)!" }] },
    });
    const { iam } = clients(await start(model), callerOf(model));

    const [page] = await gather(
      paginateGetAccountAuthorizationDetails({ client: iam }, { Filter: ['LocalManagedPolicy'] }),
    );

    expect(page).toMatchObject({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [] });
    const { Document } = page!.Policies![0]!.PolicyVersionList!.find(
      ({ IsDefaultVersion }) => IsDefaultVersion,
    )!;
    expect(Document).toMatch(/^[\w%.~-]+$/);
    expect(JSON.parse(decodeURIComponent(Document!))).toMatchObject({
      Statement: [{ Sid: "it's <a> & (b)!" }],
    });
  });

  test('agrees with itself: summary, report, devices and authorization details', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { production } = parts(model);
    const { iam } = clients(server, (await assume(server, model, production)).keys);

    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));
    const details = await gather(paginateGetAccountAuthorizationDetails({ client: iam }, {}));
    const devices = await gather(paginateListVirtualMFADevices({ client: iam }, { MaxItems: 2 }));
    const { rows } = await reportOf(iam);

    const count = (list: 'UserDetailList' | 'GroupDetailList' | 'RoleDetailList') =>
      details.reduce((sum, page) => sum + (page[list]?.length ?? 0), 0);
    expect(SummaryMap).toMatchObject({
      Users: count('UserDetailList'),
      Groups: count('GroupDetailList'),
      Roles: count('RoleDetailList'),
      AccountMFAEnabled: 1,
      AccountAccessKeysPresent: 1,
      MFADevicesInUse: rows.filter((row) => row['mfa_active'] === 'true').length,
      MFADevices: devices.flatMap(({ VirtualMFADevices }) => VirtualMFADevices).length,
    });
    expect(SummaryMap?.['Users']).toBe(rows.length - 1);
  });

  test('tells assigned devices from spare ones, and names the root user by its ARN alone', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { production } = parts(model);
    const { iam } = clients(server, (await assume(server, model, production)).keys);
    const list = async (AssignmentStatus: 'Assigned' | 'Unassigned') =>
      (await gather(paginateListVirtualMFADevices({ client: iam }, { AssignmentStatus }))).flatMap(
        ({ VirtualMFADevices }) => VirtualMFADevices ?? [],
      );

    const [root, ...others] = await list('Assigned');

    expect(root?.SerialNumber).toBe(`arn:aws:iam::${production.id}:mfa/root-account-mfa-device`);
    expect(root?.User).toMatchObject({ Arn: `arn:aws:iam::${production.id}:root`, UserId: production.id });
    expect(root?.User?.UserName).toBeUndefined();
    expect(others).toHaveLength(production.users.filter(({ mfa }) => mfa.length > 0).length);
    const [spare, ...none] = await list('Unassigned');
    expect(spare?.SerialNumber).toBe(`arn:aws:iam::${production.id}:mfa/left-over-phone`);
    expect([spare?.User, spare?.EnableDate, none]).toEqual([undefined, undefined, []]);
  });

  test('has a strong, a weak and no password policy', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { production, sandbox } = parts(model);
    const policy = async (keys: Keys) =>
      (await clients(server, keys).iam.send(new GetAccountPasswordPolicyCommand({}))).PasswordPolicy;

    const strong = await policy(callerOf(model));
    const weak = await policy((await assume(server, model, production)).keys);
    const none = policy((await assume(server, model, sandbox)).keys);

    expect(strong).toMatchObject({
      MinimumPasswordLength: 14,
      PasswordReusePrevention: 24,
      MaxPasswordAge: 90,
    });
    expect(weak).toMatchObject({ MinimumPasswordLength: 8, ExpirePasswords: false });
    expect([weak?.PasswordReusePrevention, weak?.MaxPasswordAge]).toEqual([undefined, undefined]);
    expect(await refusal(none)).toBe('NoSuchEntityException 404');
  });

  test('can be made to contradict itself, or to leave a number out', async () => {
    const model = buildAws({ seed: 1, now: night, contradiction: true });
    parts(model).management.summaryLies['Users'] = null;
    const { iam } = clients(await start(model), callerOf(model));

    const { SummaryMap } = await iam.send(new GetAccountSummaryCommand({}));

    expect(SummaryMap?.['AccountMFAEnabled']).toBe(0);
    expect(SummaryMap && 'Users' in SummaryMap).toBe(false);
    expect((await reportOf(iam)).rows[0]?.['mfa_active']).toBe('true');
  });

  test('takes a marker only for the question that it came from', async () => {
    const model = buildAws({ seed: 1, now: night });
    const { iam } = clients(await start(model, { pageSize: 2 }), callerOf(model));

    const { Marker } = await iam.send(new ListUsersCommand({}));

    expect((await iam.send(new ListUsersCommand({ Marker }))).Users).toHaveLength(2);
    expect(await refusal(iam.send(new ListUsersCommand({ Marker, PathPrefix: '/other/' })))).toBe(
      'ValidationError 400',
    );
  });
});

describe('CloudTrail', () => {
  test("shows a member its own trails and the organisation's, each with its home", async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { management, production } = parts(model);
    const { keys } = await assume(server, model, production);
    const names = async (region: string, input: DescribeTrailsCommandInput) => {
      const { cloudtrail } = clients(server, keys, { region });
      const { trailList } = await cloudtrail.send(new DescribeTrailsCommand(input));
      return trailList?.map(({ TrailARN }) => TrailARN?.replace('arn:aws:cloudtrail:', ''));
    };
    const own = `us-east-1:${production.id}:trail/account-trail`;
    const theirs = `us-east-1:${management.id}:trail/organization-trail`;

    expect(await names('us-east-1', {})).toEqual([own, theirs]);
    expect(await names('us-east-1', { includeShadowTrails: false })).toEqual([own]);
    expect(await names('eu-west-1', {})).toEqual([own, theirs]);
    expect(await names('eu-west-1', { includeShadowTrails: false })).toEqual([]);
    expect(await names('eu-west-1', { trailNameList: ['account-trail'] })).toEqual([]);
    expect(await names('us-east-1', { trailNameList: ['account-trail'] })).toEqual([own]);
  });

  test('has an account whose trails do not do: one for a single region, one switched off', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { cloudtrail } = clients(server, (await assume(server, model, parts(model).sandbox)).keys);

    const { trailList = [] } = await cloudtrail.send(new DescribeTrailsCommand({}));
    const status = await Promise.all(
      trailList.map(({ TrailARN }) => cloudtrail.send(new GetTrailStatusCommand({ Name: TrailARN }))),
    );

    expect(
      trailList.map(({ Name, IsMultiRegionTrail }, n) => [Name, IsMultiRegionTrail, status[n]?.IsLogging]),
    ).toEqual([
      ['regional-trail', false, true],
      ['retired-trail', true, false],
    ]);
    expect(status[1]?.StopLoggingTime).toEqual(new Date('2026-04-01T02:00:00Z'));
    expect(await refusal(cloudtrail.send(new GetTrailStatusCommand({ Name: 'retired-trail' })))).toBe(
      'TrailNotFoundException 400',
    );
  });

  test('says the same of selectors in the classic and in the advanced form', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { production } = parts(model);
    const member = clients(server, (await assume(server, model, production)).keys).cloudtrail;
    const manager = clients(server, callerOf(model)).cloudtrail;

    const classic = await manager.send(new GetEventSelectorsCommand({ TrailName: 'organization-trail' }));
    const advanced = await member.send(new GetEventSelectorsCommand({ TrailName: 'account-trail' }));

    expect(classic.AdvancedEventSelectors).toBeUndefined();
    expect(classic.EventSelectors).toEqual([
      {
        ReadWriteType: 'All',
        IncludeManagementEvents: true,
        DataResources: [],
        ExcludeManagementEventSources: [],
      },
    ]);
    expect(advanced.EventSelectors).toBeUndefined();
    expect(advanced.AdvancedEventSelectors).toEqual([
      { Name: 'Management events', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] },
    ]);
  });

  test('gives a member the status of an organisation trail by its ARN, but not its selectors', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { management, production } = parts(model);
    const { cloudtrail } = clients(server, (await assume(server, model, production)).keys);
    const arn = `arn:aws:cloudtrail:us-east-1:${management.id}:trail/organization-trail`;

    expect((await cloudtrail.send(new GetTrailStatusCommand({ Name: arn }))).IsLogging).toBe(true);
    expect(await refusal(cloudtrail.send(new GetEventSelectorsCommand({ TrailName: arn })))).toBe(
      'TrailNotFoundException 400',
    );
    model.organization!.membersReadTrailSelectors = true;
    expect((await cloudtrail.send(new GetEventSelectorsCommand({ TrailName: arn }))).TrailARN).toBe(arn);
  });

  test('looks up sign-ins by region, attribute and time, the newest first', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model, { pageSize: 2 });
    const { production } = parts(model);
    const { keys } = await assume(server, model, production);
    const lookup = async (region: string, input: LookupEventsCommandInput) =>
      (
        await gather(
          paginateLookupEvents({ client: clients(server, keys, { region }).cloudtrail }, { ...input }),
        )
      ).flatMap(({ Events }) => Events ?? []);
    const consoleLogins = {
      LookupAttributes: [{ AttributeKey: 'EventName' as const, AttributeValue: 'ConsoleLogin' }],
    };

    const east = await lookup('us-east-1', consoleLogins);
    const other = await lookup('us-east-2', consoleLogins);
    const root = await lookup('us-east-1', {
      LookupAttributes: [{ AttributeKey: 'Username', AttributeValue: 'root' }],
    });

    const remembered = production.signIns.filter(
      ({ at }) => night.getTime() - Date.parse(at) <= 90 * 86_400_000,
    );
    expect(remembered.length).toBeLessThan(production.signIns.length);
    expect(other.length).toBeGreaterThan(0);
    expect([...east, ...other].map(({ EventId }) => EventId).sort()).toEqual(
      remembered.map(({ id }) => id).sort(),
    );
    const times = east.map(({ EventTime }) => EventTime!.getTime());
    expect(times).toEqual(times.toSorted((a, b) => b - a));
    expect(root).toHaveLength(1);
    expect(JSON.parse(root[0]!.CloudTrailEvent!)).toMatchObject({
      userIdentity: { type: 'Root', accountId: production.id },
      responseElements: { ConsoleLogin: 'Success' },
      additionalEventData: { MFAUsed: 'Yes' },
    });

    const newest = east[0]!.EventTime!;
    expect(await lookup('us-east-1', { StartTime: newest, EndTime: newest })).toHaveLength(1);
    expect(
      await lookup('us-east-1', { StartTime: new Date(newest.getTime() + 1000), EndTime: night }),
    ).toEqual([]);
  });

  test('refuses what LookupEvents cannot mean', async () => {
    const model = buildAws({ seed: 1, now: night });
    const { cloudtrail } = clients(await start(model), callerOf(model));
    const lookup = (input: LookupEventsCommandInput) =>
      refusal(cloudtrail.send(new LookupEventsCommand(input)));
    const earlier = new Date(night.getTime() - 1000);

    expect(await lookup({ StartTime: night, EndTime: earlier })).toBe('InvalidTimeRangeException 400');
    expect(await lookup({ MaxResults: 51 })).toBe('InvalidMaxResultsException 400');
    expect(await lookup({ NextToken: 'made-up' })).toBe('InvalidNextTokenException 400');
  });
});

describe('throttling', () => {
  test('refuses the request too many in the words of each service, by account, and recovers by the clock', async () => {
    const model = buildAws({ seed: 1, now: night });
    let now = night;
    const rate = { perSecond: 1, burst: 2 };
    const server = await start(model, {
      now: () => now,
      throttle: { iam: rate, organizations: rate, cloudtrail: rate, 'cloudtrail/LookupEvents': rate },
    });
    const { keys } = await assume(server, model, parts(model).production);
    const { iam, organizations, cloudtrail } = clients(server, callerOf(model));
    const other = clients(server, keys);
    const thrice = async (send: () => Promise<unknown>) => [
      await refusal(send()),
      await refusal(send()),
      await refusal(send()),
    ];
    const well = 'Error';

    expect(await thrice(() => iam.send(new GetAccountSummaryCommand({})))).toEqual([
      well,
      well,
      'Throttling 400',
    ]);
    expect(await thrice(() => organizations.send(new ListAccountsCommand({})))).toEqual([
      well,
      well,
      'TooManyRequestsException 400',
    ]);
    expect(await thrice(() => cloudtrail.send(new LookupEventsCommand({})))).toEqual([
      well,
      well,
      'ThrottlingException 400',
    ]);
    await cloudtrail.send(new DescribeTrailsCommand({}));
    await other.iam.send(new GetAccountSummaryCommand({}));
    now = new Date(night.getTime() + 1000);
    await iam.send(new GetAccountSummaryCommand({}));
  });

  test('is understood by the SDK, which asks again', async () => {
    const model = buildAws({ seed: 1, now: night });
    let now = night;
    const server = await start(model, { now: () => now, throttle: { iam: { perSecond: 1, burst: 1 } } });
    const { iam } = clients(server, callerOf(model), { maxAttempts: 3 });
    server.faults.add({
      from: 3,
      times: 1,
      fault: { kind: 'delay', ms: 0 },
      meanwhile: () => (now = new Date(night.getTime() + 1000)),
    });

    await iam.send(new GetAccountSummaryCommand({}));
    await iam.send(new GetAccountSummaryCommand({}));

    expect(server.calls.map(({ code }) => code)).toEqual([null, 'Throttling', null]);
  });
});

describe('faults', () => {
  test('can be aimed at one operation, whichever protocol it speaks', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { iam, cloudtrail } = clients(server, callerOf(model));
    const summary = server.faults.add({
      match: { operation: /^iam\/GetAccountSummary$/ },
      times: 1,
      fault: { kind: 'answer', status: 503, body: '<html>' },
    });
    const trails = server.faults.add({
      match: { operation: /^cloudtrail\/DescribeTrails$/ },
      fault: { kind: 'set', pointer: '/trailList/0/IsMultiRegionTrail', value: false },
    });

    await expect(iam.send(new GetAccountSummaryCommand({}))).rejects.toThrow();
    await iam.send(new GetAccountSummaryCommand({}));
    const { trailList } = await cloudtrail.send(new DescribeTrailsCommand({}));

    expect([summary.met(), trails.met()]).toEqual([1, 1]);
    expect(trailList?.[0]?.IsMultiRegionTrail).toBe(false);
    expect(server.log.map(({ operation }) => operation)).toEqual([
      'iam/GetAccountSummary',
      'iam/GetAccountSummary',
      'cloudtrail/DescribeTrails',
    ]);
    expect(server.calls).toHaveLength(2);
  });

  test('leave alone what they are not aimed at, and every answer has a request id of its own', async () => {
    const model = buildAws({ seed: 1, now: night });
    const server = await start(model);
    const { iam, sts, organizations } = clients(server, callerOf(model));
    server.faults.add({
      match: { operation: /LookupEvents/ },
      fault: { kind: 'drop', when: 'before-headers' },
    });

    const ids = [
      (await iam.send(new GetAccountSummaryCommand({}))).$metadata.requestId,
      (await sts.send(new GetCallerIdentityCommand({}))).$metadata.requestId,
      (await organizations.send(new ListAccountsCommand({}))).$metadata.requestId,
    ];

    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });
});
