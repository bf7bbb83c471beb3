import type { Making } from './build-account.ts';
import { everywhere } from './build-everywhere.ts';
import type { AwsThing, AwsThings } from './cloud-model.ts';

/** What the company runs: a program on a machine and in a function, behind a load balancer, with a database. */
export function workload(make: Making, account: string, region: string): Partial<AwsThings> {
  const { chance, ago, partition } = make;
  const id = (prefix: string, what: string) => `${prefix}-${chance.hex(`${account}/${region}/${what}`, 17)}`;
  const arn = (service: string, what: string) => `arn:${partition}:${service}:${region}:${account}:${what}`;
  const seconds = (days: number) => Date.parse(ago(days)) / 1000;
  const machine = id('i', 'web');
  const group = id('sg', 'web');
  const balancer = arn('elasticloadbalancing', `loadbalancer/app/web/${chance.hex(`${account}/lb`, 16)}`);
  const key = chance.uuid(`${account}/${region}/key`);
  const database = arn('rds', 'db:orders');
  const vault = 'nightly';
  const acl = arn('wafv2', `global/webacl/web/${chance.uuid(`${account}/acl`)}`);
  return {
    ...everywhereAnd(make, account, region, group),
    volumes: [{ volumeId: id('vol', 'web'), encrypted: true, createTime: ago(200), size: 30 }],
    reservations: [
      {
        reservationId: id('r', 'web'),
        ownerId: account,
        instancesSet: {
          item: {
            instanceId: machine,
            imageId: id('ami', 'web'),
            instanceState: { code: 16, name: 'running' },
            launchTime: ago(20),
            groupSet: { item: { groupId: group, groupName: 'web' } },
            metadataOptions: { httpTokens: 'required', httpEndpoint: 'enabled' },
            networkInterfaceSet: { item: { networkInterfaceId: id('eni', 'web') } },
          },
        },
      },
    ],
    networkInterfaces: [
      {
        networkInterfaceId: id('eni', 'web'),
        ownerId: account,
        vpcId: id('vpc', 'default'),
        interfaceType: 'interface',
        groupSet: { item: { groupId: group, groupName: 'web' } },
        attachment: { instanceId: machine },
      },
    ],
    managedMachines: [
      {
        InstanceId: machine,
        PingStatus: 'Online',
        LastPingDateTime: seconds(0),
        PlatformName: 'Amazon Linux',
        PlatformVersion: '2023',
      },
    ],
    patchStates: [
      {
        ComplianceType: 'Patch',
        ResourceType: 'ManagedInstance',
        ResourceId: machine,
        Status: 'COMPLIANT',
        NonCompliantSummary: { NonCompliantCount: 0, SeveritySummary: { CriticalCount: 0 } },
        ExecutionSummary: { ExecutionTime: seconds(1) },
      },
    ],
    peerings: [
      {
        vpcPeeringConnectionId: id('pcx', 'inside'),
        requesterVpcInfo: { ownerId: account, vpcId: id('vpc', 'web') },
        accepterVpcInfo: { ownerId: account, vpcId: id('vpc', 'reports') },
        status: { code: 'active', message: 'Active' },
      },
    ],
    watchedMachines: [
      {
        resourceId: chance.hex(`${account}/${machine}/agent`, 32),
        accountId: account,
        resourceDetails: {
          resourceType: 'EC2',
          ec2InstanceDetails: { instanceId: machine, managementType: 'AUTO_MANAGED' },
        },
        coverageStatus: 'HEALTHY',
        updatedAt: seconds(30),
      },
    ],
    inspectedThings: [
      {
        resourceId: machine,
        resourceType: 'AWS_EC2_INSTANCE',
        scanType: 'PACKAGE',
        accountId: account,
        scanStatus: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' },
        lastScannedAt: seconds(1),
      },
      {
        resourceId: `${arn('lambda', 'function:mailer')}:$LATEST`,
        resourceType: 'AWS_LAMBDA_FUNCTION',
        scanType: 'PACKAGE',
        accountId: account,
        scanStatus: { statusCode: 'ACTIVE', reason: 'SUCCESSFUL' },
        lastScannedAt: seconds(1),
      },
    ],
    loadBalancers: [
      {
        LoadBalancerArn: balancer,
        LoadBalancerName: 'web',
        Scheme: 'internet-facing',
        Type: 'application',
      },
    ],
    listeners: [
      {
        ListenerArn: `${balancer}/443`,
        LoadBalancerArn: balancer,
        Port: 443,
        Protocol: 'HTTPS',
        SslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
      },
      { ListenerArn: `${balancer}/80`, LoadBalancerArn: balancer, Port: 80, Protocol: 'HTTP' },
    ],
    listenerRules: [
      rule(`${balancer}/80`, {
        Type: 'redirect',
        RedirectConfig: { Protocol: 'HTTPS', StatusCode: 'HTTP_301' },
      }),
    ],
    certificates: [
      {
        CertificateArn: arn('acm', `certificate/${chance.uuid(`${account}/certificate`)}`),
        DomainName: 'www.example.com',
        Status: 'ISSUED',
        NotAfter: seconds(-200),
        InUse: true,
        RenewalEligibility: 'ELIGIBLE',
        KeyAlgorithm: 'EC-prime256v1',
      },
    ],
    databases: [
      {
        DBInstanceIdentifier: 'orders',
        DBInstanceArn: database,
        Engine: 'postgres',
        EngineVersion: '17.6',
        InstanceCreateTime: ago(350),
        PubliclyAccessible: false,
        StorageEncrypted: true,
        BackupRetentionPeriod: 14,
        DeletionProtection: true,
      },
    ],
    keys: [
      {
        KeyId: key,
        Arn: arn('kms', `key/${key}`),
        CreationDate: seconds(380),
        Enabled: true,
        KeyState: 'Enabled',
        Origin: 'AWS_KMS',
        KeyManager: 'CUSTOMER',
        KeySpec: 'SYMMETRIC_DEFAULT',
        rotation: { KeyRotationEnabled: true, RotationPeriodInDays: 365 },
      },
    ],
    backupPlans: [
      {
        BackupPlanArn: arn('backup', 'backup-plan:nightly'),
        BackupPlanId: 'nightly',
        BackupPlanName: 'nightly',
        LastExecutionDate: seconds(1),
      },
    ],
    backupVaults: [
      {
        BackupVaultName: vault,
        BackupVaultArn: arn('backup', `backup-vault:${vault}`),
        Locked: true,
        MinRetentionDays: 14,
        LockDate: seconds(300),
        NumberOfRecoveryPoints: 14,
      },
    ],
    restoreTestingPlans: [
      {
        RestoreTestingPlanArn: arn('backup', 'restore-testing-plan:monthly'),
        RestoreTestingPlanName: 'monthly',
        ScheduleExpression: 'cron(0 5 1 * ? *)',
        CreationTime: seconds(300),
        LastExecutionTime: seconds(12),
      },
    ],
    protectedResources: [{ ResourceArn: database, ResourceType: 'RDS', LastBackupTime: seconds(1) }],
    recoveryPoints: Array.from({ length: 14 }, (_, n): AwsThing => ({
      RecoveryPointArn: arn('backup', `recovery-point:${chance.uuid(`${account}/point/${n}`)}`),
      BackupVaultName: vault,
      ResourceArn: database,
      ResourceType: 'RDS',
      CreationDate: seconds(n + 1),
      Status: 'COMPLETED',
      IsEncrypted: true,
      CalculatedLifecycle: { DeleteAt: seconds(n - 29) },
    })),
    restoreJobs: [
      {
        RestoreJobId: chance.uuid(`${account}/restore`),
        RecoveryPointArn: arn('backup', `recovery-point:${chance.uuid(`${account}/point/11`)}`),
        ResourceType: 'RDS',
        CreationDate: seconds(12),
        CompletionDate: seconds(12) + 1800,
        Status: 'COMPLETED',
      },
    ],
    functions: [
      {
        FunctionName: 'mailer',
        FunctionArn: arn('lambda', 'function:mailer'),
        Runtime: 'nodejs24.x',
        PackageType: 'Zip',
        LastModified: ago(40).replace('Z', '.000+0000'),
        Environment: { Variables: { SMTP_PASSWORD: chance.hex(`${account}/smtp`, 24) } },
      },
    ],
    clusters: [
      {
        name: 'apps',
        arn: arn('eks', 'cluster/apps'),
        status: 'ACTIVE',
        version: '1.35',
        resourcesVpcConfig: { endpointPublicAccess: false, publicAccessCidrs: [] },
        accessEntries: [`arn:${partition}:iam::${account}:role/deploy`],
        logging: { clusterLogging: [{ types: ['api', 'audit', 'authenticator'], enabled: true }] },
        encryptionConfig: [{ resources: ['secrets'], provider: { keyArn: arn('kms', `key/${key}`) } }],
      },
    ],
    ...watching(make, account, region),
    secrets: [
      {
        ARN: arn('secretsmanager', `secret:smtp-${chance.hex(`${account}/secret`, 6)}`),
        Name: 'smtp',
        Description: 'what the mailer signs in with',
        RotationEnabled: true,
        RotationRules: { AutomaticallyAfterDays: 90 },
        LastRotatedDate: seconds(40),
        LastChangedDate: seconds(40),
        LastAccessedDate: seconds(1),
        Tags: [{ Key: 'owner', Value: 'operations' }],
      },
    ],
    tables: [
      {
        TableName: 'sessions',
        recovery: { PointInTimeRecoveryStatus: 'ENABLED', RecoveryPeriodInDays: 35 },
      },
    ],
    fileSystems: [
      {
        FileSystemId: id('fs', 'shared'),
        OwnerId: account,
        CreationToken: 'shared',
        CreationTime: seconds(200),
        LifeCycleState: 'available',
        Encrypted: true,
        Tags: [],
        backup: 'ENABLED',
      },
    ],
    databaseClusterSnapshots: [
      {
        DBClusterSnapshotIdentifier: 'before-upgrade',
        DBClusterSnapshotArn: arn('rds', 'cluster-snapshot:before-upgrade'),
        SnapshotType: 'manual',
        Engine: 'aurora-postgresql',
        SnapshotCreateTime: ago(60),
        StorageEncrypted: true,
        restorableBy: [],
      },
    ],
    distributions: [
      {
        Id: 'E1EXAMPLE',
        ARN: `arn:${partition}:cloudfront::${account}:distribution/E1EXAMPLE`,
        DomainName: 'd1.cloudfront.example',
        DefaultCacheBehavior: { TargetOriginId: 'web', ViewerProtocolPolicy: 'redirect-to-https' },
        CacheBehaviors: { Quantity: 0 },
        Enabled: true,
        ViewerCertificate: {
          CloudFrontDefaultCertificate: false,
          MinimumProtocolVersion: 'TLSv1.2_2021',
        },
        WebACLId: acl,
      },
    ],
    webAcls: [{ ARN: acl, Id: chance.uuid(`${account}/acl`), Name: 'web', LockToken: '1' }],
    imageRepositories: [
      {
        repositoryArn: arn('ecr', 'repository/web'),
        repositoryName: 'web',
        imageTagMutability: 'IMMUTABLE',
        imageScanningConfiguration: { scanOnPush: true },
      },
    ],
  };
}

