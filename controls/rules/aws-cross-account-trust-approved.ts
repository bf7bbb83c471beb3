import { z } from 'zod';
import { CloudAccount, Organization, RoleTrust } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, noData, pass, unless, type Finding } from '../finding.ts';
import { githubFinding, isGitHub, issuerOf } from '../github-subjects.ts';
import { accountOf, isPattern, naming, trustOf, type Admission, type Condition } from '../role-trust.ts';

const accounts = z.array(z.string().regex(/^\d{12}$/)).default([]);

export const awsCrossAccountTrustApproved = control({
  id: 'aws-cross-account-trust-approved',
  severity: 'high',
  assertion:
    'At each reading, no role of a connected AWS account let itself be taken on by everybody, by a principal of an AWS account that was neither among those read with it nor approved by the policy, by a third party without an external id, or by GitHub Actions of a repository that it did not name or whose owner the policy does not name.',
  board: 'Suppliers’ access is our risk.',
  remedy:
    'Approve the account or the owner in the policy, ask third parties for an external id, name repositories one by one, or remove the trust.',
  collectors: ['aws'],
  population: 'roles of connected AWS accounts',
  parameters: z.strictObject({
    /** Third parties, which must show an external id. */
    approved: accounts,
    /** The company's own accounts outside the organisation, which need not. */
    ours: accounts,
    /** Owners of repositories on GitHub whose runs may take on roles. */
    githubOwners: z.array(z.string().regex(/^[\w.-]+$/)).default([]),
  }),
  over: need(RoleTrust, ['cloudAccount', 'document']),
  related: {
    accounts: need(CloudAccount, ['name'], 'id'),
    organizations: need(Organization, ['managementAccount']),
  },
  test: (role, { related, open, parameters: { approved, ours, githubOwners } }) =>
    role.given(['cloudAccount', 'document'], ({ cloudAccount, document }) => {
      const trust = trustOf(document);
      if (trust === null) return noData('the trust policy is not understood');
      const isOwn = (account: string) =>
        account === cloudAccount || ours.includes(account) || related('accounts', account).length > 0;

      const accountFinding = (account: string, admission: Admission): Finding => {
        if (isOwn(account)) return pass(`account ${account} may take it on, which is the company’s own`);
        if (!approved.includes(account))
          return unless(open('accounts'), fail(`account ${account} may take it on, which is not approved`));
        return hasExternalId(admission)
          ? pass(`account ${account} may take it on, which is approved, with an external id`)
          : fail(`account ${account} may take it on, which is approved, without an external id`);
      };
      const everybodyFinding = (admission: Admission): Finding => {
        const named = namedAccounts(admission);
        if (named.length > 0) return all(named.map((account) => accountFinding(account, admission)));
        const theirs = namedOrganizations(admission);
        if (theirs.length === 0) return fail('everybody may take it on');
        const own = related('organizations').map(({ id }) => id);
        if (theirs.every((id) => own.includes(id)))
          return pass('whoever is of the organisation may take it on');
        return unless(open('organizations'), fail(`whoever is of ${theirs.join(' or ')} may take it on`));
      };
      const findings = trust.admissions.map((admission): Finding => {
        const { type, who } = admission;
        if (type === 'everybody') return everybodyFinding(admission);
        if (type === 'Service') return pass(`the service ${who} may take it on`);
        if (type === 'Federated') return federatedFinding(admission, githubOwners);
        const account = accountOf(who);
        if (account !== null) return accountFinding(account, admission);
        // Where somebody named was deleted, AWS leaves an id that nobody has again.
        return /^A(?:IDA|ROA)[A-Z0-9]+$/.test(who)
          ? pass('somebody is named who is not there any more')
          : noData(`who ${type} ${who} is, is not understood`);
      });
      const finding = findings.length === 0 ? pass('nobody may take it on') : all(findings);
      return finding.status === 'fail' && trust.denies
        ? noData(`${finding.reason}; it also keeps some out, which is not judged`)
        : finding;
    }),
});

/** The accounts of which alone everybody is let in; none where that is not said of each. */
function namedAccounts(admission: Admission): string[] {
  const [first] = ['aws:PrincipalAccount', 'aws:PrincipalArn']
    .flatMap((key) => naming(admission, key))
    .map(({ values }) => values.map(accountOf))
    .filter((found) => found.every((account) => account !== null));
  return first ?? [];
}

function namedOrganizations(admission: Admission): string[] {
  const [first] = ['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths']
    .flatMap((key) => naming(admission, key))
    .map(({ values }) => values.map((value) => value.split('/')[0] ?? ''))
    .filter((found) => found.every((id) => /^o-[a-z0-9]+$/.test(id)));
  return first ?? [];
}

function hasExternalId(admission: Admission): boolean {
  return naming(admission, 'sts:ExternalId').some((condition) =>
    condition.values.every((value) => value !== '' && !isPattern(condition, value) && !value.includes('${')),
  );
}

/** Providers whose users are the public, and what of their word must be named so that not all of these are let in. */
const open: Readonly<Record<string, readonly string[]>> = {
  'accounts.google.com': ['aud', 'oaud', 'sub'],
  'www.amazon.com': ['app_id', 'user_id'],
  'graph.facebook.com': ['app_id', 'id'],
  'cognito-identity.amazonaws.com': ['aud', 'sub'],
  // To these whoever asks says for whom their word is meant: https://docs.gitlab.com/ci/cloud_services/aws/
  'gitlab.com': ['sub'],
  'app.terraform.io': ['sub'],
  'agent.buildkite.com': ['sub'],
};

function federatedFinding(admission: Admission, owners: readonly string[]): Finding {
  const { who, conditions } = admission;
  const issuer = (who.includes(':oidc-provider/') ? issuerOf(who) : who).toLowerCase();
  if (isGitHub(issuer)) return githubFinding(admission, issuer, owners);
  const keys = (Object.hasOwn(open, issuer) ? open[issuer] : undefined)?.map((key) => `${issuer}:${key}`);
  if (keys && !keys.some((key) => isNamed(admission, key))) {
    const judged = keys.flatMap((key) => naming(admission, key));
    const other = conditions.filter(
      (condition) =>
        condition.key.startsWith(`${issuer}:`) &&
        condition.key !== `${issuer}:aud` &&
        !judged.includes(condition),
    );
    return other.length > 0
      ? noData(`whom of ${issuer} it lets in depends on ${told(other)}, which is not judged`)
      : fail(`everybody who has an account at ${issuer} may take it on`);
  }
  return pass(`whoever ${issuer} says may take it on, which is not judged here`);
}

/** Whether a condition says what this key must be; what begins as anything says nothing. */
function isNamed(admission: Admission, key: string): boolean {
  return naming(admission, key).some((condition) =>
    condition.values.every((value) => !(isPattern(condition, value) && /^(?:\w+:)?[*?]/.test(value))),
  );
}

function told(conditions: readonly Condition[]): string {
  return conditions.map(({ operator, key }) => `${operator} of ${key}`).join(' and ');
}
