import type { Making } from './build-account.ts';
import { rule } from './build-workload.ts';
import type { AwsRegion, AwsThing, AwsThings } from './cloud-model.ts';
import type { AwsAccount } from './model.ts';

/** What is wrong with the things of the production account: what is open, what is not encrypted, what is old. */
export function plantInCloud({ chance, ago }: Making, account: AwsAccount): void {
  const [region] = account.regions;
  if (!region) return;
  const id = (prefix: string, what: string) => `${prefix}-${chance.hex(`${account.id}/${what}`, 17)}`;
  region.volumeEncryptionDefault = false;
  region.metadataTokens = 'optional';
  region.snapshotBlock = 'unblocked';
  const add = (what: keyof AwsThings, thing: AwsThing) => region.holds[what].push(thing);
  add('volumes', { volumeId: id('vol', 'old'), encrypted: false, createTime: ago(700), size: 100 });
  add('publicSnapshots', {
    snapshotId: id('snap', 'public'),
    ownerId: account.id,
    encrypted: false,
    startTime: ago(600),
  });
  add('reservations', {
    reservationId: id('r', 'old'),
    ownerId: account.id,
    instancesSet: {
      item: {
        instanceId: id('i', 'old'),
        imageId: id('ami', 'old'),
        instanceState: { code: 16, name: 'running' },
        launchTime: ago(700),
        ipAddress: '192.0.2.77',
        groupSet: { item: { groupId: id('sg', 'ssh'), groupName: 'ssh-from-anywhere' } },
        metadataOptions: { httpTokens: 'optional', httpEndpoint: 'enabled' },
        networkInterfaceSet: '',
      },
    },
  });
  add('securityGroups', {
    ownerId: account.id,
    groupId: id('sg', 'ssh'),
    groupName: 'ssh-from-anywhere',
    vpcId: region.holds.vpcs[0]?.['vpcId'],
    ipPermissions: {
      item: { ipProtocol: 'tcp', fromPort: 22, toPort: 22, ipRanges: { item: { cidrIp: '0.0.0.0/0' } } },
    },
  });
  const arn = `arn:aws:rds:${region.name}:${account.id}`;
  add('databases', {
    DBInstanceIdentifier: 'reporting',
    DBInstanceArn: `${arn}:db:reporting`,
    Engine: 'mysql',
    EngineVersion: '5.7.44',
    InstanceCreateTime: ago(800),
    PubliclyAccessible: true,
    StorageEncrypted: false,
    BackupRetentionPeriod: 0,
    DeletionProtection: false,
  });
  for (const [name, restorableBy] of [
    ['before-migration', ['all']],
    ['for-the-partner', []],
  ] as const)
    add('databaseSnapshots', {
      DBSnapshotIdentifier: name,
      DBSnapshotArn: `${arn}:snapshot:${name}`,
      SnapshotType: 'manual',
      Engine: 'mysql',
      SnapshotCreateTime: ago(500),
      Encrypted: false,
      restorableBy: [...restorableBy],
    });
  add('databaseClusterSnapshots', {
    DBClusterSnapshotIdentifier: 'for-the-test',
    DBClusterSnapshotArn: `${arn}:cluster-snapshot:for-the-test`,
    SnapshotType: 'manual',
    Engine: 'aurora-mysql',
    SnapshotCreateTime: ago(500),
    StorageEncrypted: false,
    restorableBy: ['all'],
  });
  add('logGroups', {
    logGroupName: 'reporting',
    arn: `arn:aws:logs:${region.name}:${account.id}:log-group:reporting:*`,
    retentionInDays: 7,
    logGroupClass: 'STANDARD',
  });
  const balancer = `arn:aws:elasticloadbalancing:${region.name}:${account.id}:loadbalancer/app/old/1`;
  add('loadBalancers', {
    LoadBalancerArn: balancer,
    LoadBalancerName: 'old',
    Scheme: 'internet-facing',
    Type: 'application',
  });
  add('listeners', {
    ListenerArn: `${balancer}/80`,
    LoadBalancerArn: balancer,
    Port: 80,
    Protocol: 'HTTP',
  });
  add('listenerRules', rule(`${balancer}/80`, { Type: 'forward' }));
  add('backupVaults', {
    BackupVaultName: 'by-hand',
    BackupVaultArn: `arn:aws:backup:${region.name}:${account.id}:backup-vault:by-hand`,
    Locked: false,
    NumberOfRecoveryPoints: 3,
  });
  add('functions', {
    FunctionName: 'thumbnails',
    FunctionArn: `arn:aws:lambda:${region.name}:${account.id}:function:thumbnails`,
    Runtime: 'nodejs18.x',
    PackageType: 'Zip',
    LastModified: ago(700).replace('Z', '.000+0000'),
  });
  for (const state of region.holds.patchStates)
    state['NonCompliantSummary'] = { NonCompliantCount: 4, SeveritySummary: { CriticalCount: 1 } };
  const key = chance.uuid(`${account.id}/old-key`);
  add('keys', {
    KeyId: key,
    Arn: `arn:aws:kms:${region.name}:${account.id}:key/${key}`,
    CreationDate: Date.parse(ago(900)) / 1000,
    Enabled: true,
    KeyState: 'Enabled',
    Origin: 'AWS_KMS',
    KeyManager: 'CUSTOMER',
    KeySpec: 'SYMMETRIC_DEFAULT',
    rotation: { KeyRotationEnabled: false },
  });
  add('failedChecks', failedCheck(account, region, ago(600)));
  add('accessFindings', {
    id: chance.uuid(`${account.id}/finding`),
    findingType: 'ExternalAccess',
    resource: `arn:aws:s3:::downloads-${account.id}`,
    resourceType: 'AWS::S3::Bucket',
    resourceOwnerAccount: account.id,
    status: 'ACTIVE',
    createdAt: ago(300),
    analyzedAt: ago(1),
    updatedAt: ago(1),
  });
  account.publicAccessBlock = null;
  account.buckets.push({
    name: `downloads-${account.id}`,
    region: 'eu-central-1',
    createdAt: ago(800),
    publicAccessBlock: null,
    publicPolicy: true,
    encryption: null,
    versioning: null,
    lock: null,
    deletesAfterDays: 30,
    refuses: [],
  });
  account.securityContact = false;
}

/** The account for experiments, in which nobody switched anything on. */
export function plantInExperiments(account: AwsAccount): void {
  account.publicAccessBlock = false;
  account.securityContact = false;
  for (const region of account.regions) {
    region.inspector = false;
    region.securityHub = false;
    for (const detector of region.holds.detectors) detector['status'] = 'DISABLED';
    for (const status of region.holds.configRecorderStatus) status['recording'] = false;
    region.holds.flowLogs = [];
  }
}

function failedCheck({ id }: AwsAccount, { name }: AwsRegion, since: string): AwsThing {
  return {
    Id: `arn:aws:securityhub:${name}:${id}:security-control/RDS.2/finding/1`,
    AwsAccountId: id,
    Region: name,
    Title: 'RDS DB Instances should prohibit public access',
    Severity: { Label: 'CRITICAL' },
    FirstObservedAt: since,
    Resources: [{ Type: 'AwsRdsDbInstance', Id: `arn:aws:rds:${name}:${id}:db:reporting` }],
  };
}
