import { describe, expect, test } from 'vitest';
import { judged, type Told } from './support.ts';
import { arn, aws, role } from './worlds.ts';

const own = '111122223333';
const stranger = '999988887777';
const github = 'token.actions.githubusercontent.com';
const provider = `arn:aws:iam::${own}:oidc-provider/${github}`;

const gitlab = `arn:aws:iam::${own}:oidc-provider/gitlab.com`;

const admits = (Principal: unknown, Condition?: object, Action = 'sts:AssumeRole') => ({
  Effect: 'Allow',
  Principal,
  Action,
  ...(Condition && { Condition }),
});
const runs = (Condition?: object) =>
  admits({ Federated: provider }, Condition, 'sts:AssumeRoleWithWebIdentity');
const subject = (value: string | string[], operator = 'StringLike') =>
  runs({ [operator]: { [`${github}:sub`]: value, [`${github}:aud`]: 'sts.amazonaws.com' } });
const shown = { StringEquals: { 'sts:ExternalId': '7f3c' } };
const of = (key: string, value: string) => ({ StringEquals: { [`aws:${key}`]: value } });
const parameters = { approved: [stranger], ours: ['444455556666'], githubOwners: ['Larkspur'] };

/** What a trust policy says besides letting in a service, and what is told of it where this is approved. */
const trusts: readonly (readonly [string, readonly object[], string, RegExp])[] = [
  ['its own account', [admits({ AWS: own })], 'pass', /company’s own/],
  ['somebody of its own account', [admits({ AWS: arn('ada') })], 'pass', /company’s own/],
  [
    'an account of one’s own elsewhere',
    [admits({ AWS: 'arn:aws:iam::444455556666:root' })],
    'pass',
    /company’s own/,
  ],
  [
    'an account that is approved',
    [admits({ AWS: stranger }, shown)],
    'pass',
    /approved, with an external id/,
  ],
  [
    'one that is approved, without an external id',
    [admits({ AWS: stranger })],
    'fail',
    /without an external id/,
  ],
  [
    'one that is approved, with any external id',
    [admits({ AWS: stranger }, { StringLike: { 'sts:ExternalId': '*' } })],
    'fail',
    /without an external id/,
  ],
  [
    'one that is approved, with whatever external id it shows',
    [admits({ AWS: stranger }, { StringEquals: { 'sts:ExternalId': '${sts:ExternalId}' } })],
    'fail',
    /without an external id/,
  ],
  [
    'another',
    [admits({ AWS: 'arn:aws:iam::123412341234:user/x' }, shown)],
    'fail',
    /123412341234 may .* not approved/,
  ],
  ['another beside one’s own', [admits({ AWS: [own, '123412341234'] })], 'fail', /123412341234/],
  ['everybody', [admits('*')], 'fail', /everybody may/],
  ['everybody with an external id', [admits({ AWS: '*' }, shown)], 'fail', /everybody may/],
  [
    'everybody but one',
    [{ Effect: 'Allow', NotPrincipal: { AWS: own }, Action: 'sts:AssumeRole' }],
    'fail',
    /everybody/,
  ],
  ['everybody of one’s own account', [admits('*', of('PrincipalAccount', own))], 'pass', /company’s own/],
  [
    'everybody of another account',
    [admits('*', of('PrincipalAccount', '123412341234'))],
    'fail',
    /not approved/,
  ],
  [
    'everybody by name',
    [admits('*', { ArnLike: { 'aws:PrincipalArn': `arn:aws:iam::${own}:role/*` } })],
    'pass',
    /own/,
  ],
  [
    'everybody by name, anywhere',
    [admits('*', { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } })],
    'fail',
    /everybody/,
  ],
  [
    'everybody of the organisation',
    [admits('*', of('PrincipalOrgID', 'o-larkspur'))],
    'pass',
    /of the organisation/,
  ],
  ['everybody of another organisation', [admits('*', of('PrincipalOrgID', 'o-other'))], 'fail', /of o-other/],
  [
    'everybody, another organisation denied',
    [admits('*'), { ...admits('*'), Effect: 'Deny' }],
    'no-data',
    /keeps some out/,
  ],
  ['somebody who was deleted', [admits({ AWS: 'AROAEXAMPLEEXAMPLE' })], 'pass', /not there any more/],
  ['somebody odd', [admits({ CanonicalUser: 'abc' })], 'no-data', /not understood/],
  ['nobody by what is not taking on', [admits('*', undefined, 'sts:TagSession')], 'pass', /service/],
  ['everybody in other letters', [admits('*', undefined, 'STS:assume*')], 'fail', /everybody/],
  [
    'people of another provider',
    [admits({ Federated: `arn:aws:iam::${own}:saml-provider/Entra` })],
    'pass',
    /not judged here/,
  ],
  [
    'everybody at Google',
    [admits({ Federated: 'accounts.google.com' })],
    'fail',
    /everybody who has an account/,
  ],
  ...(
    [
      [
        'people of one program at Google',
        'accounts.google.com',
        { StringEquals: { 'accounts.google.com:aud': '12' } },
        'pass',
      ],
      [
        'all but one',
        'accounts.google.com',
        { StringNotEquals: { 'accounts.google.com:aud': '12' } },
        'fail',
      ],
      ['any program', 'accounts.google.com', { StringLike: { 'accounts.google.com:aud': '*' } }, 'fail'],
      [
        'one program, or none',
        'cognito-identity.amazonaws.com',
        { StringEqualsIfExists: { 'cognito-identity.amazonaws.com:aud': 'eu-west-1:1' } },
        'fail',
      ],
      ['everybody at GitLab', gitlab, { StringEquals: { 'gitlab.com:aud': 'https://gitlab.com' } }, 'fail'],
      ['any project at GitLab', gitlab, { StringLike: { 'gitlab.com:sub': 'project_path:*' } }, 'fail'],
      [
        'a project at GitLab',
        gitlab,
        { StringLike: { 'gitlab.com:sub': 'project_path:larkspur/app:*' } },
        'pass',
      ],
      ['a claim at GitLab', gitlab, { StringEquals: { 'gitlab.com:namespace_id': '7' } }, 'no-data'],
    ] as const
  ).map(
    ([name, Federated, condition, status]) =>
      [
        name,
        [admits({ Federated }, condition, 'sts:AssumeRoleWithWebIdentity')],
        status,
        /at|of|whoever/,
      ] as const,
  ),

  [
    'a branch',
    [subject('repo:larkspur/app:ref:refs/heads/main', 'StringEquals')],
    'pass',
    /larkspur\/app may take it on from branch main/,
  ],
  ['a tag', [subject('repo:larkspur/app:ref:refs/tags/v*')], 'pass', /from tag v\*/],
  ['any branch', [subject('repo:larkspur/app:ref:refs/heads/*')], 'pass', /from any branch/],
  ['an environment', [subject('repo:larkspur/app:environment:live')], 'pass', /from environment live/],
  ['pull requests', [subject('repo:larkspur/app:pull_request')], 'pass', /from pull requests/],
  ['one repository', [subject('repo:larkspur/app:*')], 'pass', /whatever branch, tag or event/],
  ['one by ids', [subject('repo:larkspur@12/app@34:ref:refs/heads/main')], 'pass', /of larkspur\/app may/],
  ['two repositories', [subject(['repo:larkspur/app:*', 'repo:larkspur/web:*'])], 'pass', /larkspur\/web/],
  ['every repository of the owner', [subject('repo:larkspur/*')], 'fail', /more repositories than are named/],
  [
    'repositories by a pattern',
    [subject('repo:larkspur/app*:ref:refs/heads/main')],
    'fail',
    /more repositories/,
  ],
  ['one by name, one by a pattern', [subject(['repo:larkspur/app:*', '*'])], 'fail', /subject is \*/],
  ['everybody’s', [subject('repo:*')], 'fail', /more repositories/],
  [
    'another owner’s',
    [subject('repo:larkspurr/app:*')],
    'fail',
    /larkspurr\/app .* owner is not in the list/,
  ],
  ['no condition at all', [runs()], 'fail', /no condition is on the subject/],
  [
    'no condition at all, by a provider in other letters',
    [admits({ Federated: provider.replace('token.actions', 'Token.Actions') })],
    'fail',
    /no condition is on the subject/,
  ],
  [
    'no condition on the subject',
    [runs({ StringEquals: { [`${github}:aud`]: 'sts.amazonaws.com' } })],
    'fail',
    /no condition/,
  ],
  [
    'all of nothing',
    [subject('repo:larkspur/app:*', 'ForAllValues:StringLike')],
    'no-data',
    /ForAllValues:StringLike/,
  ],
  ['what is not one', [subject('repo:larkspur/app:*', 'StringNotLike')], 'no-data', /StringNotLike/],
  [
    'a subject of its own form',
    [subject('job_workflow_ref:larkspur/app/.github/workflows/x.yml')],
    'no-data',
    /not understood/,
  ],
  [
    'a repository by another claim',
    [runs({ StringEquals: { [`${github}:repository`]: 'larkspur/app' } })],
    'no-data',
    /not judged/,
  ],
];

