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
  configOperations,
  guarddutyOperations,
  inspectorOperations,
  securityhubOperations,
} from './watchers.ts';
import type { Answer, Service } from './wire.ts';
import {
  acmOperations,
  backupOperations,
  ecrOperations,
  eksOperations,
  elasticloadbalancingOperations,
  kmsOperations,
  lambdaOperations,
  ssmOperations,
} from './workloads.ts';

/** What each service answers. IAM and STS keep things between requests, and stand elsewhere. */
export const operations: Readonly<
  Record<Exclude<Service, 'iam' | 'sts'>, Readonly<Record<string, (call: JsonCall) => Answer>>>
> = {
  'access-analyzer': accessAnalyzerOperations,
  account: accountOperations,
  acm: acmOperations,
  backup: backupOperations,
  cloudtrail: cloudtrailOperations,
  config: configOperations,
  ec2: ec2Operations,
  ecr: ecrOperations,
  eks: eksOperations,
  elasticloadbalancing: elasticloadbalancingOperations,
  guardduty: guarddutyOperations,
  identitystore: identitystoreOperations,
  inspector2: inspectorOperations,
  kms: kmsOperations,
  lambda: lambdaOperations,
  organizations: organizationsOperations,
  rds: rdsOperations,
  s3: s3Operations,
  securityhub: securityhubOperations,
  ssm: ssmOperations,
  sso: ssoOperations,
};
