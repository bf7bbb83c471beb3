import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { privilegeOf, type Held, type Holder, type Privilege } from '../../controls/effective-privilege.ts';

const account = '111122223333';
const ada = `arn:aws:iam::${account}:user/people/ada`;
const runner = `arn:aws:iam::${account}:role/runner`;
const ops = `arn:aws:iam::${account}:group/ops`;
const lent = `arn:aws:iam::${account}:policy/lent`;

type Text = string | readonly string[];
const allow = (Action: Text, Resource: Text = '*', Condition?: object) => ({
  Effect: 'Allow',
  Action,
  Resource,
  ...(Condition && { Condition }),
});
const deny = (Action: Text, Resource: Text = '*', Condition?: object) => ({
  ...allow(Action, Resource, Condition),
  Effect: 'Deny',
});
const allBut = (NotAction: Text, Resource: Text = '*') => ({ Effect: 'Allow', NotAction, Resource });
const denyAllBut = (NotAction: Text) => ({ ...allBut(NotAction), Effect: 'Deny' });
const elsewhere = (Action: Text, NotResource: Text) => ({ Effect: 'Allow', Action, NotResource });
const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const passed = (service: string) => ({ StringEquals: { 'iam:PassedToService': service } });

/** A policy by its name; as an ARN where it is one that may be rewritten. */
const policy = (name: string, ...Statement: object[]): Held => ({
  id: name === 'lent' ? lent : `${ada}|${name}`,
  name,
  document: { known: { Version: '2012-10-17', Statement } },
});
const lost = (name: string): Held => ({ id: name, name, document: { unknown: 'it was not in the answer' } });

const user = (...policies: Held[]): Holder => ({ arn: ada, groups: [], policies, boundary: null });
const member = (...policies: Held[]): Holder => ({ ...user(...policies), groups: [ops] });
const role = (...policies: Held[]): Holder => ({ ...user(...policies), arn: runner });
const bounded = (holder: Holder, ...Statement: object[]): Holder => ({
  ...holder,
  boundary: policy('bounds', ...Statement),
});

const all = policy('AdministratorAccess', allow('*'));
const power = policy('PowerUserAccess', allBut(['iam:*', 'organizations:*', 'account:*']));
const reading = policy('ReadOnlyAccess', allow(['s3:Get*', 's3:List*', 'iam:Get*', 'iam:List*']));
const not = null;
const unknown = /not known/;

