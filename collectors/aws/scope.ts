import { z } from 'zod';
import { datasetsOf } from '../dataset.ts';
import { Secret } from '../secret.ts';

/** AWS's own form of region names; what it admits cannot turn a host into another one. */
export const Region = z.string().regex(/^[a-z]{2,4}(-[a-z]+){1,3}-\d{1,2}$/);

/** The settings of one AWS source. Secrets come resolved. */
export const Config = z.strictObject({
  /** Every account of the organisation that the credentials belong to, or only their own. */
  accounts: z.enum(['organization', 'this']).default('organization'),
  /** Where services with one end point for each region are asked. */
  region: Region.default('us-east-1'),
  /** The read role that is assumed in every account but the credentials' own. */
  role: z
    .string()
    .regex(/^[\w+=,.@-]{1,64}$/)
    .default('ExhibitRead'),
  /** What the trust policy of the role asks for beside the caller; it is nobody else's business. */
  externalId: z.string().min(2).max(1224).optional(),
  /** Without them the AWS SDK looks where it always does: environment, files, container, instance. */
  credentials: z
    .strictObject({
      accessKeyId: z.string().min(1),
      secretAccessKey: Secret,
      sessionToken: Secret.optional(),
    })
    .optional(),
  /** Asked in place of AWS's own end points, for all services. */
  endpoint: z
    .url({ protocol: /^https?$/ })
    .refine((text) => text.replace(/\/$/, '') === new URL(text).origin, {
      error: 'endpoint is scheme, host and port, without path and credentials',
    })
    .optional(),
  /** The first part of every ARN: `aws`, `aws-cn`, `aws-us-gov`. */
  partition: z
    .string()
    .regex(/^aws(-[a-z]+)*$/)
    .default('aws'),
});
export type Config = z.output<typeof Config>;

/** What of the settings requests and records depend on. */
export interface Scope extends Readonly<Record<string, unknown>> {
  readonly accounts: Config['accounts'];
  readonly region: string;
  readonly role: string;
  readonly partition: string;
  readonly endpoint: string | null;
}

export function scopeOf({ accounts, region, role, partition, endpoint }: Config): Scope {
  return { accounts, region, role, partition, endpoint: endpoint ?? null };
}

/** By the prefix of the service's IAM actions; the settings of S3 for a whole account are a service of their own. */
export type Service =
  | 'access-analyzer'
  | 'account'
  | 'acm'
  | 'backup'
  | 'cloudfront'
  | 'cloudtrail'
  | 'cloudwatch'
  | 'config'
  | 'dynamodb'
  | 'ec2'
  | 'ecr'
  | 'eks'
  | 'elasticfilesystem'
  | 'elasticloadbalancing'
  | 'guardduty'
  | 'iam'
  | 'identitystore'
  | 'inspector2'
  | 'kms'
  | 'lambda'
  | 'logs'
  | 'organizations'
  | 'rds'
  | 's3'
  | 's3-control'
  | 'secretsmanager'
  | 'securityhub'
  | 'sns'
  | 'ssm'
  | 'sso'
  | 'sts'
  | 'wafv2';

/** How the vendor says that a listing goes on. */
export interface Paging {
  /** The field of an answer that holds the token of the next page. */
  readonly out: string;
  /** The field of the input that takes it. */
  readonly in: string;
  /** The field that says whether there is a next page, where the vendor has one beside the token. */
  readonly more?: string;
  /** The field in which all of them stand, where that is not the answer itself. */
  readonly under?: string;
}

/** One read, as data. */
export interface Request {
  readonly service: Service;
  readonly operation: string;
  readonly input: Readonly<Record<string, unknown>>;
  /** The account to read in; `null` for the one that the credentials belong to. */
  readonly account: string | null;
  /** Where it is not the configured region. */
  readonly region?: string;
  readonly paging?: Paging;
  /** What must have come to an end before: asked again and again until the field has the value. */
  readonly prepare?: {
    readonly operation: string;
    readonly until: { readonly field: string; readonly equals: string };
    readonly maximumWaitMs: number;
  };
  /** What AWS makes for this question alone: begun by another, and asked for by its token until it is made. */
  readonly job?: {
    readonly operation: string;
    readonly input: Readonly<Record<string, unknown>>;
    /** The field of the answer, and of the input, that names it. */
    readonly token: string;
    /** What the answers say of it; whatever else they say, it came to no good. */
    readonly state: { readonly field: string; readonly pending: string; readonly done: string };
    readonly maximumWaitMs: number;
  };
}

/** Types AWS datasets by what AWS sessions understand. */
export const dataset = datasetsOf<Scope, Request>();

/** The ARN by which everyone knows the root user of an account. */
export function rootArn({ partition }: Scope, account: string): string {
  return `arn:${partition}:iam::${account}:root`;
}
