import { Row } from '../../../collectors/aws/credential-report-row.ts';
import { asOf } from '../../controls/support.ts';
import type { Scenario } from './scenario.ts';
import type { Answer } from './world.ts';

export const account = '123456789012';
const home = 'us-east-1';
const regions = [home, 'eu-west-1'];
const inAccount = { id: account, state: 'ACTIVE' };
const inRegion = (name: string) => ({
  id: `${account}|${name}`,
  cloudAccount: account,
  name,
  enabled: true,
});

type Input = Readonly<Record<string, unknown>>;
type Fields = Record<string, unknown>;
interface Rule {
  readonly IpProtocol: string;
}

/** What AWS's own policies say, of those that scenarios give to somebody; of the audit policy a part. */
const vendorPolicies: Readonly<Record<string, Fields>> = {
  AdministratorAccess: { Effect: 'Allow', Action: '*', Resource: '*' },
  SecurityAudit: { Effect: 'Allow', Action: ['iam:Get*', 'iam:List*', 'ec2:Describe*'], Resource: '*' },
  IAMUserChangePassword: {
    Effect: 'Allow',
    Action: 'iam:ChangePassword',
    Resource: 'arn:aws:iam::*:user/${aws:username}',
  },
};

/**
 * An account of AWS in which these calls were made, and none before. What a call leaves out is as moto makes it, in which
 * the scenarios run. Names that the sample could not work out mean one thing wherever they are the same.
 */
export class AwsAccount {
  readonly firewalls: { id: string; region: string; rules: Rule[] }[] = [];
  readonly buckets = new Map<
    string,
    { region: string; block: unknown; encryption: unknown; policy: unknown }
  >();
  readonly users = new Map<string, Fields>();
  readonly groups = new Map<string, { policies: string[]; users: string[] }>();
  readonly roles = new Map<string, { arn: string; trust: unknown; policies: string[] }>();
  readonly policies = new Map<string, unknown>();
  readonly trails = new Map<string, { answer: Fields; logging: boolean }>();
  readonly databases: Fields[] = [];
  readonly clusters: Fields[] = [];
  readonly volumes: Fields[] = [];
  readonly recorders = new Map<string, boolean>();
  readonly logGroups = new Map<string, Fields>();
  readonly encryptsVolumes = new Set<string>();
  accountBlock: unknown = null;
  passwordPolicy: Fields | null = null;
  /** The group that rules were added to. */
  touched: string | null = null;
  #policyNames = new Map<string, string>();

  constructor({ aws_setup_calls: calls = [] }: Scenario) {
    for (const region of regions) this.firewalls.push({ id: `sg-default-${region}`, region, rules: [] });
    for (const [call, input] of calls) this.#make(call, input);
  }

