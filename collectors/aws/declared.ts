import type { Dataset } from '../dataset.ts';
import type { Outgoing } from '../transport/network.ts';
import type { Call } from '../transport/transport.ts';
import { restRequests } from './rest-requests.ts';

/** Every IAM action that only reads begins like this; reports are made by AWS for reading, and change nothing. */
const reads =
  /^(?:Get|List|Describe|Lookup|BatchGet)[A-Z]|^Generate(?:CredentialReport|ServiceLastAccessedDetails)$/;

/**
 * Operations whose permission has another name.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsiamaccessanalyzer.html
 */
const namedOtherwise: Readonly<Record<string, string>> = {
  'access-analyzer:ListFindings': 'access-analyzer:ListFindingsV2',
  's3:GetAccountPublicAccessBlock': 's3-control:GetPublicAccessBlock',
  's3:GetBucketObjectLockConfiguration': 's3:GetObjectLockConfiguration',
  's3:GetBucketPublicAccessBlock': 's3:GetPublicAccessBlock',
  's3:GetLifecycleConfiguration': 's3:GetBucketLifecycleConfiguration',
  's3:GetEncryptionConfiguration': 's3:GetBucketEncryption',
  's3:ListAllMyBuckets': 's3:ListBuckets',
};

/** What a session needs to be somewhere at all. */
export const assumeRole = 'sts:AssumeRole';
const callerIdentity = 'sts:GetCallerIdentity';

/**
 * The operations that may be asked: those for which a dataset says that it needs the permission, and of these the
 * reading ones. Nothing else ever goes out.
 */
export function declaredOperations(datasets: readonly Dataset[]): ReadonlySet<string> {
  const named = datasets.flatMap(({ permissions }) => permissions);
  return new Set([
    ...named
      .map((permission) => namedOtherwise[permission] ?? permission)
      .filter((operation) => reads.test(operation.split(':')[1] ?? '')),
    assumeRole,
    callerIdentity,
  ]);
}

/** Why this request is not the declared one that the SDK was asked for; `null` where it is. The last word before the wire. */
export function refusalOf(
  { method, url, headers, body }: Outgoing,
  { operation }: Call,
  declared: ReadonlySet<string>,
): string | null {
  if (operation === null || !declared.has(operation)) return `${operation ?? 'nothing'} is not declared`;
  const rest = Object.hasOwn(restRequests, operation) ? restRequests[operation] : undefined;
  if (rest) {
    const named = rest.query === undefined || url.searchParams.has(rest.query);
    return method === rest.method && rest.path.test(url.pathname) && named
      ? null
      : `that is not how ${operation} is asked`;
  }
  if (method !== 'POST' || url.pathname !== '/' || url.search !== '')
    return 'AWS Query and JSON are posted to /';
  const [, name] = operation.split(':');
  const target = Object.entries(headers).find(([header]) => header.toLowerCase() === 'x-amz-target')?.[1];
  const asked =
    target === undefined
      ? new URLSearchParams(new TextDecoder().decode(body ?? new Uint8Array())).getAll('Action')
      : [target.split('.').at(-1)];
  return asked.length === 1 && asked[0] === name ? null : `it asks for ${asked.join()}, not for ${operation}`;
}
