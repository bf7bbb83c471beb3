import { z } from 'zod';

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
const Statement = z
  .object({
    Effect: z.enum(['Allow', 'Deny']),
    Action: texts.optional(),
    NotAction: texts.optional(),
    Resource: texts.optional(),
    NotResource: texts.optional(),
    Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined))
  .refine(({ Resource, NotResource }) => (Resource === undefined) !== (NotResource === undefined));
type Statement = z.output<typeof Statement>;
const Document = z.object({
  Statement: z.union([Statement.transform((statement) => [statement]), z.array(Statement)]),
});

/** What a policy lets its holder do that makes it an administrator, or able to become one. */
export interface Power {
  /** What it lets them do, in plain words. */
  readonly words: string;
  /** Keys of the conditions under which alone it holds; empty where it always does. */
  readonly conditions: readonly string[];
}

/** Something that an action is done to: one that stands for any other of its kind. */
const any = {
  user: 'arn:aws:iam::*:user/somebody-else',
  group: 'arn:aws:iam::*:group/administrators',
  role: 'arn:aws:iam::*:role/administrator',
  policy: 'arn:aws:iam::*:policy/anything',
  other: 'arn:aws:any::*:thing',
} as const;
type Target = keyof typeof any;
type Deed = readonly [action: string, on: Target];

/** No service has this name: who may do it may do whatever there is, and whatever will be. */
const whatever: Deed = ['exhibit:Whatever', 'other'];
const passRole: Deed = ['iam:PassRole', 'role'];

/**
 * Ways to everything, each with all that it takes. They are the known ones, not all that there may be.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies.html and https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use_passrole.html
 */
const ways: readonly (readonly [words: string, ...deeds: Deed[]])[] = [
  ['do everything', whatever, ['iam:PutRolePolicy', 'role']],
  ['write a policy of any user', ['iam:PutUserPolicy', 'user']],
  ['write a policy of any group', ['iam:PutGroupPolicy', 'group']],
  ['write a policy of any role', ['iam:PutRolePolicy', 'role']],
  ['attach any policy to any user', ['iam:AttachUserPolicy', 'user']],
  ['attach any policy to any group', ['iam:AttachGroupPolicy', 'group']],
  ['attach any policy to any role', ['iam:AttachRolePolicy', 'role']],
  ['rewrite any policy', ['iam:CreatePolicyVersion', 'policy']],
  ['bring back any former policy', ['iam:SetDefaultPolicyVersion', 'policy']],
  ['put anybody into any group', ['iam:AddUserToGroup', 'group']],
  ['make keys of any user', ['iam:CreateAccessKey', 'user']],
  ['give any user a password', ['iam:CreateLoginProfile', 'user']],
  ['change the password of any user', ['iam:UpdateLoginProfile', 'user']],
  ['say who may take on any role', ['iam:UpdateAssumeRolePolicy', 'role']],
  ['take off the bounds of any user', ['iam:DeleteUserPermissionsBoundary', 'user']],
  ['take off the bounds of any role', ['iam:DeleteRolePermissionsBoundary', 'role']],
  ['take on any role that trusts the account', ['sts:AssumeRole', 'role']],
  ['run a machine with any role', passRole, ['ec2:RunInstances', 'other']],
  [
    'run a function with any role',
    passRole,
    ['lambda:CreateFunction', 'other'],
    ['lambda:InvokeFunction', 'other'],
  ],
  ['change what any function does', ['lambda:UpdateFunctionCode', 'other']],
  [
    'run a container with any role',
    passRole,
    ['ecs:RegisterTaskDefinition', 'other'],
    ['ecs:RunTask', 'other'],
  ],
  ['build a stack with any role', passRole, ['cloudformation:CreateStack', 'other']],
  [
    'run a build with any role',
    passRole,
    ['codebuild:CreateProject', 'other'],
    ['codebuild:StartBuild', 'other'],
  ],
  ['run a job with any role', passRole, ['glue:CreateJob', 'other'], ['glue:StartJobRun', 'other']],
  ['run a notebook with any role', passRole, ['sagemaker:CreateNotebookInstance', 'other']],
  ['send commands to any machine', ['ssm:SendCommand', 'other']],
];