describe('a role that lets in', () => {
  test.each(trusts)('%s', async (_, trust, status, why) => {
    const { verdicts } = await judged('aws-cross-account-trust-approved', aws({ trust }), parameters);
    expect(verdicts).toMatchObject([{ subject: role, status, reason: expect.stringMatching(why) as string }]);
  });

  test('whom a document names that is none is not known', async () => {
    const world = aws().map((told) => ({
      ...told,
      records: told.records.map((record) =>
        record.kind === 'role-trust' ? { ...record, document: { Statement: 'text' } } : record,
      ),
    }));
    const { verdicts } = await judged('aws-cross-account-trust-approved', world);
    expect(verdicts).toMatchObject([{ status: 'no-data', reason: 'the trust policy is not understood' }]);
  });
});

describe('an administrator', () => {
  const admin = aws({ actions: '*' });
  const list = (administrators: string[]) => judged('aws-admin-bounded', admin, { administrators });

  test('fails by name, with the way, unless the list names it', async () => {
    const { status, population, verdicts } = await list([]);
    expect(status).toBe('fail');
    expect(population).toMatchObject({ total: 2, pass: 1, fail: 1 });
    expect(verdicts.find(({ subject }) => subject === arn('ada'))).toMatchObject({
      name: 'ada',
      reason: 'is not in the list of administrators: may do everything, by deploy of group ops',
    });
    expect((await list([arn('ada')])).status).toBe('pass');
    expect((await list(['arn:aws:iam::*:user/ada'])).status).toBe('pass');
    expect((await list(['arn:aws:iam::*:user/a*'])).status).toBe('pass');
    expect((await list([arn('adam'), 'arn:aws:iam::*:role/ada'])).status).toBe('fail');
  });

  test('rests on the records of the user, of the group and of the policy', async () => {
    const { verdicts } = await list([]);
    const { evidence } = verdicts.find(({ subject }) => subject === arn('ada'))!;
    expect(evidence.length).toBe(4);
  });

  test.each(['*', 'arn:aws:iam::*:role/*', 'arn:aws:iam::*:*'])('is not named by %s', async (all) => {
    await expect(async () => list([all])).rejects.toThrow();
  });

  test('that a service of AWS alone may be is not counted, by its name and its trust policy', async () => {
    const linked = `arn:aws:iam::${own}:role/aws-service-role/x.amazonaws.com/AWSServiceRoleForX`;
    const named = (Principal: object): Told[] =>
      aws().map((told) => ({
        ...told,
        records: told.records.map((record) => {
          if (record.id !== role) return record;
          if (record.kind === 'principal')
            return { ...record, id: linked, policies: [`arn:aws:iam::${own}:policy/deploy`] };
          return { ...record, id: linked, document: { Statement: admits(Principal) } };
        }),
      }));
    const statusOf = async (world: Told[]) =>
      (await judged('aws-admin-bounded', world)).verdicts.find(({ subject }) => subject === linked)?.status;
    expect(await statusOf(named({ Service: 'x.amazonaws.com' }))).toBe('not-applicable');
    expect(await statusOf(named({ AWS: own }))).toBe('pass');
    const silent = named({ Service: 'x.amazonaws.com' }).map((told) => ({
      ...told,
      records: told.records.filter(({ kind }) => kind !== 'role-trust'),
    }));
    expect(await statusOf(silent)).toBe('no-data');
  });
});