/** The chain that tells somebody when the root user signs in: the log, what counts its lines, an alarm, a topic. */
function watching({ partition }: Making, account: string, region: string): Partial<AwsThings> {
  const arn = (service: string, what: string) => `arn:${partition}:${service}:${region}:${account}:${what}`;
  const topic = arn('sns', 'security');
  return {
    metricFilters: [
      {
        filterName: 'root',
        logGroupName: 'trails',
        filterPattern: '{ $.userIdentity.type = "Root" }',
        metricTransformations: [{ metricName: 'RootUse', metricNamespace: 'Trails', metricValue: '1' }],
      },
    ],
    alarms: [
      {
        AlarmArn: arn('cloudwatch', 'alarm:root'),
        AlarmName: 'root',
        ActionsEnabled: true,
        AlarmActions: [topic],
        Namespace: 'Trails',
        MetricName: 'RootUse',
      },
    ],
    compositeAlarms: [
      {
        AlarmArn: arn('cloudwatch', 'alarm:any'),
        AlarmName: 'any',
        ActionsEnabled: true,
        AlarmActions: [topic],
        AlarmRule: 'ALARM("root")',
      },
    ],
    topics: [{ TopicArn: topic, confirmed: 2, pending: 0 }],
    configAggregators: [
      {
        ConfigurationAggregatorArn: arn('config', 'config-aggregator/all'),
        ConfigurationAggregatorName: 'all',
        AccountAggregationSources: [{ AccountIds: [account], AllAwsRegions: true }],
      },
    ],
  };
}

/** The one rule of a listener, for every request. */
export function rule(listener: string, action: AwsThing): AwsThing {
  return {
    RuleArn: `${listener}/rule`,
    ListenerArn: listener,
    Priority: 'default',
    IsDefault: true,
    Actions: [action],
  };
}

/** The group of the machine beside the one that is everywhere: open for what the load balancer takes, and nothing else. */
function everywhereAnd(
  make: Making,
  account: string,
  region: string,
  group: string,
): Pick<AwsThings, 'securityGroups'> {
  const { securityGroups = [], vpcs = [] } = everywhere(make, account, region);
  const web = {
    ownerId: account,
    groupId: group,
    groupName: 'web',
    vpcId: vpcs[0]?.['vpcId'],
    ipPermissions: {
      item: {
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        ipRanges: { item: { cidrIp: '0.0.0.0/0' } },
      },
    },
  };
  return { securityGroups: [...securityGroups, web] };
}