/** Whoever it is, and how they are an administrator in so many words; `not` where they are none. */
const cases: readonly (readonly [string, Holder, RegExp | null])[] = [
  ['holds nothing', user(), not],
  ['may do everything', user(all), /^may do everything, by AdministratorAccess$/],
  ['is a role that may do everything', role(all), /^may do everything, by AdministratorAccess$/],
  [
    'may do everything by way of a group',
    member({ ...all, name: 'AdministratorAccess of group ops' }),
    /^may do everything, by AdministratorAccess of group ops$/,
  ],
  [
    'may do everything in two ways',
    user(all, policy('more', allow('*:*'))),
    /by AdministratorAccess and by more$/,
  ],
  ['reads', user(reading), not],
  ['reads and administers a service', user(reading, policy('s3', allow('s3:*'))), not],

  // NotAction and NotResource
  ['may do all but billing', user(policy('most', allBut('aws-portal:*'))), /^may do everything, by most$/],
  ['is a power user', user(power), /may take on any role that trusts the account, by PowerUserAccess/],
  [
    'may do all but what leads anywhere',
    user(
      policy('safe', allBut(['iam:*', 'sts:*', 'lambda:*', 'ssm:*', 'glue:*', 'sso:*', 'identitystore:*'])),
    ),
    not,
  ],
  [
    'may do all but IAM, and IAM',
    user(power, policy('iam', allow('iam:*'))),
    /^may do everything, by several policies together$/,
  ],
  [
    'may do all but with one bucket',
    user(policy('odd', elsewhere('*', 'arn:aws:s3:::one'))),
    /^may do everything/,
  ],
  ['may do all but with anything', user(policy('none', elsewhere('*', '*'))), not],
  [
    'may write policies of all roles but one',
    user(policy('odd', elsewhere('iam:PutRolePolicy', `arn:aws:iam::${account}:role/protected`))),
    /write a policy of any role/,
  ],
  ['is denied all but reading', user(all, policy('limit', denyAllBut(['*:Get*', '*:List*']))), not],

  // explicit denials
  ['is denied everything', user(all, policy('quarantine', deny('*'))), not],
  ['is denied by a group what it has itself', member(all, policy('limit of group ops', deny('*'))), not],
  [
    'is denied IAM and what else leads there',
    user(
      all,
      policy('limit', deny(['iam:*', 'sts:*', 'lambda:*', 'ssm:*', 'glue:*', 'sso:*', 'identitystore:*'])),
    ),
    not,
  ],
  [
    'is denied one thing',
    user(all, policy('limit', deny('iam:*', `arn:aws:iam::${account}:role/audit`))),
    /^may do everything/,
  ],
  ['is denied a bucket', user(all, policy('limit', deny('s3:*'))), /^may do everything/],

  // conditions
  [
    'may with a second factor',
    user(policy('strong', allow('*', '*', mfa))),
    /do everything \(under conditions on aws:MultiFactorAuthPresent\), by strong/,
  ],
  [
    'is denied without a second factor',
    user(all, policy('strong', deny('*', '*', { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } }))),
    /do everything \(under conditions on aws:MultiFactorAuthPresent\)/,
  ],
  [
    'may with and without',
    user(all, policy('strong', allow('*', '*', mfa))),
    /^may do everything, by AdministratorAccess$/,
  ],
  [
    'may from one network',
    user(
      policy('here', allow('iam:AttachUserPolicy', '*', { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } })),
    ),
    /attach any policy to any user \(under conditions on aws:SourceIp\)/,
  ],
  [
    'passes roles to one service and uses another',
    user(
      policy('one', allow('iam:PassRole', '*', passed('lambda.amazonaws.com')), allow('ec2:RunInstances')),
    ),
    not,
  ],
  [
    'passes roles to a service that it uses',
    user(policy('one', allow('iam:PassRole', '*', passed('ec2.amazonaws.com')), allow('ec2:RunInstances'))),
    /^may run a machine with any role, by one$/,
  ],
  [
    'passes roles to services by a pattern',
    user(
      policy(
        'one',
        allow('iam:PassRole', '*', {
          StringLike: { 'iam:PassedToService': ['ecs*.amazonaws.com', 'x.amazonaws.com'] },
        }),
        allow(['ecs:RegisterTaskDefinition', 'ecs:RunTask']),
      ),
    ),
    /run a container with any role/,
  ],

  // boundaries
  ['may do everything within reading', bounded(user(all), allow(['*:Get*', '*:List*'])), not],
  ['may do everything within everything', bounded(user(all), allow('*')), /^may do everything/],
  ['may do nothing within everything', bounded(user(), allow('*')), not],
  [
    'may do everything within all but IAM and the like',
    bounded(role(all), allBut(['iam:*', 'sts:*', 'lambda:*', 'ssm:*', 'glue:*', 'sso:*', 'identitystore:*'])),
    not,
  ],
  [
    'may do everything, IAM denied by its boundary',
    bounded(
      user(all),
      allow('*'),
      deny(['iam:*', 'sts:*', 'lambda:*', 'ssm:*', 'glue:*', 'sso:*', 'identitystore:*']),
    ),
    not,
  ],
  [
    'may write a policy of its own within bounds',
    bounded(user(policy('own', allow('iam:PutUserPolicy', ada))), allow(['s3:*', 'iam:PutUserPolicy'], ada)),
    not,
  ],
  [
    'may take off its own bounds',
    bounded(user(all), allow(['s3:*', 'iam:DeleteUserPermissionsBoundary'])),
    /take off its own bounds and then do everything/,
  ],
  [
    'may give itself other bounds',
    bounded(role(all), allow('s3:*'), allow('iam:PutRolePermissionsBoundary', runner)),
    /give itself other bounds and then do everything/,
  ],
  [
    'may rewrite its own bounds',
    { ...user(all), boundary: policy('lent', allow('s3:*'), allow('iam:CreatePolicyVersion', lent)) },
    /rewrite its own bounds and then do everything/,
  ],
  [
    'may bring back a former version of its own bounds',
    { ...user(all), boundary: policy('lent', allow('s3:*'), allow('iam:SetDefaultPolicyVersion', lent)) },
    /bring back a former version of its own bounds and then do everything/,
  ],
  [
    'may rewrite other bounds than its own',
    bounded(user(all), allow('s3:*'), allow('iam:CreatePolicyVersion', lent)),
    not,
  ],
  [
    'may take off bounds and nothing else',
    bounded(user(reading, policy('b', allow('iam:Delete*Boundary'))), allow('*')),
    not,
  ],
  ['may take off bounds of others', user(policy('b', allow('iam:DeleteUserPermissionsBoundary'))), not],

  // what leads to everything
  ['rewrites policies', user(policy('p', allow('iam:CreatePolicyVersion'))), /rewrite any policy, by p/],
  [
    'rewrites one that it holds',
    user(policy('lent', allow('iam:CreatePolicyVersion', lent))),
    /rewrite a policy that it holds, by lent/,
  ],
  ['rewrites one that it does not hold', user(policy('p', allow('iam:CreatePolicyVersion', lent))), not],
  [
    'brings back one that it holds',
    user(policy('lent', allow('iam:Set*', lent))),
    /bring back a former version of a policy that it holds/,
  ],
  [
    'attaches to itself',
    user(policy('p', allow('iam:AttachUserPolicy', ada))),
    /attach any policy to itself/,
  ],
  [
    'writes a policy of its own, which a text that is no variable yet does not deny',
    user({
      ...policy('old'),
      document: {
        known: {
          Version: '2008-10-17',
          Statement: [
            allow('iam:PutUserPolicy', ada),
            deny('iam:*', `arn:aws:iam::${account}:user/people/\${aws:username}`),
          ],
        },
      },
    }),
    /write a policy of its own, by old/,
  ],
  [
    'writes a policy of its own, where the parts that an ARN lacks are anything',
    bounded(user(policy('p', allow('iam:PutUserPolicy', 'arn:aws:iam'))), allow('*')),
    /write a policy of its own, by p/,
  ],
  [
    'attaches to itself by a variable',
    user(policy('p', allow('iam:AttachUserPolicy', `arn:aws:iam::${account}:user/people/\${aws:username}`))),
    /attach any policy to itself/,
  ],
  [
    'attaches to itself, which is denied',
    user(policy('p', allow('iam:AttachUserPolicy', ada), deny('iam:Attach*', 'arn:aws:iam::*:user/*'))),
    not,
  ],
  [
    'attaches to somebody else by name',
    user(policy('p', allow('iam:AttachUserPolicy', `arn:aws:iam::${account}:user/bob`))),
    not,
  ],
  [
    'writes the policy of its role',
    role(policy('p', allow('iam:PutRolePolicy', runner))),
    /write a policy of its own/,
  ],
  [
    'writes the policy of its group',
    member(policy('p', allow('iam:PutGroupPolicy', ops))),
    /write a policy of its own group/,
  ],
  ['writes the policy of another group', user(policy('p', allow('iam:PutGroupPolicy', ops))), not],
  [
    'changes its own password and keys',
    user(policy('self', allow(['iam:*AccessKey*', 'iam:*LoginProfile'], ada))),
    not,
  ],
  ['makes keys of others', user(policy('p', allow('iam:CreateAccessKey'))), /make keys of any user/],
  ['joins any group', user(policy('p', allow('iam:AddUserToGroup'))), /put anybody into any group/],
  [
    'decides who takes on roles',
    user(policy('p', allow(['iam:UpdateAssumeRolePolicy', 'sts:AssumeRole']))),
    /say who may take on any role/,
  ],
  ['decides whose word counts', user(policy('p', allow('iam:UpdateSAMLProvider'))), /say whose word counts/],
  ...(
    [
      ['a function', ['lambda:CreateFunction', 'lambda:InvokeFunction'], /run a function with any role/],
      ['a stack', ['cloudformation:CreateStack'], /build a stack/],
      ['a build', ['codebuild:CreateProject', 'codebuild:StartBuild'], /run a build/],
      ['a job', ['glue:CreateJob', 'glue:StartJobRun'], /run a job/],
      ['a notebook', ['sagemaker:CreateNotebookInstance'], /run a notebook/],
      ['a training', ['sagemaker:CreateTrainingJob'], /run a training/],
      ['a state machine', ['states:CreateStateMachine', 'states:StartExecution'], /run a state machine/],
      ['a pipeline', ['datapipeline:*'], /run a pipeline/],
    ] as const
  ).map(
    ([what, actions, why]) =>
      [`passes roles to ${what}`, user(policy('p', allow(['iam:PassRole', ...actions]))), why] as const,
  ),
  [
    'passes roles in one policy and runs machines by its group',
    member(policy('a', allow('iam:PassRole')), policy('b', allow('ec2:RunInstances'))),
    /run a machine with any role, by several policies together/,
  ],
  [
    'passes one role',
    user(policy('p', allow('iam:PassRole', runner), allow('lambda:Create*'), allow('ecs:*'))),
    not,
  ],

  // what is not known
  ['holds one that is lost', user(reading, lost('lost')), unknown],
  ['may do everything, and holds one that is lost', user(all, lost('lost')), unknown],
  [
    'is denied everything, and holds one that is lost',
    user(policy('quarantine', deny('*')), lost('lost')),
    not,
  ],
  ['holds one that is lost, within reading', bounded(user(lost('lost')), allow(['s3:Get*'])), not],
  ['has bounds that are lost', { ...user(all), boundary: lost('bounds') }, unknown],
  ['has bounds that are lost, and reads', { ...user(reading), boundary: lost('bounds') }, not],
  [
    'holds one that nobody understands',
    user({ ...reading, document: { known: { Statement: 'text' } } }),
    unknown,
  ],
];

