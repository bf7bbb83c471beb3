import { allow, role, type Making } from './build-account.ts';
import { githubRole, trust } from './build-trust.ts';
import type { AwsAccount } from './model.ts';

/** Who may do more than they should in the production account, and whom its roles let in. */
export function plantInAccess(make: Making, account: AwsAccount): void {
  const managed = (name: string) => `arn:${make.partition}:iam::aws:policy/${name}`;
  account.groups.push({
    id: make.chance.id('AGPA', `${account.id}/ops`),
    name: 'ops',
    path: '/',
    createdAt: make.ago(600),
    attachedPolicies: [managed('AdministratorAccess')],
    inlinePolicies: [],
  });
  const [, administrator, builder, bounded] = account.users;
  administrator?.groups.push('ops');
  // Can hand any role to a function of its own, and so is as good as an administrator.
  builder?.inlinePolicies.push({
    name: 'function-builder',
    document: {
      Version: '2012-10-17',
      Statement: [
        {
          Effect: 'Allow',
          Action: ['iam:PassRole', 'lambda:CreateFunction', 'lambda:InvokeFunction'],
          Resource: '*',
        },
      ],
    },
  });
  // No defect: whatever it holds, its boundary lets it read and nothing else.
  if (bounded) {
    bounded.inlinePolicies.push({ name: 'unbounded-leftover', document: allow('*', '*') });
    bounded.boundary = managed('ReadOnlyAccess');
  }
  account.roles.push(
    githubRole(make, account, 'github-anything', {
      'token.actions.githubusercontent.com:sub': 'repo:larkspur-analytics/*',
    }),
    {
      ...role(make, account.id, 'former-supplier', { trusts: {}, policies: [managed('ReadOnlyAccess')] }),
      trust: trust('sts:AssumeRole', { AWS: '818181818181' }),
    },
  );
}
