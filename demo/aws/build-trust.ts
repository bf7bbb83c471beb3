import { role, type Making } from './build-account.ts';
import type { AwsDirectory } from './cloud-model.ts';
import { iamArn, type AwsAccount, type AwsDocument, type AwsRole } from './model.ts';

/** A monitoring company that reads the accounts, by a role that only it can take on. */
export const monitoring = { account: '464646464646', externalId: 'larkspur-7d1c' };
/** Whose repositories deploy. */
export const deployer = 'larkspur-analytics';

export function trust(Action: string, Principal: AwsDocument, Condition?: AwsDocument): AwsDocument {
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action, ...(Condition && { Condition }) }],
  };
}

/** In every account AWS keeps a role for each permission set that can be had there. */
export function provide(make: Making, directory: AwsDirectory | null, accounts: readonly AwsAccount[]): void {
  for (const { name, managedPolicies, inlinePolicy, assignments } of directory?.permissionSets ?? [])
    for (const account of accounts.filter(({ id }) => assignments.some((each) => each.account === id))) {
      const suffix = make.chance.hex(`${account.id}/sso/${name}`, 16);
      const made = role(make, account.id, `AWSReservedSSO_${name}_${suffix}`, {
        path: '/aws-reserved/sso.amazonaws.com/',
        trusts: {},
        policies: [...managedPolicies],
      });
      const provider = iamArn(make, account.id, 'saml-provider/AWSSSO_DO_NOT_DELETE');
      account.roles.push({
        ...made,
        trust: trust('sts:AssumeRoleWithSAML', { Federated: provider }),
        inlinePolicies: inlinePolicy === null ? [] : [{ name: 'AwsSSOInlinePolicy', document: inlinePolicy }],
      });
    }
}

/** Roles that others take on as they should: a supplier with an external id, one branch of one repository. */
export function trusting(make: Making, accounts: readonly AwsAccount[]): void {
  for (const account of accounts.slice(1)) {
    const monitor = role(make, account.id, 'harbour-monitor', {
      trusts: {},
      policies: [`arn:${make.partition}:iam::aws:policy/SecurityAudit`],
    });
    const deploy = githubRole(make, account, 'github-deploy', {
      'token.actions.githubusercontent.com:sub': `repo:${deployer}/app:ref:refs/heads/main`,
    });
    account.roles.push(
      {
        ...monitor,
        trust: trust(
          'sts:AssumeRole',
          { AWS: `arn:${make.partition}:iam::${monitoring.account}:root` },
          { StringEquals: { 'sts:ExternalId': monitoring.externalId } },
        ),
      },
      deploy,
    );
  }
}

/** A role for GitHub Actions, as far as their subject is as told. */
export function githubRole(
  make: Making,
  { id }: AwsAccount,
  name: string,
  subject: Readonly<Record<string, string>>,
): AwsRole {
  const issuer = 'token.actions.githubusercontent.com';
  return {
    ...role(make, id, name, { trusts: {}, policies: [`arn:${make.partition}:iam::${id}:policy/app-data`] }),
    trust: trust(
      'sts:AssumeRoleWithWebIdentity',
      { Federated: iamArn(make, id, `oidc-provider/${issuer}`) },
      { StringLike: subject, StringEquals: { [`${issuer}:aud`]: 'sts.amazonaws.com' } },
    ),
  };
}