const words = (privilege: Privilege) => ('why' in privilege ? privilege.why : privilege.outcome);

test.each(cases)('whoever %s', (_, holder, why) => {
  const privilege = privilegeOf(holder);
  if (why === null) expect(words(privilege)).toBe('not');
  else expect(words(privilege)).toMatch(why);
  expect(privilege.outcome).toBe(why === null ? 'not' : why === unknown ? 'unknown' : 'administrator');
});

const actions = fc.constantFrom(
  ...[
    '*',
    's3:*',
    'iam:*',
    'iam:PassRole',
    'ec2:RunInstances',
    'iam:PutUserPolicy',
    'iam:CreatePolicyVersion',
  ],
  ...['sts:AssumeRole', 'lambda:*', 'iam:Delete*', 'iam:DeleteUserPermissionsBoundary'],
);
const places = fc.constantFrom(
  '*',
  ada,
  lent,
  ops,
  'arn:aws:iam::*:user/*',
  'arn:aws:iam::*:role/*',
  'arn:aws:s3:::*',
);
const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    action: fc.tuple(
      fc.constantFrom('Action', 'Action', 'NotAction'),
      fc.array(actions, { minLength: 1, maxLength: 2 }),
    ),
    place: fc.tuple(fc.constantFrom('Resource', 'Resource', 'NotResource'), places),
    condition: fc.constantFrom(null, null, mfa, passed('ec2.amazonaws.com')),
  })
  .map(({ Effect, action: [how, what], place: [where, which], condition }) => ({
    Effect,
    [how]: what,
    [where]: which,
    ...(condition && { Condition: condition }),
  }));
