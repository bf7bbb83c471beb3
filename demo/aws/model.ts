import type { AwsBucket, AwsDirectory, AwsOrganizationPolicy, AwsRegion } from './cloud-model.ts';

export { buildAws } from './build.ts';

/*
 * The synthetic AWS as data. Nothing here is readonly on purpose: servers read the model anew at each request, so a
 * test may change a fact between two nights. Times are ISO strings in UTC with whole seconds, as AWS keeps them.
 */

export interface AwsModel {
  partition: string;
  /** `null` for accounts that stand alone: Organizations then answers that it is not in use. */
  organization: AwsOrganization | null;
  accounts: AwsAccount[];
  /** Who holds a long-lived key. Everybody else must assume a role. */
  callers: AwsCaller[];
}

export interface AwsOrganization {
  id: string;
  managementAccount: string;
  delegatedAdministrators: string[];
  /** What is managed for all accounts at once, such as `RootCredentialsManagement`. */
  features: string[];
  policies: AwsOrganizationPolicy[];
  directory: AwsDirectory | null;
  /**
   * Whether a member account may read the event selectors of a trail that the management account owns. Practice says
   * no (https://github.com/cloud-custodian/cloud-custodian/pull/6394), the documents say nothing.
   */
  membersReadTrailSelectors: boolean;
}

export interface AwsCaller {
  accessKeyId: string;
  secretAccessKey: string;
  account: string;
  userName: string;
  /** When the credentials end, where they do. */
  endsAt?: string;
  /** Actions that a policy denies, such as `organizations:ListAccounts`. */
  refuses: string[];
  /** The only actions that a policy allows; without it nothing is held back but what is refused. */
  allows?: readonly string[];
}

export interface AwsAccount {
  id: string;
  name: string;
  email: string;
  status: 'ACTIVE' | 'SUSPENDED' | 'PENDING_CLOSURE';
  joinedAt: string;
  joinedMethod: 'CREATED' | 'INVITED';
  root: AwsRoot;
  users: AwsUser[];
  groups: AwsGroup[];
  roles: AwsRole[];
  policies: AwsPolicy[];
  /** Names of virtual devices that nobody uses. */
  spareMfaDevices: string[];
  passwordPolicy: AwsPasswordPolicy | null;
  /** Contradicts the account summary on purpose: a number replaces what is true, `null` leaves the key out. */
  summaryLies: Record<string, number | null>;
  trails: AwsTrail[];
  /** False where the organisation's trails never reached this account, as happens without the service-linked role. */
  reachedByOrganizationTrails: boolean;
  signIns: AwsSignIn[];
  readRole: AwsReadRole | null;
  regions: AwsRegion[];
  buckets: AwsBucket[];
  /** Whether no bucket can be made public; `null` where nobody ever said. */
  publicAccessBlock: boolean | null;
  securityContact: boolean;
  samlProviders: { name: string; createdAt: string; validUntil: string }[];
  oidcProviders: { url: string; audiences: string[]; createdAt: string }[];
}

/** The role that readers assume in this account. */
export interface AwsReadRole {
  name: string;
  externalId: string | null;
  /** Account whose principals may assume it. */
  trusts: string;
  refuses: string[];
  allows?: readonly string[];
}

export interface AwsRoot {
  createdAt: string;
  mfa: AwsMfaDevice | null;
  accessKeys: AwsAccessKey[];
  signingCertificates: AwsSigningCertificate[];
  passwordPresent: boolean;
  passwordLastUsedAt: string | null;
}

export interface AwsUser {
  id: string;
  name: string;
  path: string;
  createdAt: string;
  password: { changedAt: string; lastUsedAt: string | null } | null;
  mfa: AwsMfaDevice[];
  accessKeys: AwsAccessKey[];
  signingCertificates: AwsSigningCertificate[];
  groups: string[];
  attachedPolicies: string[];
  inlinePolicies: AwsInlinePolicy[];
  /** ARN of the policy that bounds it, if any. */
  boundary: string | null;
}

export interface AwsMfaDevice {
  name: string;
  type: 'virtual' | 'hardware' | 'passkey';
  enabledAt: string;
}

export interface AwsAccessKey {
  id: string;
  active: boolean;
  rotatedAt: string;
  lastUsed: { at: string; region: string; service: string } | null;
}

export interface AwsSigningCertificate {
  active: boolean;
  rotatedAt: string;
}

export interface AwsInlinePolicy {
  name: string;
  document: AwsDocument;
}

export type AwsDocument = Readonly<Record<string, unknown>>;

export interface AwsGroup {
  id: string;
  name: string;
  path: string;
  createdAt: string;
  attachedPolicies: string[];
  inlinePolicies: AwsInlinePolicy[];
}

export interface AwsRole {
  id: string;
  name: string;
  path: string;
  createdAt: string;
  trust: AwsDocument;
  attachedPolicies: string[];
  inlinePolicies: AwsInlinePolicy[];
  boundary: string | null;
  lastUsed: { at: string; region: string } | null;
}

/** A policy that the account itself wrote. Versions are the oldest first; the last is the one in force. */
export interface AwsPolicy {
  id: string;
  name: string;
  path: string;
  createdAt: string;
  versions: { createdAt: string; document: AwsDocument }[];
}

export interface AwsPasswordPolicy {
  minimumLength: number;
  requireSymbols: boolean;
  requireNumbers: boolean;
  requireUppercase: boolean;
  requireLowercase: boolean;
  allowUsersToChange: boolean;
  /** `null` leaves the key out of the answer, as AWS does where the policy says nothing. */
  maximumAgeDays: number | null;
  reusePrevention: number | null;
  hardExpiry: boolean | null;
}

export interface AwsTrail {
  name: string;
  homeRegion: string;
  multiRegion: boolean;
  organization: boolean;
  logging: boolean;
  startedAt: string;
  stoppedAt: string | null;
  fileValidation: boolean;
  kmsKey: string | null;
  /** Where it is written. */
  bucket: string;
  /** What CloudTrail could not do of late, such as `AccessDenied` by the bucket. */
  deliveryError: string | null;
  selectors:
    | { type: 'classic'; selectors: AwsEventSelector[] }
    | { type: 'advanced'; selectors: AwsAdvancedEventSelector[] };
}

export interface AwsEventSelector {
  readWriteType: 'All' | 'ReadOnly' | 'WriteOnly';
  managementEvents: boolean;
  excludedSources: string[];
}

export interface AwsAdvancedEventSelector {
  name: string;
  fields: { field: string; equals?: string[]; notEquals?: string[] }[];
}

/** A sign-in to the console, by a user's name or `root`. */
export interface AwsSignIn {
  id: string;
  at: string;
  user: string;
  region: string;
  succeeded: boolean;
  mfaUsed: boolean;
}

/** How an ARN of this account's IAM begins. */
export function iamArn(
  { partition }: Pick<AwsModel, 'partition'>,
  account: string,
  resource: string,
): string {
  return `arn:${partition}:iam::${account}:${resource}`;
}

/** The account that is called so; `undefined` where there is none. */
export function accountOf({ accounts }: AwsModel, id: string): AwsAccount | undefined {
  return accounts.find((account) => account.id === id);
}