/**
 * The powers of whoever holds all of these policies, their own and those of their groups, within a boundary where there
 * is one. `null` where one of the documents is not understood. A condition is taken to be met, and told.
 */
export function powersOf(documents: readonly unknown[], boundary: unknown = null): Power[] | null {
  const parsed = documents.map((document) => Document.safeParse(document).data?.Statement);
  const bound = boundary === null ? null : Document.safeParse(boundary).data?.Statement;
  if (bound === undefined || parsed.some((each) => each === undefined)) return null;
  const own = parsed.flatMap((each) => each ?? []);
  const found = ways.flatMap(([words, ...deeds]): Power[] => {
    const keys = deeds.map((deed) => {
      const given = allowed(own, deed);
      const within = bound === null ? [] : allowed(bound, deed);
      return given && within && [...given, ...within];
    });
    if (keys.includes(null)) return [];
    return [{ words, conditions: [...new Set(keys.flatMap((each) => each ?? []))].sort() }];
  });
  // Who may do everything may do each of the others too.
  const [all] = found;
  return all?.words === 'do everything' && all.conditions.length === 0 ? [all] : found;
}

/** The keys of the conditions under which it is allowed, of the way with the fewest; `null` where it is not. */
function allowed(statements: readonly Statement[], deed: Deed): readonly string[] | null {
  const about = statements.filter((statement) => concerns(statement, deed));
  const denied = about.filter(({ Effect }) => Effect === 'Deny');
  // What is denied under a condition is allowed under its contrary.
  if (denied.some(({ Condition }) => keysOf(Condition).length === 0)) return null;
  const [least] = about
    .filter(({ Effect }) => Effect === 'Allow')
    .map(({ Condition }) => keysOf(Condition))
    .sort((a, b) => a.length - b.length);
  return least === undefined ? null : [...least, ...denied.flatMap(({ Condition }) => keysOf(Condition))];
}

function concerns(statement: Statement, [action, on]: Deed): boolean {
  const { Effect, Action, NotAction, Resource, NotResource } = statement;
  const named = (Action ?? NotAction ?? []).some((pattern) =>
    matches(pattern.toLowerCase(), action.toLowerCase()),
  );
  if (named !== (Action !== undefined)) return false;
  const reaches = Effect === 'Deny' ? coversAll : coversAny;
  const placed = (Resource ?? NotResource ?? []).some(
    (pattern) => pattern === '*' || reaches(pattern, [action, on]),
  );
  return placed === (Resource !== undefined);
}

/** Whether what is allowed there is allowed of any other thing of its kind, and not of some by name. */
function coversAny(pattern: string, [action, on]: Deed): boolean {
  const [, , service = '', , , ...rest] = pattern.split(':');
  const [prefix = ''] = action.split(':');
  if (service !== '*' && service !== (on === 'other' ? prefix : 'iam')) return false;
  // In whichever partition and account: a policy reaches its own account alone.
  if (on !== 'other') return matches(`arn:aws:iam::*:${rest.join(':')}`, any[on]);
  return /^(?:[a-z-]+[/:])?\*$/.test(rest.join(':'));
}

/** A denial of one thing, of another kind or in one account leaves all others. */
function coversAll(pattern: string, [, on]: Deed): boolean {
  return on !== 'other' && /^arn:(?:aws|\*):iam::\*?:/.test(pattern) && pattern.endsWith(`:${on}/*`);
}

function keysOf(condition: Statement['Condition']): string[] {
  return Object.values(condition ?? {}).flatMap((keys) => Object.keys(keys));
}

/** Whether a text is of a pattern with `*` for any text and `?` for any letter; in time that grows with both alone. */
function matches(pattern: string, text: string): boolean {
  let [p, t, star, from] = [0, 0, -1, 0];
  while (t < text.length) {
    if (pattern[p] === '*') {
      star = p;
      from = t;
      p += 1;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === text[t])) {
      p += 1;
      t += 1;
    } else if (star >= 0) {
      p = star + 1;
      from += 1;
      t = from;
    } else return false;
  }
  while (pattern[p] === '*') p += 1;
  return p === pattern.length;
}
