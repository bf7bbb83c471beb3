import { CredentialReports } from './credential-report.ts';
import { authorizationDetails } from './iam-details.ts';
import { iamArn, type AwsAccount, type AwsMfaDevice, type AwsPasswordPolicy, type AwsUser } from './model.ts';
import { federationOperations } from './iam-federation.ts';
import { LastAccessJobs } from './last-access.ts';
import { fault, iamPage, type QueryCall } from './operation.ts';
import type { Answer, Tree } from './wire.ts';

/** The operations of IAM, with the reports that they keep. */
export function iamOperations(pendingPolls: number): Readonly<Record<string, (call: QueryCall) => Answer>> {
  const reports = new CredentialReports(pendingPolls);
  const jobs = new LastAccessJobs(pendingPolls);
  return {
    GenerateCredentialReport: (call) => reports.generate(call),
    GetCredentialReport: (call) => reports.get(call),
    GenerateServiceLastAccessedDetails: (call) => jobs.generate(call),
    GetServiceLastAccessedDetails: (call) => jobs.get(call),
    GetAccountAuthorizationDetails: authorizationDetails,
    GetAccountSummary: accountSummary,
    GetAccountPasswordPolicy: passwordPolicy,
    ListVirtualMFADevices: virtualMfaDevices,
    ...federationOperations,
    ListUsers: (call) =>
      iamPage(call, call.account.users, (users) => ({ Users: users.map((user) => userOf(call, user)) })),
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountSummary.html */
function accountSummary({ account }: QueryCall): Answer {
  const { root, users, groups, roles, policies, summaryLies } = account;
  const inUse = [...(root.mfa ? [root.mfa] : []), ...users.flatMap(({ mfa }) => mfa)];
  const numbers: Readonly<Record<string, number>> = {
    Users: users.length,
    UsersQuota: 5000,
    Groups: groups.length,
    GroupsQuota: 300,
    GroupsPerUserQuota: 10,
    Roles: roles.length,
    RolesQuota: 1000,
    Policies: policies.length,
    PoliciesQuota: 1500,
    PolicySizeQuota: 6144,
    PolicyVersionsInUse: policies.length,
    PolicyVersionsInUseQuota: 10_000,
    VersionsPerPolicyQuota: 5,
    AccessKeysPerUserQuota: 2,
    MFADevices: inUse.length + account.spareMfaDevices.length,
    MFADevicesInUse: inUse.length,
    AccountMFAEnabled: root.mfa ? 1 : 0,
    // Inactive keys count too.
    AccountAccessKeysPresent: root.accessKeys.length > 0 ? 1 : 0,
    AccountPasswordPresent: root.passwordPresent ? 1 : 0,
    AccountSigningCertificatesPresent: root.signingCertificates.length > 0 ? 1 : 0,
    InstanceProfiles: 0,
    InstanceProfilesQuota: 1000,
    Providers: 0,
    ServerCertificates: 0,
    ServerCertificatesQuota: 20,
    GlobalEndpointTokenVersion: 2,
  };
  const told: readonly (readonly [string, number | null])[] = Object.entries({ ...numbers, ...summaryLies });
  return {
    result: { SummaryMap: new Map(told.filter((entry): entry is [string, number] => entry[1] !== null)) },
  };
}

function passwordPolicy({ account }: QueryCall): Answer {
  const policy = account.passwordPolicy;
  if (!policy)
    return fault(404, 'NoSuchEntity', `The Password Policy with domain name ${account.id} cannot be found.`);
  return { result: { PasswordPolicy: policyTree(policy) } };
}

function policyTree(policy: AwsPasswordPolicy): Tree {
  return {
    MinimumPasswordLength: policy.minimumLength,
    RequireSymbols: policy.requireSymbols,
    RequireNumbers: policy.requireNumbers,
    RequireUppercaseCharacters: policy.requireUppercase,
    RequireLowercaseCharacters: policy.requireLowercase,
    AllowUsersToChangePassword: policy.allowUsersToChange,
    ExpirePasswords: policy.maximumAgeDays !== null,
    MaxPasswordAge: policy.maximumAgeDays ?? undefined,
    PasswordReusePrevention: policy.reusePrevention ?? undefined,
    HardExpiry: policy.hardExpiry ?? undefined,
  };
}

/** https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html */
function virtualMfaDevices(call: QueryCall): Answer {
  const { account, input } = call;
  const status = input.get('AssignmentStatus') ?? 'Any';
  if (!['Assigned', 'Unassigned', 'Any'].includes(status))
    return fault(400, 'ValidationError', "Value at 'assignmentStatus' failed to satisfy enum value set");
  const serial = (name: string) => iamArn(call.model, account.id, `mfa/${name}`);
  const device = ({ name, enabledAt }: AwsMfaDevice, user: Tree): Tree => ({
    SerialNumber: serial(name),
    User: user,
    EnableDate: enabledAt,
  });
  const virtual = (devices: readonly (AwsMfaDevice | null)[]) =>
    devices.filter((each): each is AwsMfaDevice => each?.type === 'virtual');
  const assigned = [
    ...virtual([account.root.mfa]).map((each) => device(each, rootOf(call))),
    ...account.users.flatMap((user) => virtual(user.mfa).map((each) => device(each, userOf(call, user)))),
  ];
  const spare = account.spareMfaDevices.map((name): Tree => ({ SerialNumber: serial(name) }));
  const devices = [...(status === 'Unassigned' ? [] : assigned), ...(status === 'Assigned' ? [] : spare)];
  return iamPage(call, devices, (items) => ({ VirtualMFADevices: items }));
}

/** The root user has neither name nor path where a device names it. */
function rootOf({ model, account }: QueryCall): Tree {
  const { createdAt, passwordLastUsedAt } = account.root;
  return {
    UserId: account.id,
    Arn: iamArn(model, account.id, 'root'),
    CreateDate: createdAt,
    PasswordLastUsed: passwordLastUsedAt ?? undefined,
  };
}

function userOf({ model, account }: { model: QueryCall['model']; account: AwsAccount }, user: AwsUser): Tree {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: iamArn(model, account.id, `user${user.path}${user.name}`),
    CreateDate: user.createdAt,
    PasswordLastUsed: user.password?.lastUsedAt ?? undefined,
  };
}
