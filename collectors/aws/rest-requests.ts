/** How an operation of a REST service goes out: AWS Query and JSON name it in the body or a header, REST does not. */
interface RestRequest {
  readonly method: 'GET' | 'POST';
  readonly path: RegExp;
  /** What the query must name; of S3's operations most differ in nothing else. */
  readonly query?: string;
}

const bucket = /^\/[a-z0-9][a-z0-9._-]+\/?$/i;
const get = (path: RegExp): RestRequest => ({ method: 'GET', path });
/** Reads whose question is too long for an address. */
const post = (path: RegExp): RestRequest => ({ method: 'POST', path });
const ofBucket = (query: string): RestRequest => ({ method: 'GET', path: bucket, query });

/** By operation, as the pages of the vendor's API references give them. */
export const restRequests: Readonly<Record<string, RestRequest>> = {
  'access-analyzer:ListAnalyzers': get(/^\/analyzer$/),
  'access-analyzer:ListFindingsV2': post(/^\/findingv2$/),
  'account:GetAlternateContact': post(/^\/getAlternateContact$/),
  'backup:ListBackupPlans': get(/^\/backup\/plans$/),
  'backup:ListBackupVaults': get(/^\/backup-vaults$/),
  'backup:ListProtectedResources': get(/^\/resources$/),
  'backup:ListRecoveryPointsByBackupVault': get(/^\/backup-vaults\/[^/]+\/recovery-points$/),
  'backup:ListRestoreJobs': get(/^\/restore-jobs$/),
  'backup:ListRestoreTestingPlans': get(/^\/restore-testing\/plans$/),
  'cloudfront:ListDistributions': get(/^\/2020-05-31\/distribution$/),
  'eks:DescribeCluster': get(/^\/clusters\/[^/]+$/),
  'eks:ListAccessEntries': get(/^\/clusters\/[^/]+\/access-entries$/),
  'eks:ListClusters': get(/^\/clusters$/),
  'elasticfilesystem:DescribeBackupPolicy': get(/^\/2015-02-01\/file-systems\/[^/]+\/backup-policy$/),
  'elasticfilesystem:DescribeFileSystems': get(/^\/2015-02-01\/file-systems$/),
  'guardduty:GetDetector': get(/^\/detector\/[^/]+$/),
  'guardduty:ListCoverage': post(/^\/detector\/[^/]+\/coverage$/),
  'guardduty:ListDetectors': get(/^\/detector$/),
  'inspector2:BatchGetAccountStatus': post(/^\/status\/batch\/get$/),
  'inspector2:ListCoverage': post(/^\/coverage\/list$/),
  'lambda:ListFunctions': get(/^\/2015-03-31\/functions$/),
  's3:GetBucketEncryption': ofBucket('encryption'),
  's3:GetBucketLifecycleConfiguration': ofBucket('lifecycle'),
  's3:GetBucketPolicyStatus': ofBucket('policyStatus'),
  's3:GetBucketVersioning': ofBucket('versioning'),
  's3:GetObjectLockConfiguration': ofBucket('object-lock'),
  's3:GetPublicAccessBlock': ofBucket('publicAccessBlock'),
  's3:ListBuckets': get(/^\/$/),
  's3-control:GetPublicAccessBlock': get(/^\/v20180820\/configuration\/publicAccessBlock$/),
  'securityhub:DescribeHub': get(/^\/accounts$/),
  'securityhub:GetEnabledStandards': post(/^\/standards\/get$/),
  'securityhub:GetFindings': post(/^\/findings$/),
};
