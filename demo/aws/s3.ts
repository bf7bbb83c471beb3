import type { AwsBucket } from './cloud-model.ts';
import { fault, tokenPage, type JsonCall } from './operation.ts';
import type { Answer, Tree } from './wire.ts';

/** The operations of S3, those about an account too. */
export const s3Operations: Readonly<Record<string, (call: JsonCall) => Answer>> = {
  GetAccountPublicAccessBlock: ({ account }) => blockOf(account.publicAccessBlock),

  // https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html
  ListBuckets(call) {
    const { account, input } = call;
    const asked = Number(input['max-buckets'] ?? 10_000);
    const token = { out: 'ContinuationToken', in: 'continuation-token', size: asked };
    const answer = tokenPage(call, account.buckets, token, (buckets) => ({
      Buckets: {
        Bucket: buckets.map(({ name, region, createdAt }) => ({
          Name: name,
          CreationDate: createdAt,
          BucketRegion: region,
        })),
      },
    }));
    return 'fault' in answer ? answer : { result: { ListAllMyBucketsResult: answer.result } };
  },
  GetPublicAccessBlock: ofBucket(({ publicAccessBlock }) => blockOf(publicAccessBlock)),
  GetBucketPolicyStatus: ofBucket(({ publicPolicy }) =>
    publicPolicy === null
      ? fault(404, 'NoSuchBucketPolicy', 'The bucket policy does not exist')
      : { result: { PolicyStatus: { IsPublic: publicPolicy } } },
  ),
  GetBucketEncryption: ofBucket(({ encryption }) =>
    encryption === null
      ? fault(404, 'ServerSideEncryptionConfigurationNotFoundError', 'It was not found')
      : {
          result: {
            ServerSideEncryptionConfiguration: {
              Rule: { ApplyServerSideEncryptionByDefault: { SSEAlgorithm: encryption } },
            },
          },
        },
  ),
  GetBucketVersioning: ofBucket(({ versioning }) => ({
    result: { VersioningConfiguration: versioning === null ? {} : { Status: versioning } },
  })),
  GetBucketLifecycleConfiguration: ofBucket(({ deletesAfterDays: days }) =>
    days === null
      ? fault(404, 'NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist')
      : {
          result: {
            LifecycleConfiguration: {
              Rule: { ID: 'old', Filter: { Prefix: '' }, Status: 'Enabled', Expiration: { Days: days } },
            },
          },
        },
  ),
  GetObjectLockConfiguration: ofBucket(({ lock }) =>
    lock === null
      ? fault(404, 'ObjectLockConfigurationNotFoundError', 'Object Lock configuration does not exist')
      : {
          result: {
            ObjectLockConfiguration: {
              ObjectLockEnabled: 'Enabled',
              Rule: { DefaultRetention: { Mode: lock, Days: 30 } },
            },
          },
        },
  ),
};

/** A bucket is asked where it stands, and may refuse what the account lets through. */
function ofBucket(answer: (bucket: AwsBucket) => Answer): (call: JsonCall) => Answer {
  return ({ account, input, region, operation }) => {
    const bucket = account.buckets.find(({ name }) => name === input['bucket']);
    if (!bucket) return fault(404, 'NoSuchBucket', 'The specified bucket does not exist');
    if (bucket.region !== region)
      return fault(301, 'PermanentRedirect', 'The bucket must be addressed using the specified endpoint');
    return bucket.refuses.includes(`s3:${operation}`)
      ? fault(403, 'AccessDenied', 'Access Denied')
      : answer(bucket);
  };
}

function blockOf(block: boolean | null): Answer {
  if (block === null)
    return fault(404, 'NoSuchPublicAccessBlockConfiguration', 'The configuration was not found');
  const names = ['BlockPublicAcls', 'IgnorePublicAcls', 'BlockPublicPolicy', 'RestrictPublicBuckets'];
  const switches: Tree = Object.fromEntries(names.map((name) => [name, block]));
  return { result: { PublicAccessBlockConfiguration: switches } };
}