  #make(call: string, input: Input): void {
    const make = this.#calls[call];
    if (make) make(input);
    else if (!/^[a-z0-9]+\.(get|describe|list|tag)_/.test(call) && !unmoved.has(call))
      throw new Error(`${call} is not understood`);
  }

  readonly #calls: Readonly<Record<string, (input: Input) => void>> = {
    'ec2.create_vpc': () => {
      this.firewalls.splice(1, 0, { id: 'sg-default-of-vpc', region: home, rules: [] });
    },
    'ec2.authorize_security_group_ingress': ({ IpPermissions }) => {
      // What a scenario asks for first is the group that the first network has by itself.
      const [group] = this.firewalls;
      group?.rules.push(...(IpPermissions as Rule[]));
      this.touched = group?.id ?? null;
    },
    'ec2.create_volume': ({ Encrypted = false }) => {
      this.volumes.push({ VolumeId: `vol-${this.volumes.length}`, Encrypted });
    },
    'ec2.enable_ebs_encryption_by_default': () => this.encryptsVolumes.add(home),
    's3.create_bucket': ({ Bucket, CreateBucketConfiguration }) => {
      const { LocationConstraint = home } = (CreateBucketConfiguration ?? {}) as Record<string, string>;
      this.buckets.set(String(Bucket), {
        region: LocationConstraint,
        block: null,
        encryption: null,
        policy: null,
      });
    },
    's3.put_public_access_block': ({ Bucket, PublicAccessBlockConfiguration }) => {
      this.#bucket(Bucket).block = PublicAccessBlockConfiguration;
    },
    's3.put_bucket_encryption': ({ Bucket, ServerSideEncryptionConfiguration }) => {
      this.#bucket(Bucket).encryption = ServerSideEncryptionConfiguration;
    },
    's3.put_bucket_policy': ({ Bucket, Policy }) => {
      this.#bucket(Bucket).policy = documentOf(Policy);
    },
    's3control.put_public_access_block': ({ PublicAccessBlockConfiguration }) => {
      this.accountBlock = PublicAccessBlockConfiguration;
    },
    'rds.create_db_instance': (input) => this.databases.push(input),
    'rds.create_db_cluster': (input) => this.clusters.push(input),
    // What a copy keeps of the settings of its model is not in the sample.
    'rds.create_db_instance_read_replica': ({ DBInstanceIdentifier }) =>
      this.databases.push({ DBInstanceIdentifier, BackupRetentionPeriod: undefined }),
    'cloudtrail.create_trail': ({ Name, S3BucketName, IsMultiRegionTrail, EnableLogFileValidation }) => {
      this.trails.set(String(Name), {
        answer: {
          TrailARN: `arn:aws:cloudtrail:${home}:${account}:trail/${String(Name)}`,
          Name,
          S3BucketName,
          IsMultiRegionTrail,
          LogFileValidationEnabled: EnableLogFileValidation ?? false,
          HomeRegion: home,
        },
        logging: false,
      });
    },
    'cloudtrail.start_logging': ({ Name }) => {
      this.trails.get(String(Name))!.logging = true;
    },
    'config.put_configuration_recorder': ({ ConfigurationRecorder }) => {
      this.recorders.set((ConfigurationRecorder as { name: string }).name, false);
    },
    'config.start_configuration_recorder': ({ ConfigurationRecorderName }) =>
      this.recorders.set(String(ConfigurationRecorderName), true),
    'logs.create_log_group': ({ logGroupName }) =>
      this.logGroups.set(String(logGroupName), {
        arn: `arn:aws:logs:${home}:${account}:log-group:${String(logGroupName)}`,
        logGroupName,
        logGroupClass: 'STANDARD',
      }),
    'logs.put_retention_policy': ({ logGroupName, retentionInDays }) =>
      Object.assign(this.logGroups.get(String(logGroupName))!, { retentionInDays }),
    'iam.update_account_password_policy': (input) => {
      // https://docs.aws.amazon.com/IAM/latest/APIReference/API_UpdateAccountPasswordPolicy.html
      this.passwordPolicy = { MinimumPasswordLength: 6, ExpirePasswords: false, ...input };
    },
    'iam.create_user': ({ UserName }) => this.users.set(String(UserName), rowOf(String(UserName))),
    'iam.create_group': ({ GroupName }) => this.groups.set(String(GroupName), { policies: [], users: [] }),
    'iam.add_user_to_group': ({ GroupName, UserName }) =>
      this.groups.get(String(GroupName))!.users.push(String(UserName)),
    'iam.create_policy': ({ PolicyName, PolicyDocument }) =>
      this.policies.set(`arn:aws:iam::${account}:policy/${String(PolicyName)}`, documentOf(PolicyDocument)),
    'iam.attach_group_policy': ({ GroupName, PolicyArn }) =>
      this.groups.get(String(GroupName))!.policies.push(this.#policy(String(PolicyArn))),
    'iam.create_role': ({ RoleName, Path = '/', AssumeRolePolicyDocument }) =>
      this.roles.set(String(RoleName), {
        arn: `arn:aws:iam::${account}:role${String(Path)}${String(RoleName)}`,
        trust: documentOf(AssumeRolePolicyDocument),
        policies: [],
      }),
    'iam.attach_role_policy': ({ RoleName, PolicyArn }) =>
      this.roles.get(String(RoleName))!.policies.push(this.#policy(String(PolicyArn))),
  };

  #bucket(name: unknown) {
    return this.buckets.get(String(name))!;
  }

  /** The ARN of a policy; those that the sample could not work out are the ones that were made, in their order. */
  #policy(arn: string): string {
    if (!arn.startsWith('<')) return arn;
    const known = this.#policyNames.get(arn);
    if (known !== undefined) return known;
    const made = [...this.policies.keys()][this.#policyNames.size];
    if (made === undefined) throw new Error(`${arn} was not made`);
    this.#policyNames.set(arn, made);
    return made;
  }

  /** What the account answers to the questions of our datasets. */
  answers(): Answer[] {
    const each = (dataset: string, list: string, of: (region: string) => readonly unknown[]) =>
      regions.map((region) => ({
        dataset,
        value: { [list]: of(region) },
        parent: inRegion(region),
      }));
    const atHome = (items: readonly unknown[]) => (region: string) => (region === home ? items : []);
    const one = (dataset: string, value: unknown) => ({ dataset, value, parent: inAccount });
    return [
      { dataset: 'aws/accounts', value: { Account: account } },
      one('aws/regions', {
        Regions: regions.map((RegionName) => ({ RegionName, OptInStatus: 'opt-in-not-required' })),
      }),
      one('aws/credential-report', reportOf([...this.users.values()])),
      one('aws/account-summary', { SummaryMap: summaryOf([...this.users.values()]) }),
      one('aws/account-authorization-details', this.#authorization()),
      one('aws/password-policy', this.passwordPolicy && { PasswordPolicy: this.passwordPolicy }),
      one('aws/account-public-access-blocks', wrapped('PublicAccessBlockConfiguration', this.accountBlock)),
      one('aws/buckets', {
        Buckets: [...this.buckets].map(([Name, { region }]) => ({ Name, BucketRegion: region })),
      }),
      ...[...this.buckets].flatMap(([name, { region, block, encryption, policy }]) => {
        const parent = { id: `arn:aws:s3:::${name}`, cloudAccount: account, region, name };
        return [
          {
            dataset: 'aws/bucket-public-access-blocks',
            value: wrapped('PublicAccessBlockConfiguration', block),
            parent,
          },
          {
            dataset: 'aws/bucket-encryption',
            value: wrapped('ServerSideEncryptionConfiguration', encryption),
            parent,
          },
          {
            dataset: 'aws/bucket-policy-status',
            value: policy === null ? null : { PolicyStatus: { IsPublic: isPublic(policy) } },
            parent,
          },
        ];
      }),
      ...each('aws/security-groups', 'SecurityGroups', (region) =>
        this.firewalls
          .filter((group) => group.region === region)
          .map(({ id, rules }) => ({ GroupId: id, GroupName: 'default', IpPermissions: rules })),
      ),
      ...each('aws/volumes', 'Volumes', atHome(this.volumes)),
      ...regions.map((region) => ({
        dataset: 'aws/volume-encryption-defaults',
        value: { EbsEncryptionByDefault: this.encryptsVolumes.has(region) },
        parent: inRegion(region),
      })),
      ...each(
        'aws/database-instances',
        'DBInstances',
        atHome(
          this.databases.map((database) => ({
            PubliclyAccessible: false,
            StorageEncrypted: false,
            // https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html
            BackupRetentionPeriod: 1,
            ...database,
            DBInstanceArn: `arn:aws:rds:${home}:${account}:db:${String(database['DBInstanceIdentifier'])}`,
          })),
        ),
      ),
      ...each(
        'aws/database-clusters',
        'DBClusters',
        atHome(
          this.clusters.map((cluster) => ({
            StorageEncrypted: false,
            ...cluster,
            DBClusterArn: `arn:aws:rds:${home}:${account}:cluster:${String(cluster['DBClusterIdentifier'])}`,
          })),
        ),
      ),
      one('aws/trails', { trailList: [...this.trails.values()].map(({ answer }) => answer) }),
      ...[...this.trails.values()].flatMap(({ answer, logging }) => {
        const parent = {
          id: `${account}|${String(answer['TrailARN'])}`,
          cloudAccount: account,
          homeRegion: home,
        };
        return [
          { dataset: 'aws/trail-status', value: { IsLogging: logging }, parent },
          {
            dataset: 'aws/trail-event-selectors',
            // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html
            value: { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] },
            parent,
          },
        ];
      }),
      ...each(
        'aws/config-recorders',
        'ConfigurationRecorders',
        atHome([...this.recorders.keys()].map((name) => ({ name, recordingGroup: { allSupported: true } }))),
      ),
      ...each(
        'aws/config-recorder-status',
        'ConfigurationRecordersStatus',
        atHome([...this.recorders].map(([name, recording]) => ({ name, recording }))),
      ),
      ...each('aws/log-groups', 'logGroups', atHome([...this.logGroups.values()])),
    ];
  }

  #authorization(): Fields {
    const attached = (arns: readonly string[]) =>
      arns.map((PolicyArn) => ({ PolicyArn, PolicyName: PolicyArn.split('/').at(-1) }));
    const used = [...this.groups.values(), ...this.roles.values()].flatMap(({ policies }) => policies);
    const vendors = [...new Set(used.filter((arn) => arn.startsWith('arn:aws:iam::aws:')))];
    const documents: (readonly [string, unknown])[] = [
      ...this.policies,
      ...vendors.map((arn) => {
        const statement = vendorPolicies[arn.split('/').at(-1)!];
        if (!statement) throw new Error(`what ${arn} says is not known here`);
        return [arn, { Version: '2012-10-17', Statement: [statement] }] as const;
      }),
    ];
    return {
      UserDetailList: [...this.users.keys()].map((UserName) => ({
        Arn: userArn(UserName),
        UserName,
        AttachedManagedPolicies: [],
        GroupList: [...this.groups].flatMap(([name, { users }]) => (users.includes(UserName) ? [name] : [])),
      })),
      GroupDetailList: [...this.groups].map(([GroupName, { policies }]) => ({
        Arn: `arn:aws:iam::${account}:group/${GroupName}`,
        GroupName,
        AttachedManagedPolicies: attached(policies),
        GroupPolicyList: [],
      })),
      RoleDetailList: [...this.roles].map(([RoleName, { arn, trust, policies }]) => ({
        Arn: arn,
        RoleName,
        AttachedManagedPolicies: attached(policies),
        RolePolicyList: [],
        AssumeRolePolicyDocument: encodeURIComponent(JSON.stringify(trust)),
      })),
      Policies: documents.map(([Arn, document]) => ({
        Arn,
        PolicyName: Arn.split('/').at(-1),
        AttachmentCount: 1,
        PolicyVersionList: [
          { IsDefaultVersion: true, Document: encodeURIComponent(JSON.stringify(document)) },
        ],
      })),
    };
  }
}

