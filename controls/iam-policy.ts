import { allowed, statementsOf, type Deed, type Statements, type Target } from './iam-statements.ts';

/** What a policy lets its holder do that makes it an administrator, or able to become one. */
export interface Power {
  /** What it lets them do, in plain words. */
  readonly words: string;
  /** Keys of the conditions under which alone it holds; empty where it always does. */
  readonly conditions: readonly string[];
}

export interface Way {
  readonly words: string;
  /** All that it takes. */
  readonly deeds: readonly Deed[];
}

/** No service has this name: who may do it may do whatever there is, and whatever will be. */
const whatever = 'exhibit:Whatever';
const everything = 'do everything';

const way = (words: string, ...deeds: (readonly [action: string, on: Target])[]): Way => ({
  words,
  deeds: deeds.map(([action, on]) => ({ action, on })),
});

/** A role is handed to a service, which then acts in it as it is told. */
const passing = (words: string, service: string, ...actions: string[]): Way => ({
  words: `${words} with any role`,
  deeds: [
    { action: 'iam:PassRole', on: 'role', service: `${service}.amazonaws.com` },
    ...actions.map((action) => ({ action, on: 'other' as const })),
  ],
});

/** Bounds that are taken off somebody else give nothing to whoever takes them off; what they do then does. */
export const unbinding: readonly Way[] = [
  way('take off the bounds of any user', ['iam:DeleteUserPermissionsBoundary', 'user']),
  way('take off the bounds of any role', ['iam:DeleteRolePermissionsBoundary', 'role']),
];

/**
 * Ways to everything. They are the known ones, not all that there may be.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html and https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
export const ways: readonly Way[] = [
  way(everything, [whatever, 'other'], ['iam:PutRolePolicy', 'role']),
  way('write a policy of any user', ['iam:PutUserPolicy', 'user']),
  way('write a policy of any group', ['iam:PutGroupPolicy', 'group']),
  way('write a policy of any role', ['iam:PutRolePolicy', 'role']),
  way('attach any policy to any user', ['iam:AttachUserPolicy', 'user']),
  way('attach any policy to any group', ['iam:AttachGroupPolicy', 'group']),
  way('attach any policy to any role', ['iam:AttachRolePolicy', 'role']),
  way('rewrite any policy', ['iam:CreatePolicyVersion', 'policy']),
  way('bring back any former policy', ['iam:SetDefaultPolicyVersion', 'policy']),
  way('put anybody into any group', ['iam:AddUserToGroup', 'group']),
  way('make keys of any user', ['iam:CreateAccessKey', 'user']),
  way('give any user a password', ['iam:CreateLoginProfile', 'user']),
  way('change the password of any user', ['iam:UpdateLoginProfile', 'user']),
  way('say who may take on any role', ['iam:UpdateAssumeRolePolicy', 'role']),
  way('say whose word counts for who signs in', ['iam:UpdateSAMLProvider', 'provider']),
  way('take on any role that trusts the account', ['sts:AssumeRole', 'role']),
  // In the account from where Identity Center is run it reaches every account.
  way('assign any permission set to anybody', ['sso:CreateAccountAssignment', 'other']),
  way('write a policy of any permission set', ['sso:PutInlinePolicyToPermissionSet', 'other']),
  way('attach any policy to any permission set', ['sso:AttachManagedPolicyToPermissionSet', 'other']),
  way('put anybody into any group of Identity Center', ['identitystore:CreateGroupMembership', 'other']),
  passing('run a machine', 'ec2', 'ec2:RunInstances'),
  passing('run a function', 'lambda', 'lambda:CreateFunction', 'lambda:InvokeFunction'),
  passing('run a function by an event', 'lambda', 'lambda:CreateFunction', 'lambda:CreateEventSourceMapping'),
  way('change what any function does', ['lambda:UpdateFunctionCode', 'other']),
  passing('run a container', 'ecs-tasks', 'ecs:RegisterTaskDefinition', 'ecs:RunTask'),
  passing('keep a container running', 'ecs-tasks', 'ecs:RegisterTaskDefinition', 'ecs:CreateService'),
  passing('run a web service', 'tasks.apprunner', 'apprunner:CreateService'),
  passing('build a stack', 'cloudformation', 'cloudformation:CreateStack'),
  passing('run a build', 'codebuild', 'codebuild:CreateProject', 'codebuild:StartBuild'),
  passing('run a job', 'glue', 'glue:CreateJob', 'glue:StartJobRun'),
  passing('open a development endpoint', 'glue', 'glue:CreateDevEndpoint'),
  way('open any development endpoint to oneself', ['glue:UpdateDevEndpoint', 'other']),
  passing('run a notebook', 'sagemaker', 'sagemaker:CreateNotebookInstance'),
  passing('run a training', 'sagemaker', 'sagemaker:CreateTrainingJob'),
  passing('run a processing job', 'sagemaker', 'sagemaker:CreateProcessingJob'),
  passing(
    'run a pipeline',
    'datapipeline',
    'datapipeline:CreatePipeline',
    'datapipeline:PutPipelineDefinition',
    'datapipeline:ActivatePipeline',
  ),
  passing('run a state machine', 'states', 'states:CreateStateMachine', 'states:StartExecution'),
  way('send commands to any machine', ['ssm:SendCommand', 'machine'], ['ssm:SendCommand', 'script']),
  way(
    'send commands to any machine of Windows',
    ['ssm:SendCommand', 'machine'],
    ['ssm:SendCommand', 'windowsScript'],
  ),
  way('open a session on any machine', ['ssm:StartSession', 'machine']),
];

/**
 * The powers of whoever holds all of these policies, their own and those of their groups, within a boundary where there
 * is one. `null` where one of the documents is not understood. A condition is taken to be met, and told.
 */
export function powersOf(documents: readonly unknown[], boundary: unknown = null): Power[] | null {
  const own = documents.map(statementsOf);
  const bound = boundary === null ? null : statementsOf(boundary);
  const read = own.filter((each) => each !== null);
  if (read.length < own.length || (bound === null && boundary !== null)) return null;
  return found([...ways, ...unbinding], read, bound);
}

/** Which of these ways are open to whoever holds the documents. */
export function found(
  which: readonly Way[],
  documents: readonly Statements[],
  bound: Statements | null,
): Power[] {
  const powers = which.flatMap(({ words, deeds }): Power[] => {
    const keys = deeds.map((deed) => {
      const given = allowed(documents, deed);
      const within = given === null || bound === null ? [] : allowed([bound], deed);
      return given && within && [...given, ...within];
    });
    if (keys.includes(null)) return [];
    return [{ words, conditions: [...new Set(keys.flatMap((each) => each ?? []))].sort() }];
  });
  // Who may do everything may do each of the others too.
  const all = powers.find((power) => isEverything(power));
  return all ? [all] : powers;
}

export function isEverything({ words, conditions }: Power): boolean {
  return words === everything && conditions.length === 0;
}

/** The way in a sentence. */
export function told({ words, conditions }: Power): string {
  return conditions.length === 0 ? words : `${words} (under conditions on ${conditions.join(', ')})`;
}
