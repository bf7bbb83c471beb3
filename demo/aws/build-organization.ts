import type { Making } from './build-account.ts';
import type { AwsBucket, AwsDirectory } from './cloud-model.ts';
import { allow } from './build-account.ts';
import type { AwsAccount, AwsOrganization } from './model.ts';

/** Buckets that nobody outside can see, encrypted, with what they held before. */
export function bucketsOf({ chance, ago }: Making, account: string): AwsBucket[] {
  return ['data', 'logs'].map((what) => ({
    name: `${what}-${chance.hex(`${account}/bucket`, 8)}`,
    region: 'us-east-1',
    createdAt: ago(390),
    publicAccessBlock: true,
    publicPolicy: null,
    encryption: 'aws:kms',
    versioning: 'Enabled',
    lock: what === 'logs' ? 'COMPLIANCE' : null,
    deletesAfterDays: what === 'logs' ? 400 : null,
    refuses: [],
  }));
}

/** What holds for all accounts, and the directory by which people get into them. */
export function organizationOf(make: Making, accounts: readonly AwsAccount[]): AwsOrganization {
  const { chance } = make;
  const [management] = accounts;
  if (!management) throw new RangeError('an organisation has at least its management account');
  const root = { id: `r-${chance.hex('organization/root', 4)}`, type: 'ROOT', name: 'Root' } as const;
  return {
    id: `o-${chance.hex('organization', 10)}`,
    managementAccount: management.id,
    delegatedAdministrators: [],
    features: ['RootCredentialsManagement', 'RootSessions'],
    policies: [
      {
        id: 'p-FullAWSAccess',
        name: 'FullAWSAccess',
        type: 'SERVICE_CONTROL_POLICY',
        awsManaged: true,
        document: allow('*', '*'),
        targets: [root],
      },
      {
        id: `p-${chance.hex('organization/policy', 8)}`,
        name: 'nobody-leaves',
        type: 'SERVICE_CONTROL_POLICY',
        awsManaged: false,
        document: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Deny', Action: 'organizations:LeaveOrganization', Resource: '*' }],
        },
        targets: [root],
      },
    ],
    directory: directoryOf(make, accounts),
    membersReadTrailSelectors: false,
  };
}

function directoryOf({ chance, ago, partition }: Making, accounts: readonly AwsAccount[]): AwsDirectory {
  const instance = `ssoins-${chance.hex('directory', 16)}`;
  const people = [...new Set(accounts.flatMap(({ users }) => users.filter(({ password }) => password)))];
  const users = people.map(({ name }) => ({
    id: chance.uuid(`directory/${name}`),
    userName: `${name}@example.com`,
    enabled: true,
    issuer: 'https://sts.windows.net/',
  }));
  const group = (name: string, members: readonly { readonly id: string }[]) => ({
    id: chance.uuid(`directory/group/${name}`),
    name,
    members: members.map(({ id }) => id),
  });
  const groups = [group('cloud-admins', users.slice(0, 2)), group('developers', users.slice(2))];
  const set = (name: string, policy: string, granted: (typeof groups)[number] | undefined) => ({
    arn: `arn:${partition}:sso:::permissionSet/${instance}/ps-${chance.hex(`directory/${name}`, 16)}`,
    name,
    createdAt: ago(350),
    managedPolicies: [`arn:${partition}:iam::aws:policy/${policy}`],
    inlinePolicy: null,
    assignments: accounts.map(({ id }) => ({
      account: id,
      principal: granted?.id ?? '',
      type: 'GROUP' as const,
    })),
  });
  return {
    arn: `arn:${partition}:sso:::instance/${instance}`,
    store: `d-${chance.hex('directory/store', 10)}`,
    region: 'us-east-1',
    users,
    groups,
    permissionSets: [
      set('Administrator', 'AdministratorAccess', groups[0]),
      {
        ...set('Developer', 'ReadOnlyAccess', groups[1]),
        inlinePolicy: allow('s3:GetObject', `arn:${partition}:s3:::app-data/*`),
      },
    ],
  };
}