/** Calls that change nothing which our controls look at. */
const unmoved = new Set([
  's3.put_bucket_acl',
  's3.put_bucket_versioning',
  'config.put_delivery_channel',
  'kms.create_key',
  'backup.create_backup_plan',
  ...['subnet', 'internet_gateway', 'route_table', 'route', 'network_interface', 'instances', 'image'].map(
    (what) => `ec2.create_${what}`,
  ),
  ...['attach_internet_gateway', 'associate_route_table', 'run_instances'].map((what) => `ec2.${what}`),
  'rds.create_db_parameter_group',
  'rds.create_db_subnet_group',
]);

const userArn = (name: string) => `arn:aws:iam::${account}:user/${name}`;

function documentOf(written: unknown): unknown {
  return typeof written === 'string' ? JSON.parse(written) : written;
}

function wrapped(name: string, value: unknown): Fields | null {
  return value === null ? null : { [name]: value };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/access-control-block-public-access.html#access-control-block-public-access-policy-status */
function isPublic(policy: unknown): boolean {
  const { Statement } = policy as { readonly Statement: readonly Fields[] };
  return Statement.some(
    ({ Effect, Principal, Condition }) => Effect === 'Allow' && Principal === '*' && Condition === undefined,
  );
}

/** A line of the credential report about somebody who was just made. */
export function rowOf(user: string, told: Readonly<Record<string, string>> = {}): Row {
  const known: Readonly<Record<string, string>> = {
    user,
    arn: user === '<root_account>' ? `arn:aws:iam::${account}:root` : userArn(user),
    user_creation_time: '2026-01-01T00:00:00+00:00',
    password_enabled: 'false',
    mfa_active: 'false',
    ...told,
  };
  return Row.parse(
    Object.fromEntries(
      Object.keys(Row.shape).map((column) => [
        column,
        timed(known[column] ?? (column.endsWith('_active') ? 'false' : 'N/A')),
      ]),
    ),
  );
}

/** A time that the sample left as a formula: so many days before now. */
function timed(cell: string): string {
  const days = /^<.*\bdays=(\d+)/.exec(cell)?.[1];
  return days === undefined
    ? cell
    : new Date(Date.parse(asOf) - Number(days) * 86_400_000).toISOString().replace(/\.\d+Z$/, '+00:00');
}

function reportOf(rows: readonly Fields[]): Fields {
  const columns = Object.keys(Row.shape);
  const lines = [columns, ...rows.map((row) => columns.map((column) => row[column]))];
  return {
    Content: Buffer.from(lines.map((cells) => cells.join(',')).join('\n')).toString('base64'),
    ReportFormat: 'text/csv',
    GeneratedTime: '2026-06-30T02:30:00.000Z',
  };
}

/** The account summary tells of root what the report does, and more: a report shows no key that is switched off. */
function summaryOf(rows: readonly Fields[]): Record<string, number> {
  const root = rows.find(({ user }) => user === '<root_account>');
  if (!root) return {};
  const flag = (...columns: readonly string[]) => Number(columns.some((column) => root[column] === 'true'));
  return {
    AccountMFAEnabled: flag('mfa_active'),
    AccountPasswordPresent: flag('password_enabled'),
    AccountAccessKeysPresent: flag('access_key_1_active', 'access_key_2_active'),
    AccountSigningCertificatesPresent: flag('cert_1_active', 'cert_2_active'),
  };
}