const held = fc.oneof(
  { weight: 4, arbitrary: fc.array(statement, { maxLength: 3 }).map((all) => policy('p', ...all)) },
  { weight: 1, arbitrary: fc.array(statement, { maxLength: 3 }).map((all) => policy('lent', ...all)) },
  { weight: 1, arbitrary: fc.constant(lost('lost')) },
);
const holder: fc.Arbitrary<Holder> = fc.record({
  arn: fc.constant(ada),
  groups: fc.constantFrom([], [ops]),
  policies: fc.array(held, { maxLength: 3 }),
  boundary: fc.option(held),
});
const rank = (one: Holder) => ['not', 'unknown', 'administrator'].indexOf(privilegeOf(one).outcome);
const known = (one: Holder) => privilegeOf(one).outcome !== 'unknown';
const runs = { numRuns: 2000 };

describe('whoever it is', () => {
  test('what more is allowed never makes less', () => {
    fc.assert(
      fc.property(holder, statement, (one, more) => {
        const added = policy('more', { ...more, Effect: 'Allow' });
        expect(rank({ ...one, policies: [...one.policies, added] })).toBeGreaterThanOrEqual(rank(one));
      }),
      runs,
    );
  });

  test('what more is denied never makes more', () => {
    fc.assert(
      fc.property(holder, statement, (one, more) => {
        const added = policy('more', { ...more, Effect: 'Deny' });
        expect(rank({ ...one, policies: [...one.policies, added] })).toBeLessThanOrEqual(rank(one));
      }),
      runs,
    );
  });

  test('a boundary never makes more', () => {
    fc.assert(
      fc.property(holder, held, (one, boundary) => {
        const free = { ...one, boundary: null };
        fc.pre(known(free));
        expect(rank({ ...one, boundary })).toBeLessThanOrEqual(rank(free));
      }),
      runs,
    );
  });

  test('who is none for all that is known of a lost policy is none whatever it says', () => {
    let none = 0;
    fc.assert(
      fc.property(holder, fc.array(statement, { maxLength: 3 }), (one, says) => {
        const hidden: Holder = { ...one, policies: [...one.policies, lost(`${ada}|hidden`)] };
        if (privilegeOf(hidden).outcome !== 'not') return;
        none += 1;
        const shown: Holder = { ...one, policies: [...one.policies, policy('hidden', ...says)] };
        expect(privilegeOf(shown).outcome).toBe('not');
      }),
      runs,
    );
    expect(none).toBeGreaterThan(50);
  });

  test('neither the order of policies nor that of statements matters', () => {
    fc.assert(
      fc.property(holder, (one) => {
        expect(rank({ ...one, policies: one.policies.toReversed() })).toBe(rank(one));
      }),
      runs,
    );
  });
});
