import { aws as collector } from '../../collectors/aws/index.ts';
import type { Company } from '../../demo/company.ts';
import { exchangePermission } from '../../demo/microsoft365/token.ts';
import { guardedRoles } from '../../demo/microsoft365/build-roles.ts';
import { startDemo, type Demo, type StartDemo } from '../../demo/index.ts';

/** A small company in which nothing is wrong, so that whatever does not pass does so because of how it was read. */
export async function startSpotless(options: Omit<StartDemo, 'seed'>): Promise<Demo> {
  const demo = await startDemo({
    seed: 'spotless',
    people: 6,
    repositories: 3,
    accounts: 1,
    usersPerAccount: 3,
    ...options,
  });
  mend(demo.company);
  return demo;
}

function mend({ github, microsoft365, dns, aws }: Company): void {
  for (const [name, records] of Object.entries(dns.records))
    if (name.startsWith('_dmarc.')) records.txt = [['v=DMARC1; p=reject; rua=mailto:dmarc@example.com']];

  // Who has a second factor that is no virtual one is asked for it one by one.
  for (const { users } of aws.accounts)
    for (const device of users.slice(0, 1).flatMap(({ mfa }) => mfa)) device.type = 'passkey';

  // What reads was granted what it asks for, and nothing that is called to manage anything.
  for (const account of aws.accounts) {
    const readers = [
      ...account.roles.filter(({ name }) => name === account.readRole?.name),
      ...account.users.filter(({ name }) => aws.callers.some(({ userName }) => userName === name)),
    ];
    for (const reader of readers) reader.attachedPolicies = [`arn:aws:iam::${account.id}:policy/${reading}`];
    const createdAt = '2026-01-05T09:00:00Z';
    account.policies.push({
      id: `ANPAREADING${account.id}`,
      name: reading,
      path: '/',
      createdAt,
      versions: [{ createdAt, document: readingPolicy() }],
    });
  }
  const managing = microsoft365.programs.flatMap(({ offers }) =>
    offers.flatMap(({ id, value }) => (value === exchangePermission ? [id] : [])),
  );
  microsoft365.grants = microsoft365.grants.filter(({ role }) => !managing.includes(role));

  // One of those who hold roles is reached by no policy, and those who have no second factor are no spotless company.
  for (const user of microsoft365.users) user.registration = 'usable';
  for (const policy of microsoft365.policies) {
    policy.exclude = {};
    policy.exceptAt = null;
    if (policy.name === 'Require MFA for everyone') policy.state = 'enabled';
    if (policy.strength !== null) policy.include = { roles: [...guardedRoles] };
  }
  microsoft365.assignments = microsoft365.assignments.slice(0, 3);
  const ways = microsoft365.settings['policies/authenticationMethodsPolicy'] as {
    readonly authenticationMethodConfigurations: { readonly id: string; state: string }[];
  };
  for (const method of ways.authenticationMethodConfigurations)
    if (method.id === 'Sms') method.state = 'disabled';
  // A policy that only reports leaves a group out, and people of a domain that is not proven yet sign in elsewhere, so
  // that whatever is read of such things is read here too.
  const [group] = microsoft365.groups;
  for (const policy of microsoft365.policies)
    if (policy.state === 'enabledForReportingButNotEnforced') policy.exclude = { groups: [group!.id] };
  const elsewhere = 'partners.larkspur.example';
  microsoft365.listings['domains']!.push({
    id: elsewhere,
    authenticationType: 'Federated',
    isVerified: false,
    isDefault: false,
    passwordValidityPeriodInDays: null,
  });
  microsoft365.listings[`domains/${elsewhere}/federationConfiguration`] = [
    {
      '@odata.type': '#microsoft.graph.internalDomainFederation',
      id: '6601d14b-d113-8f64-fda2-9b5ddda18ecc',
      displayName: 'Partners',
      issuerUri: 'https://idp.example.com/partners',
      preferredAuthenticationProtocol: 'wsFed',
      federatedIdpMfaBehavior: 'rejectMfaByFederatedIdp',
    },
  ];

  for (const organization of github.organizations) {
    organization.twoFactorRequired = true;
    organization.basePermission = 'read';
    organization.membersCan.createPublicRepositories = false;
    organization.membersCan.deleteRepositories = false;
    organization.membersCan.changeVisibility = false;
    for (const person of [...organization.members, ...organization.outsideCollaborators])
      person.twoFactor = 'secure';
    for (const ruleset of organization.rulesets) ruleset.repositories = { except: [] };
    for (const repository of organization.repositories) {
      repository.archived = false;
      repository.empty = false;
      repository.visibility = 'private';
      repository.scanners = { secrets: true, pushProtection: true, dependencies: true };
      for (const environment of repository.work.environments) environment.reviewers = true;
      for (const key of repository.work.keys) key.readOnly = true;
    }
    organization.alerts = { dependencies: [], secrets: [] };
    const { installations, actions } = organization.policies;
    for (const installation of installations) installation.suspendedAt = installation.createdAt;
    actions.allowedActions = 'selected';
    actions.tokenMayWrite = false;
    const { estate } = organization;
    for (const group of estate.runnerGroups) group.openToPublic = false;
    estate.tokens = estate.tokens.filter(({ expiresAt }) => expiresAt !== null);
    estate.authorizations = estate.authorizations.filter(({ type }) => type === 'SSH key');
  }
}

const reading = 'ExhibitReadOnly';

function readingPolicy() {
  const Action = [...new Set(collector.datasets.flatMap(({ permissions }) => permissions))];
  return { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] };
}
