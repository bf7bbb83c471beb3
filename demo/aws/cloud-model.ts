/** A thing in the fields of the vendor's own answers, so that nothing of it need be said twice. */
export type AwsThing = Record<string, unknown>;

/** What can stand in a region, by what this model calls it. */
export type AwsThings = Record<
  | 'accessAnalyzers'
  | 'accessFindings'
  | 'alarms'
  | 'backupPlans'
  | 'backupVaults'
  | 'certificates'
  | 'clusters'
  | 'compositeAlarms'
  | 'configAggregators'
  | 'configRecorders'
  | 'configRecorderStatus'
  | 'databaseClusters'
  | 'databaseClusterSnapshots'
  | 'databases'
  | 'databaseSnapshots'
  | 'detectors'
  | 'distributions'
  | 'failedChecks'
  | 'fileSystems'
  | 'flowLogs'
  | 'functions'
  | 'imageRepositories'
  | 'inspectedThings'
  | 'watchedMachines'
  | 'keys'
  | 'listenerRules'
  | 'listeners'
  | 'loadBalancers'
  | 'logGroups'
  | 'managedMachines'
  | 'metricFilters'
  | 'networkInterfaces'
  | 'patchStates'
  | 'protectedResources'
  | 'publicSnapshots'
  | 'recoveryPoints'
  | 'reservations'
  | 'restoreJobs'
  | 'restoreTestingPlans'
  | 'secrets'
  | 'securityGroups'
  | 'standards'
  | 'tables'
  | 'topics'
  | 'volumes'
  | 'vpcs'
  | 'peerings'
  | 'webAcls',
  AwsThing[]
>;

export interface AwsRegion {
  name: string;
  optIn: 'opt-in-not-required' | 'opted-in' | 'not-opted-in';
  volumeEncryptionDefault: boolean;
  snapshotBlock: 'block-all-sharing' | 'block-new-sharing' | 'unblocked';
  /** What new machines are told where nothing else is said; `null` where nobody set it. */
  metadataTokens: 'required' | 'optional' | null;
  securityHub: boolean;
  inspector: boolean;
  holds: AwsThings;
}

export interface AwsBucket {
  name: string;
  region: string;
  createdAt: string;
  /** `null` where nobody ever said. */
  publicAccessBlock: boolean | null;
  /** Whether its policy lets everybody in; `null` where it has none. */
  publicPolicy: boolean | null;
  /** `null` where nothing says how it is encrypted, as in buckets of long ago. */
  encryption: 'AES256' | 'aws:kms' | null;
  versioning: 'Enabled' | 'Suspended' | null;
  lock: 'COMPLIANCE' | 'GOVERNANCE' | null;
  /** After how many days what it holds is deleted; `null` where nobody ever said. */
  deletesAfterDays: number | null;
  /** Operations that a policy of the bucket's own denies to readers, such as `s3:GetBucketEncryption`. */
  refuses: string[];
}

export interface AwsOrganizationPolicy {
  id: string;
  name: string;
  type: 'SERVICE_CONTROL_POLICY' | 'RESOURCE_CONTROL_POLICY';
  awsManaged: boolean;
  document: Readonly<Record<string, unknown>>;
  targets: { id: string; type: 'ROOT' | 'ORGANIZATIONAL_UNIT' | 'ACCOUNT'; name: string }[];
}

/** Identity Center: people and groups, and what they were given in which account. */
export interface AwsDirectory {
  arn: string;
  store: string;
  region: string;
  users: { id: string; userName: string; enabled: boolean; issuer: string | null }[];
  groups: { id: string; name: string; members: string[] }[];
  permissionSets: AwsPermissionSet[];
}

export interface AwsPermissionSet {
  arn: string;
  name: string;
  createdAt: string;
  managedPolicies: string[];
  inlinePolicy: Readonly<Record<string, unknown>> | null;
  assignments: { account: string; principal: string; type: 'USER' | 'GROUP' }[];
}

const kinds: readonly (keyof AwsThings)[] = [
  ...(['accessAnalyzers', 'accessFindings', 'alarms', 'backupPlans', 'backupVaults'] as const),
  ...(['certificates', 'clusters', 'compositeAlarms', 'configAggregators', 'configRecorders'] as const),
  ...(['configRecorderStatus', 'databaseClusters', 'databaseClusterSnapshots', 'databases'] as const),
  ...(['databaseSnapshots', 'detectors', 'distributions', 'failedChecks', 'fileSystems'] as const),
  ...(['flowLogs', 'functions', 'imageRepositories', 'inspectedThings', 'keys'] as const),
  ...([
    'listenerRules',
    'listeners',
    'loadBalancers',
    'logGroups',
    'managedMachines',
    'metricFilters',
  ] as const),
  ...(['networkInterfaces', 'patchStates', 'protectedResources', 'publicSnapshots'] as const),
  ...(['recoveryPoints', 'reservations', 'restoreJobs', 'restoreTestingPlans', 'secrets'] as const),
  ...(['securityGroups', 'standards', 'tables', 'topics', 'volumes', 'vpcs', 'webAcls'] as const),
  'watchedMachines',
  'peerings',
];

/** A region in which nobody made anything. */
export function nothing(): AwsThings {
  return Object.fromEntries(kinds.map((kind) => [kind, []])) as unknown as AwsThings;
}
