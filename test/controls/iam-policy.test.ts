import { expect, test } from 'vitest';
import { powersOf } from '../../controls/iam-policy.ts';

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
const mfa = { Bool: { 'aws:MultiFactorAuthPresent': 'true' } };
const document = (...Statement: object[]) => ({ Version: '2012-10-17', Statement });
const everyUser = 'arn:aws:iam::*:user/*';
const self = 'arn:aws:iam::111122223333:user/${aws:username}';

/** What is the case, the policies of one holder (several statements are one policy), what bounds them, and the powers. */
const cases: readonly (readonly [string, readonly object[], object | null, readonly string[]])[] = [
  ['nothing', [document()], null, []],
  ['everything', [document(allow('*'))], null, ['do everything']],
  ['everything of every service', [document(allow('*:*'))], null, ['do everything']],
  ['everything, as one statement', [{ Statement: allow('*') }], null, ['do everything']],
  ['everything, of things', [document(allow('*', 'arn:aws:s3:::one/*'))], null, []],
  ['everything but billing', [document(allBut('aws-portal:*'))], null, ['do everything']],
  [
    'everything but identities',
    [document(allBut(['iam:*', 'sts:*', 'lambda:*', 'ssm:*', 'glue:*', 'sso:*', 'identitystore:*']))],
    null,
    [],
  ],
  [
    'everything but identities, roles included',
    [document(allBut('iam:*'))],
    null,
    [
      'take on any role that trusts the account',
      'change what any function does',
      'send commands to any machine',
    ],
  ],
  ['all of IAM', [document(allow('iam:*'))], null, ['write a policy of any role', 'make keys of any user']],
  ['all of IAM, in other letters', [document(allow('IAM:*'))], null, ['write a policy of any user']],
  ['reading all of IAM', [document(allow(['iam:Get*', 'iam:List*']))], null, []],
  ['reading everything', [document(allow(['*:Get*', '*:List*', '*:Describe*']))], null, []],
  ['a bucket', [document(allow('s3:*'))], null, []],
  ['keys of anybody', [document(allow('iam:CreateAccessKey'))], null, ['make keys of any user']],
  ['keys of any user', [document(allow('iam:CreateAccessKey', everyUser))], null, ['make keys of any user']],
  [
    'keys of any user of one account',
    [document(allow('iam:CreateAccessKey', 'arn:aws:iam::111122223333:user/*'))],
    null,
    ['make keys of any user'],
  ],
  [
    'keys of any user elsewhere',
    [document(allow('iam:CreateAccessKey', 'arn:aws-us-gov:iam::*:user/*'))],
    null,
    ['make keys of any user'],
  ],
  ['keys of oneself', [document(allow('iam:*AccessKey*', self))], null, []],
  [
    'keys of the users of one path',
    [document(allow('iam:CreateAccessKey', 'arn:aws:iam::*:user/ci/*'))],
    null,
    [],
  ],
  ['a password of anybody', [document(allow('iam:CreateLoginProfile'))], null, ['give any user a password']],
  ['other passwords', [document(allow('iam:Update*Profile'))], null, ['change the password of any user']],
  ['policies of anybody', [document(allow('iam:PutUserPolicy'))], null, ['write a policy of any user']],
  [
    'policies of groups',
    [document(allow('iam:PutGroupPolicy', 'arn:aws:iam::*:group/*'))],
    null,
    ['write a policy of any group'],
  ],
  ['policies of roles', [document(allow('iam:AttachRolePolicy'))], null, ['attach any policy to any role']],
  [
    'policies of some roles',
    [document(allow('iam:AttachRolePolicy', 'arn:aws:iam::*:role/app-*'))],
    null,
    [],
  ],
  ['versions of policies', [document(allow('iam:CreatePolicyVersion'))], null, ['rewrite any policy']],
  [
    'former versions of policies',
    [document(allow('iam:SetDefaultPolicyVersion'))],
    null,
    ['bring back any former policy'],
  ],
  ['members of groups', [document(allow('iam:AddUserToGroup'))], null, ['put anybody into any group']],
  ['trust of roles', [document(allow('iam:UpdateAssumeRolePolicy'))], null, ['say who may take on any role']],
  ['any role', [document(allow('sts:AssumeRole'))], null, ['take on any role that trusts the account']],
  ['one role', [document(allow('sts:AssumeRole', 'arn:aws:iam::111122223333:role/deploy'))], null, []],
  [
    'permission sets',
    [document(allow('sso:*', ['arn:aws:sso:::instance/*', 'arn:aws:sso:::permissionSet/*/*']))],
    null,
    [
      'assign any permission set to anybody',
      'write a policy of any permission set',
      'attach any policy to any permission set',
    ],
  ],
  ['one permission set', [document(allow('sso:*', 'arn:aws:sso:::permissionSet/ssoins-1/ps-1'))], null, []],
  [
    'members of groups of Identity Center',
    [document(allow('identitystore:*'))],
    null,
    ['put anybody into any group of Identity Center'],
  ],
  [
    'a role to a machine',
    [document(allow(['iam:PassRole', 'ec2:RunInstances']))],
    null,
    ['run a machine with any role'],
  ],
  ['a machine and no role', [document(allow('ec2:*'))], null, []],
  ['a role and no machine', [document(allow('iam:PassRole'))], null, []],
  [
    'one role to a machine',
    [document(allow('iam:PassRole', 'arn:aws:iam::1:role/web'), allow('ec2:*'))],
    null,
    [],
  ],
  [
    'a role to a function',
    [document(allow(['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction']))],
    null,
    ['run a function with any role'],
  ],
  [
    'a role to a function that it cannot call',
    [document(allow(['iam:PassRole', 'lambda:CreateFunction']))],
    null,
    [],
  ],
  [
    'a role to a container',
    [document(allow(['iam:PassRole', 'ecs:*']))],
    null,
    ['run a container with any role'],
  ],
  [
    'a role to a stack',
    [document(allow(['iam:PassRole', 'cloudformation:CreateStack']))],
    null,
    ['build a stack with any role'],
  ],
  [
    'a role to a build',
    [document(allow(['iam:PassRole', 'codebuild:*']))],
    null,
    ['run a build with any role'],
  ],
  ['functions', [document(allow('lambda:Update*'))], null, ['change what any function does']],
  [
    'a way in two policies, one of a group',
    [document(allow('iam:PassRole')), document(allow('ec2:RunInstances'))],
    null,
    ['run a machine with any role'],
  ],
  [
    'what a group gives and one’s own policy denies',
    [document(allow('iam:*')), document(deny('iam:*'))],
    null,
    [],
  ],
  [
    'everything, of which identities are denied',
    [
      document(
        allow('*'),
        deny(['iam:*', 'sts:*', 'lambda:*', 'ssm:*', 'glue:*', 'sso:*', 'identitystore:*']),
      ),
    ],
    null,
    [],
  ],
  [
    'everything, of which all but reading is denied',
    [document(allow('*'), denyAllBut(['*:Get*', '*:List*']))],
    null,
    [],
  ],
  [
    'keys of anybody, of which one is denied',
    [document(allow('iam:CreateAccessKey'), deny('iam:CreateAccessKey', 'arn:aws:iam::1:user/root-like'))],
    null,
    ['make keys of any user'],
  ],
  [
    'keys of anybody, of which all are denied',
    [document(allow('iam:CreateAccessKey'), deny('iam:CreateAccessKey', everyUser))],
    null,
    [],
  ],
  [
    'keys of anybody, of which roles are denied',
    [document(allow('iam:*Key'), deny('iam:*', 'arn:aws:iam::*:role/*'))],
    null,
    ['make keys of any user'],
  ],
  [
    'keys of anybody, of which one account is denied',
    [document(allow('iam:*Key'), deny('iam:*', 'arn:aws:iam::999999999999:user/*'))],
    null,
    ['make keys of any user'],
  ],
  [
    'functions, of which buckets are denied',
    [document(allow('lambda:*'), deny('*', 'arn:aws:s3:::*'))],
    null,
    ['change what any function does'],
  ],
  [
    'every function by its name',
    [document(allow('lambda:*', 'arn:aws:lambda:*:*:function:*'))],
    null,
    ['change what any function does'],
  ],
  [
    'some functions by their name',
    [document(allow('lambda:*', 'arn:aws:lambda:*:*:function:app-*'))],
    null,
    [],
  ],
  ['functions at places of another service', [document(allow('lambda:*', 'arn:aws:s3:::*'))], null, []],
  [
    'everything but what one bucket is',
    [document({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:s3:::one' })],
    null,
    ['do everything'],
  ],
  [
    'all of IAM, where the parts that an ARN lacks are anything',
    [document(allow('iam:*', 'arn:aws:iam::*'))],
    null,
    ['write a policy of any role', 'make keys of any user'],
  ],
  [
    'functions, where the parts that an ARN lacks are anything',
    [document(allow('lambda:*', 'arn:aws:lambda'))],
    null,
    ['change what any function does'],
  ],
  [
    'sessions on any machine, which stands at a place of another service',
    [document(allow('ssm:StartSession', 'arn:aws:ec2:*:*:instance/*'))],
    null,
    ['open a session on any machine'],
  ],
  [
    'sessions on one machine',
    [document(allow('ssm:StartSession', 'arn:aws:ec2:*:*:instance/i-0a'))],
    null,
    [],
  ],
  [
    'commands of any sort to any machine',
    [
      document(
        allow('ssm:SendCommand', [
          'arn:aws:ec2:*:*:instance/*',
          'arn:aws:ssm:*:*:document/AWS-RunShellScript',
        ]),
      ),
    ],
    null,
    ['send commands to any machine'],
  ],
  [
    'commands of any sort to any machine of Windows',
    [document(allow('ssm:*', 'arn:aws:ssm:*:*:document/AWS-RunPower*'), allow('ssm:*', 'arn:aws:ec2:*:*:*'))],
    null,
    ['send commands to any machine of Windows'],
  ],
  [
    'one harmless command to any machine',
    [
      document(
        allow('ssm:SendCommand', [
          'arn:aws:ec2:*:*:instance/*',
          'arn:aws:ssm:*::document/AWS-UpdateSSMAgent',
        ]),
      ),
    ],
    null,
    [],
  ],
  [
    'a role to a state machine, by the name that its kind has',
    [document(allow('iam:PassRole'), allow('states:*', 'arn:aws:states:*:*:stateMachine:*'))],
    null,
    ['run a state machine with any role'],
  ],
  [
    'a role to a stack, whose names have two parts',
    [document(allow('iam:PassRole'), allow('cloudformation:*', 'arn:aws:cloudformation:*:*:stack/*/*'))],
    null,
    ['build a stack with any role'],
  ],
  [
    'a role to a container, whose names have versions',
    [document(allow('iam:PassRole'), allow('ecs:*', 'arn:aws:ecs:*:*:task-definition/*:*'))],
    null,
    ['run a container with any role'],
  ],
  [
    'everything but some roles',
    [document({ Effect: 'Allow', Action: '*', NotResource: 'arn:aws:iam::*:role/admin*' })],
    null,
    ['do everything'],
  ],
  [
    'everything, of which all but the users of one account is denied',
    [
      document(allow('*'), {
        ...denyAllBut('s3:*'),
        Resource: undefined,
        NotResource: 'arn:aws:iam::111122223333:user/*',
      }),
    ],
    null,
    ['make keys of any user'],
  ],
  [
    'keys of anybody, of which users of no account are denied',
    [document(allow('iam:CreateAccessKey'), deny('iam:*', 'arn:aws:iam:::user/*'))],
    null,
    ['make keys of any user'],
  ],
  [
    'providers, of which all are denied',
    [document(allow('iam:UpdateSAMLProvider'), deny('iam:*', 'arn:aws:iam::*:saml-provider/*'))],
    null,
    [],
  ],
  [
    'keys of anybody, of which all of IAM is denied',
    [document(allow('iam:CreateAccessKey'), deny('*', 'arn:aws:iam::*:*'))],
    null,
    [],
  ],
  ['everything within reading', [document(allow('*'))], document(allow(['*:Get*', '*:List*'])), []],
  ['everything within everything', [document(allow('*'))], document(allow('*')), ['do everything']],
  ['identities within what leaves them out', [document(allow('iam:*'))], document(allBut('iam:*')), []],
  ['nothing within everything', [document()], document(allow('*')), []],
];

test.each(cases)('who holds %s', (_, documents, boundary, words) => {
  const powers = powersOf(documents, boundary);
  const told = powers?.map((power) => power.words) ?? ['not understood'];
  expect(told).toEqual(words.length === 0 ? [] : expect.arrayContaining([...words]));
});

test('a condition is taken to be met, and told', () => {
  expect(powersOf([document(allow('iam:CreateAccessKey', '*', mfa))])).toEqual([
    { words: 'make keys of any user', conditions: ['aws:MultiFactorAuthPresent'] },
  ]);
  const unless = { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } };
  expect(powersOf([document(allow('*'), deny('*', '*', unless))])?.[0]).toEqual({
    words: 'do everything',
    conditions: ['aws:MultiFactorAuthPresent'],
  });
  // Whoever may do it without a condition as well is under none.
  expect(
    powersOf([document(allow('iam:CreateAccessKey', '*', mfa), allow('iam:Create*'))])?.[0]?.conditions,
  ).toEqual([]);
});

test.each([
  null,
  'text',
  {},
  { Statement: [{ Effect: 'Allow' }] },
  { Statement: [{ Effect: 'Allow', Action: 7, Resource: '*' }] },
  { Statement: [{ ...deny('*'), condition: mfa }] },
])('a document that is none (%j) is not understood', (odd) => {
  expect(powersOf([document(allow('*')), odd])).toBeNull();
  if (odd !== null) expect(powersOf([document(allow('*'))], odd)).toBeNull();
});

test('no pattern takes more time than its length and that of the text allow', () => {
  const started = performance.now();
  powersOf([document(allow('*a'.repeat(20_000), `arn:aws:iam::*:${'*u'.repeat(20_000)}`))]);
  expect(performance.now() - started).toBeLessThan(1000);
});
