import { aws } from '../../../collectors/aws/index.ts';
import { account, AwsAccount, rowOf } from './aws-account.ts';
import type { Check, Scenario } from './scenario.ts';
import { worldOf } from './world.ts';

const scope = { accounts: 'this', region: 'us-east-1', role: 'r', partition: 'aws', endpoint: null };
type State = Readonly<Record<string, unknown>>;

/** What a scenario puts in the place of what it could not read: the dataset that reads it. */
const unreadable: Readonly<Record<string, string>> = {
  password_policy: 'aws/password-policy',
  trails: 'aws/trails',
  roles: 'aws/account-authorization-details',
  log_groups: 'aws/log-groups',
  account_public_access_block: 'aws/account-public-access-blocks',
  's3.buckets[bucket_arn].public_access_block': 'aws/bucket-public-access-blocks',
};

/** The account that a scenario makes, with what it says of it besides. */
function worldIn(scenario: Scenario, prepare: (made: AwsAccount, state: State) => void = () => undefined) {
  const made = new AwsAccount(scenario);
  const state = scenario.tenant_state ?? {};
  prepare(made, state);
  const refused = Object.entries(unreadable).flatMap(([name, dataset]) =>
    state[name] === null ? [dataset] : [],
  );
  return worldOf({ collector: aws, scope, answers: made.answers(), refused });
}

const plain: Check['world'] = (scenario) => worldIn(scenario);

/** Scenarios that change lines of the credential report after the calls, or are nothing but such lines. */
const reported: Check['world'] = (scenario) =>
  worldIn(scenario, (made, state) => {
    const rows = (state['credential_report'] ?? []) as readonly Record<string, string>[];
    for (const row of rows) made.users.set(row['user']!, rowOf(row['user']!, row));
    const cells = Object.entries(state).flatMap(([name, value]) => {
      const column = /^service_client\.credential_report\[0\]\['(\w+)'\]$/.exec(name)?.[1];
      return column === undefined ? [] : [[column, String(value)] as const];
    });
    if (cells.length === 0) return;
    const told = Object.fromEntries(cells);
    const user = told['user'] ?? [...made.users.keys()][0]!;
    made.users.set(user, rowOf(user, told));
  });

/** A policy for passwords is about nobody where nobody has one: the scenarios name no user, so that there is one here. */
const withPassword: Check['world'] = (scenario) =>
  worldIn(scenario, (made) => made.users.set('ada', rowOf('ada', { password_enabled: 'true' })));

/** A volume, database or other thing that a scenario made without a name that the sample knows. */
const isArn = (service: string) => (subject: string) => subject.startsWith(`arn:aws:${service}:`);
const principal = (subject: string) => subject.includes(`:${account}:role/`) || subject.includes(':user/');

/** By what the name of a scenario says of the group that it changes; of one that changes none, of each. */
const compliant = ({ scenario, expected_findings: findings }: Scenario) => {
  if (scenario.includes('non compliant')) return ['FAIL' as const];
  const good = scenario.includes('compliant') || scenario === 'ec2 default sgs';
  return good ? Array.from({ length: Number(findings) }, () => 'PASS' as const) : [];
};

const openPorts: Readonly<Record<string, readonly number[]>> = {
  tcp_port_22: [22],
  tcp_port_3389: [3389],
  tcp_port_cassandra_7199_9160_8888: [7199, 9160, 8888],
  tcp_port_elasticsearch_kibana_9200_9300_5601: [9200, 9300, 5601],
  tcp_port_kafka_9092: [9092],
  tcp_port_mongodb_27017_27018: [27_017, 27_018],
  tcp_port_mysql_3306: [3306],
  tcp_port_oracle_1521_2483: [1521, 2483],
  tcp_port_postgres_5432: [5432],
  tcp_port_redis_6379: [6379],
  tcp_port_sql_server_1433_1434: [1433, 1434],
  tcp_port_telnet_23: [23],
};

const exposedPorts: Readonly<Record<string, readonly number[]>> = {
  cassandra: [7000, 7001, 7199, 9042, 9160],
  cifs: [139, 445],
  ftp: [20, 21],
  kafka: [9092],
  memcached: [11_211],
  mysql: [3306],
  oracle: [1521, 2483, 2484],
  postgresql: [5432],
  rdp: [3389],
  redis: [6379],
  sqlserver: [1433, 1434],
  ssh: [22],
  telnet: [23],
};

/** Of the instance a scenario tells the group alone, which is what our control judges. */
const touched = (subject: string, scenario: Scenario) => subject === new AwsAccount(scenario).touched;

