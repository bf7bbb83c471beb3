import { cloudtrailOperations } from './cloudtrail.ts';
import { ec2Operations } from './ec2.ts';
import { identitystoreOperations, ssoOperations } from './identity-center.ts';
import type { JsonCall } from './operation.ts';
import { organizationsOperations } from './organizations.ts';
import { rdsOperations } from './rds.ts';
import { s3Operations } from './s3.ts';
import {
  accessAnalyzerOperations,
  accountOperations,
  cloudwatchOperations,
  configOperations,
  guarddutyOperations,
  inspectorOperations,
  logsOperations,
  securityhubOperations,
  snsOperations,
} from './watchers.ts';
import type { Answer, Service } from './wire.ts';
import {
  acmOperations,
  backupOperations,
  cloudfrontOperations,
  dynamodbOperations,
  ecrOperations,
  eksOperations,
  elasticfilesystemOperations,
  elasticloadbalancingOperations,
  kmsOperations,
  lambdaOperations,
  secretsmanagerOperations,
  ssmOperations,
  wafv2Operations,
} from './workloads.ts';

/** What each service answers. IAM and STS keep things between requests, and stand elsewhere. */
export const operations: Readonly<
  Record<Exclude<Service, 'iam' | 'sts'>, Readonly<Record<string, (call: JsonCall) => Answer>>>
> = {
  'access-analyzer': accessAnalyzerOperations,
  account: accountOperations,
  acm: acmOperations,
  backup: backupOperations,
  cloudfront: cloudfrontOperations,
  cloudtrail: cloudtrailOperations,
  cloudwatch: cloudwatchOperations,
  config: configOperations,
  dynamodb: dynamodbOperations,
  ec2: ec2Operations,
  ecr: ecrOperations,
  eks: eksOperations,
  elasticfilesystem: elasticfilesystemOperations,
  elasticloadbalancing: elasticloadbalancingOperations,
  guardduty: guarddutyOperations,
  identitystore: identitystoreOperations,
  inspector2: inspectorOperations,
  kms: kmsOperations,
  lambda: lambdaOperations,
  logs: logsOperations,
  organizations: organizationsOperations,
  rds: rdsOperations,
  s3: s3Operations,
  secretsmanager: secretsmanagerOperations,
  securityhub: securityhubOperations,
  sns: snsOperations,
  ssm: ssmOperations,
  sso: ssoOperations,
  wafv2: wafv2Operations,
};
