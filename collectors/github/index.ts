import { collector } from '../collector.ts';
import { actionsPermissions } from './actions-permissions.ts';
import { actionsSecrets } from './actions-secrets.ts';
import { actionsWorkflowPermissions } from './actions-workflow-permissions.ts';
import { appInstallations } from './app-installations.ts';
import { auditLog } from './audit-log.ts';
import { branchProtection } from './branch-protection.ts';
import { branchRules } from './branch-rules.ts';
import { branchUpdates } from './branch-updates.ts';
import { codeScanningAlerts } from './code-scanning-alerts.ts';
import { codeSecurityConfigurationRepositories } from './code-security-configuration-repositories.ts';
import { codeSecurityConfigurations } from './code-security-configurations.ts';
import { commits } from './commits.ts';
import { credentialAuthorizations } from './credential-authorizations.ts';
import { customPropertyValues } from './custom-property-values.ts';
import { dependabotAlerts } from './dependabot-alerts.ts';
import { deployKeys } from './deploy-keys.ts';
import { deployments } from './deployments.ts';
import { enterpriseIdentities } from './enterprise-identities.ts';
import { enterpriseReader } from './enterprise-reader.ts';
import { environments } from './environments.ts';
import { failedInvitations } from './failed-invitations.ts';
import { invitations } from './invitations.ts';
import { ipAllowList } from './ip-allow-list.ts';
import { members } from './members.ts';
import { members2faDisabled } from './members-2fa-disabled.ts';
import { members2faInsecure } from './members-2fa-insecure.ts';
import { mergedPullRequestStates } from './merged-pull-request-states.ts';
import { mergedPullRequests } from './merged-pull-requests.ts';
import { organization } from './organization.ts';
import { organizationRoleTeams } from './organization-role-teams.ts';
import { organizationRoleUsers } from './organization-role-users.ts';
import { organizationRoles } from './organization-roles.ts';
import { outsideCollaborators } from './outside-collaborators.ts';
import { outsideCollaborators2faDisabled } from './outside-collaborators-2fa-disabled.ts';
import { outsideCollaborators2faInsecure } from './outside-collaborators-2fa-insecure.ts';
import { personalAccessTokenRequests } from './personal-access-token-requests.ts';
import { personalAccessTokens } from './personal-access-tokens.ts';
import { protectionRules } from './protection-rules.ts';
import { reader } from './reader.ts';
import { repositories } from './repositories.ts';
import { repositoryCollaborators } from './repository-collaborators.ts';
import { repositoryDependencyAlerts } from './repository-dependency-alerts.ts';
import { repositoryRulesets } from './repository-rulesets.ts';
import { rulesetDetails } from './ruleset-details.ts';
import { runnerGroups } from './runner-groups.ts';
import { samlIdentities } from './saml-identities.ts';
import { secretScanningAlerts } from './secret-scanning-alerts.ts';
import { selfHostedRunners } from './self-hosted-runners.ts';
import { teamMembers } from './team-members.ts';
import { teamRepositories } from './team-repositories.ts';
import { teams } from './teams.ts';
import { verifiedDomains } from './verified-domains.ts';
import { verifiedEmails } from './verified-emails.ts';
import { webhooks } from './webhooks.ts';
import { Config, scopeOf } from './scope.ts';

/** Reads one GitHub organisation. To add a dataset, add its file and a line. */
export const github = collector({
  id: 'github',
  title: 'GitHub',
  config: Config,
  scope: scopeOf,
  optInNeeds: { enterprise: 'enterprise' },
  datasets: [
    organization,
    members,
    members2faDisabled,
    members2faInsecure,
    outsideCollaborators,
    outsideCollaborators2faDisabled,
    outsideCollaborators2faInsecure,
    repositories,
    branchProtection,
    protectionRules,
    branchRules,
    repositoryRulesets,
    rulesetDetails,
    mergedPullRequests,
    mergedPullRequestStates,
    teams,
    teamMembers,
    teamRepositories,
    repositoryCollaborators,
    deployKeys,
    environments,
    deployments,
    appInstallations,
    reader,
    actionsPermissions,
    actionsWorkflowPermissions,
    actionsSecrets,
    selfHostedRunners,
    runnerGroups,
    dependabotAlerts,
    repositoryDependencyAlerts,
    secretScanningAlerts,
    codeScanningAlerts,
    codeSecurityConfigurations,
    codeSecurityConfigurationRepositories,
    organizationRoles,
    organizationRoleUsers,
    organizationRoleTeams,
    invitations,
    failedInvitations,
    webhooks,
    customPropertyValues,
    personalAccessTokens,
    personalAccessTokenRequests,
    credentialAuthorizations,
    samlIdentities,
    enterpriseIdentities,
    enterpriseReader,
    ipAllowList,
    verifiedDomains,
    verifiedEmails,
    auditLog,
    branchUpdates,
    commits,
  ],
  grants: async (datasets) => (await import('./grants.ts')).grants(datasets),
  connect: async (config, datasets, io) => (await import('./session.ts')).connect(config, datasets, io),
  decode: async (exchange, bytes) => (await import('./decode.ts')).decode(exchange, bytes),
});
