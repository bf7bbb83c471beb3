import type { AwsQuestion } from './handler.ts';

/**
 * Operations whose permission has another name.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const namedOtherwise: Readonly<Record<string, string>> = {
  'access-analyzer:ListFindingsV2': 'access-analyzer:ListFindings',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:GetObjectLockConfiguration': 's3:GetBucketObjectLockConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:ListBuckets': 's3:ListAllMyBuckets',
};

/** The action that a policy must allow, so that the question is answered. */
export function actionOf({ service, operation }: AwsQuestion): string {
  const name = `${service}:${operation}`;
  return namedOtherwise[name] ?? name;
}
