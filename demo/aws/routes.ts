import type { Service } from './wire.ts';

/** Which operation an address means, where neither body nor header names it. Names in braces are labels of the path. */
const routes: Readonly<
  Partial<Record<Service, readonly (readonly [method: string, path: string, operation: string])[]>>
> = {
  'access-analyzer': [
    ['GET', '/analyzer', 'ListAnalyzers'],
    ['POST', '/findingv2', 'ListFindingsV2'],
  ],
  account: [['POST', '/getAlternateContact', 'GetAlternateContact']],
  backup: [
    ['GET', '/backup/plans', 'ListBackupPlans'],
    ['GET', '/backup-vaults', 'ListBackupVaults'],
    ['GET', '/backup-vaults/{vault}/recovery-points', 'ListRecoveryPointsByBackupVault'],
    ['GET', '/resources', 'ListProtectedResources'],
    ['GET', '/restore-jobs', 'ListRestoreJobs'],
    ['GET', '/restore-testing/plans', 'ListRestoreTestingPlans'],
  ],
  cloudfront: [['GET', '/2020-05-31/distribution', 'ListDistributions']],
  eks: [
    ['GET', '/clusters', 'ListClusters'],
    ['GET', '/clusters/{name}', 'DescribeCluster'],
    ['GET', '/clusters/{name}/access-entries', 'ListAccessEntries'],
  ],
  elasticfilesystem: [
    ['GET', '/2015-02-01/file-systems', 'DescribeFileSystems'],
    ['GET', '/2015-02-01/file-systems/{fileSystem}/backup-policy', 'DescribeBackupPolicy'],
  ],
  guardduty: [
    ['GET', '/detector', 'ListDetectors'],
    ['GET', '/detector/{detector}', 'GetDetector'],
    ['POST', '/detector/{detector}/coverage', 'ListCoverage'],
  ],
  inspector2: [
    ['POST', '/status/batch/get', 'BatchGetAccountStatus'],
    ['POST', '/coverage/list', 'ListCoverage'],
  ],
  lambda: [['GET', '/2015-03-31/functions', 'ListFunctions']],
  securityhub: [
    ['GET', '/accounts', 'DescribeHub'],
    ['POST', '/standards/get', 'GetEnabledStandards'],
    ['POST', '/findings', 'GetFindings'],
  ],
  s3: [
    ['GET', '/v20180820/configuration/publicAccessBlock', 'GetAccountPublicAccessBlock'],
    ['GET', '/?x-id=ListBuckets', 'ListBuckets'],
    ['GET', '/{bucket}/?encryption', 'GetBucketEncryption'],
    ['GET', '/{bucket}/?lifecycle', 'GetBucketLifecycleConfiguration'],
    ['GET', '/{bucket}/?object-lock', 'GetObjectLockConfiguration'],
    ['GET', '/{bucket}/?policyStatus', 'GetBucketPolicyStatus'],
    ['GET', '/{bucket}/?publicAccessBlock', 'GetPublicAccessBlock'],
    ['GET', '/{bucket}/?versioning', 'GetBucketVersioning'],
  ],
};

interface Routed {
  readonly operation: string;
  /** Labels of the path and what the query says. */
  readonly input: Readonly<Record<string, string>>;
}

/** The operation of a request to this service; `null` where there is none at that address. */
export function routed(service: Service, method: string, path: string): Routed | null {
  const url = new URL(path, 'http://aws.invalid');
  for (const [verb, template, operation] of routes[service] ?? []) {
    const [pathname = '', query] = template.split('?');
    const labels = labelsIn(pathname, url.pathname);
    const named = query === undefined || url.searchParams.has(query.split('=')[0] ?? '');
    if (verb === method && labels && named)
      return { operation, input: { ...Object.fromEntries(url.searchParams), ...labels } };
  }
  return null;
}

function labelsIn(template: string, pathname: string): Record<string, string> | null {
  const [wanted, given] = [template.split('/'), pathname.split('/')];
  if (wanted.length !== given.length) return null;
  const labels: Record<string, string> = {};
  for (const [n, part] of wanted.entries()) {
    const value = decodeURIComponent(given[n] ?? '');
    if (part.startsWith('{') && value !== '') labels[part.slice(1, -1)] = value;
    else if (part !== value) return null;
  }
  return labels;
}
