import { fault, tokenPage, type JsonCall } from './operation.ts';
import { besides, happened, listing, one, thingsIn, tokens } from './regional.ts';
import type { Answer, Tree } from './wire.ts';

type Operations = Readonly<Record<string, (call: JsonCall) => Answer>>;

export const kmsOperations: Operations = {
  ListKeys: listing('keys', tokens.kms, (items) => ({ Keys: items }), {
    told: ({ KeyId, Arn }) => ({ KeyId: String(KeyId), KeyArn: String(Arn) }),
  }),
  DescribeKey: one('keys', { field: 'Arn', asked: 'KeyId', missing: 'NotFoundException' }, (thing) => ({
    KeyMetadata: besides(thing, 'rotation'),
  })),
  GetKeyRotationStatus: one(
    'keys',
    { field: 'Arn', asked: 'KeyId', missing: 'NotFoundException' },
    ({ Arn, rotation }) => ({ KeyId: String(Arn), ...(rotation as Record<string, Tree>) }),
  ),
};

export const backupOperations: Operations = {
  ListBackupPlans: listing('backupPlans', tokens.backup, (items) => ({ BackupPlansList: items })),
  ListBackupVaults: listing('backupVaults', tokens.backup, (items) => ({ BackupVaultList: items })),
  ListProtectedResources: listing('protectedResources', tokens.backup, (items) => ({ Results: items })),
  ListRecoveryPointsByBackupVault: listing(
    'recoveryPoints',
    tokens.backup,
    (items) => ({ RecoveryPoints: items }),
    {
      where: (thing, call) =>
        thing['BackupVaultName'] === call.input['vault'] && happened('CreationDate')(thing, call),
    },
  ),
  ListRestoreTestingPlans: listing('restoreTestingPlans', tokens.nextToken, (items) => ({
    RestoreTestingPlans: items,
  })),
  ListRestoreJobs: listing('restoreJobs', tokens.backup, (items) => ({ RestoreJobs: items }), {
    where: happened('CreationDate'),
  }),
};

export const ssmOperations: Operations = {
  DescribeInstanceInformation: listing('managedMachines', { ...tokens.nextToken, size: 50 }, (items) => ({
    InstanceInformationList: items,
  })),
  ListResourceComplianceSummaries: listing('patchStates', { ...tokens.nextToken, size: 50 }, (items) => ({
    ResourceComplianceSummaryItems: items,
  })),
};

export const elasticloadbalancingOperations: Operations = {
  DescribeLoadBalancers: listing('loadBalancers', tokens.nextMarker, (items) => ({
    LoadBalancers: items,
  })),
  DescribeListeners: listing('listeners', tokens.nextMarker, (items) => ({ Listeners: items }), {
    where: ({ LoadBalancerArn }, { input }) => LoadBalancerArn === input['LoadBalancerArn'],
  }),
  DescribeRules: listing('listenerRules', tokens.nextMarker, (items) => ({ Rules: items }), {
    where: ({ ListenerArn }, { input }) => ListenerArn === input['ListenerArn'],
    told: (thing) => besides(thing, 'ListenerArn'),
  }),
};

export const acmOperations: Operations = {
  ListCertificates: listing('certificates', tokens.nextToken, (items) => ({
    CertificateSummaryList: items,
  })),
};

export const lambdaOperations: Operations = {
  ListFunctions: listing('functions', tokens.nextMarker, (items) => ({ Functions: items })),
};

export const eksOperations: Operations = {
  ListClusters: listing('clusters', tokens.lowerNextToken, (items) => ({ clusters: items }), {
    told: ({ name }) => String(name),
  }),
  DescribeCluster: one(
    'clusters',
    { field: 'name', asked: 'name', missing: 'ResourceNotFoundException' },
    (cluster) => ({ cluster: besides(cluster, 'accessEntries') }),
  ),
  ListAccessEntries(call) {
    const cluster = thingsIn(call, 'clusters').find(({ name }) => name === call.input['name']);
    if (!cluster) return fault(404, 'ResourceNotFoundException', 'There is no such thing.');
    const entries = cluster['accessEntries'] as readonly string[];
    return tokenPage(call, entries, tokens.lowerNextToken, (accessEntries) => ({ accessEntries }));
  },
};

export const ecrOperations: Operations = {
  DescribeRepositories: listing('imageRepositories', tokens.lowerNextToken, (items) => ({
    repositories: items,
  })),
};

export const secretsmanagerOperations: Operations = {
  ListSecrets: listing('secrets', tokens.nextToken, (items) => ({ SecretList: items })),
};

export const dynamodbOperations: Operations = {
  ListTables: listing('tables', tokens.tables, (items) => ({ TableNames: items }), {
    told: ({ TableName }) => String(TableName),
  }),
  DescribeContinuousBackups: one(
    'tables',
    { field: 'TableName', asked: 'TableName', missing: 'TableNotFoundException' },
    ({ recovery }) => ({
      ContinuousBackupsDescription: {
        ContinuousBackupsStatus: 'ENABLED',
        PointInTimeRecoveryDescription: recovery as Tree,
      },
    }),
  ),
};

export const elasticfilesystemOperations: Operations = {
  DescribeFileSystems: listing('fileSystems', tokens.nextMarker, (items) => ({ FileSystems: items }), {
    told: (thing) => besides(thing, 'backup'),
  }),
  DescribeBackupPolicy: one(
    'fileSystems',
    { field: 'FileSystemId', asked: 'fileSystem', missing: 'FileSystemNotFound' },
    ({ backup }) => ({ BackupPolicy: { Status: String(backup) } }),
  ),
};

export const wafv2Operations: Operations = {
  ListWebACLs: listing('webAcls', tokens.nextMarkers, (items) => ({ WebACLs: items }), {
    where: ({ ARN }, { input }) =>
      String(ARN).includes(input['Scope'] === 'CLOUDFRONT' ? ':global/' : ':regional/'),
  }),
};

export const cloudfrontOperations: Operations = {
  // https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListDistributions.html: it stands in no region.
  ListDistributions(call) {
    const answer = listing('distributions', tokens.distributions, (items) => ({
      MaxItems: 100,
      Quantity: items.length,
      ...(items.length === 0 ? {} : { Items: { DistributionSummary: items } }),
    }))(call);
    return 'fault' in answer ? answer : { result: { DistributionList: answer.result } };
  },
};