export const awsChecks: readonly Check[] = [
  { check: 'iam_root_mfa_enabled', control: 'mfa-aws-root', world: reported },
  { check: 'iam_user_mfa_enabled_console_access', control: 'mfa-aws-console-users', world: reported },
  { check: 'iam_rotate_access_key_90_days', control: 'aws-access-key-age', world: reported },
  { check: 'iam_user_accesskey_unused', control: 'aws-access-key-unused', world: reported },
  {
    check: 'iam_password_policy_minimum_length_14',
    control: 'aws-password-policy',
    parameters: () => ({ minimumLength: 14, reusePrevention: 0 }),
    world: withPassword,
  },
  {
    check: 'iam_password_policy_reuse_24',
    control: 'aws-password-policy',
    parameters: () => ({ minimumLength: 6, reusePrevention: 24 }),
    world: withPassword,
  },
  {
    check: 'iam_customer_attached_policy_no_administrative_privileges',
    control: 'aws-no-wildcard-admin-policies',
    world: plain,
    about: (subject) => subject.includes(':policy/'),
  },
  {
    check: 'iam_aws_attached_policy_no_administrative_privileges',
    control: 'aws-admin-bounded',
    world: plain,
  },
  {
    check: 'iam_role_administratoraccess_policy',
    control: 'aws-admin-bounded',
    world: plain,
    about: principal,
  },
  {
    check: 'iam_group_administrator_access_policy',
    control: 'aws-admin-bounded',
    world: plain,
    about: principal,
  },
  { check: 'cloudtrail_multi_region_enabled', control: 'cloudtrail-all-regions', world: plain },
  {
    check: 'cloudtrail_log_file_validation_enabled',
    control: 'cloudtrail-tamper-protected',
    world: plain,
    about: (subject) => subject.includes(':trail/'),
  },
  {
    check: 'config_recorder_all_regions_enabled',
    control: 'config-recorder-on',
    world: plain,
    // Where there is one verdict, it is about the region in which there is a recorder.
    about: (subject, { expected_findings: findings }) =>
      subject.startsWith(findings === 1 ? `${account}|us-east-1` : `${account}|`),
    named: ({ scenario }) => (scenario.endsWith('enabled') ? ['PASS'] : ['FAIL']),
  },
  ...['s3_account_level_public_access_blocks', 's3_bucket_level_public_access_block'].map((check): Check => ({
    check,
    control: 'storage-not-public',
    world: plain,
    about: isArn('s3'),
  })),
  ...['s3_bucket_public_list_acl', 's3_bucket_public_write_acl', 's3_bucket_policy_public_write_access'].map(
    (check): Check => ({ check, control: 'storage-not-public', world: plain, about: isArn('s3') }),
  ),
  {
    check: 'rds_instance_no_public_access',
    control: 'storage-not-public',
    world: plain,
    about: isArn('rds'),
  },
  {
    check: 'ec2_ebs_default_encryption',
    control: 'encryption-at-rest',
    world: plain,
    about: (subject) => subject.startsWith(`${account}|`),
  },
  {
    check: 'ec2_ebs_volume_encryption',
    control: 'encryption-at-rest',
    world: plain,
    about: (subject) => subject.startsWith('vol-'),
  },
  ...['rds_instance_storage_encrypted', 'rds_cluster_storage_encrypted'].map((check): Check => ({
    check,
    control: 'encryption-at-rest',
    world: plain,
    about: isArn('rds'),
  })),
  {
    check: 's3_bucket_default_encryption',
    control: 'encryption-at-rest',
    world: plain,
    about: isArn('s3'),
  },
  {
    check: 'rds_instance_backup_enabled',
    control: 'backups-scheduled',
    world: (scenario) =>
      worldIn(scenario, (made, state) => {
        const days = state['service_client.db_instances[instance_arn].backup_retention_period'];
        if (days !== undefined)
          made.databases.splice(0, 1, { ...made.databases[0], BackupRetentionPeriod: days });
      }),
    about: isArn('rds'),
  },
  {
    check: 'rds_instance_protected_by_backup_plan',
    control: 'backups-scheduled',
    // Of those with a plan the sample holds neither the database nor the plan.
    world: (scenario) =>
      scenario.aws_setup_calls || scenario.expected_findings === 0 ? worldIn(scenario) : null,
    about: isArn('rds'),
  },
  {
    check: 'rds_instance_deprecated_engine_version',
    control: 'eol-software-none',
    world: plain,
    about: isArn('rds'),
  },
  ...['all_ports', 'any_port', 'high_risk_tcp_ports'].map((what): Check => ({
    check: `ec2_securitygroup_allow_ingress_from_internet_to_${what}`,
    control: 'no-open-admin-ports',
    world: plain,
    about: (subject) => subject.startsWith('sg-'),
    named: compliant,
  })),
  ...Object.entries(openPorts).map(([what, ports]): Check => ({
    check: `ec2_securitygroup_allow_ingress_from_internet_to_${what}`,
    control: 'no-open-admin-ports',
    parameters: () => ({ ports }),
    world: plain,
    about: (subject) => subject.startsWith('sg-'),
    named: compliant,
  })),
  ...Object.entries(exposedPorts).map(([what, ports]): Check => ({
    check: `ec2_instance_port_${what}_exposed_to_internet`,
    control: 'no-open-admin-ports',
    parameters: () => ({ ports }),
    world: plain,
    about: touched,
  })),
];
