/**
 * What GitHub's pages call a permission, and what an App's manifest and its installation call it.
 * https://docs.github.com/rest/authentication/permissions-required-for-github-apps
 */
export const appPermissions: Readonly<Record<string, string>> = {
  'Code scanning alerts: read': 'security_events',
  'Dependabot alerts: read': 'vulnerability_alerts',
  'Organization administration: read': 'organization_administration',
  'Organization custom organization roles: read': 'organization_custom_org_roles',
  'Organization custom properties: read': 'organization_custom_properties',
  'Organization members: read': 'members',
  'Organization personal access token requests: read, by a GitHub App':
    'organization_personal_access_token_requests',
  'Organization personal access tokens: read, by a GitHub App': 'organization_personal_access_tokens',
  'Organization secrets: read': 'organization_secrets',
  'Organization self-hosted runners: read': 'organization_self_hosted_runners',
  'Organization webhooks: read': 'organization_hooks',
  'Repository actions: read': 'actions',
  'Repository administration: read': 'administration',
  'Repository checks: read': 'checks',
  'Repository commit statuses: read': 'statuses',
  'Repository contents: read': 'contents',
  'Repository deployments: read': 'deployments',
  'Repository metadata: read': 'metadata',
  'Repository pull requests: read': 'pull_requests',
  'Secret scanning alerts: read': 'secret_scanning_alerts',
};

/** What a person can be and an App cannot: GitHub does not say whether an App will do as well, so it is tried. */
export const standings: readonly string[] = ['Organization owner'];

/** Those of these permissions that an installation does not have. Whoever may write may read. */
export function missingIn(
  granted: Readonly<Record<string, string>>,
  permissions: readonly string[],
): string[] {
  return permissions.filter(
    (each) => !standings.includes(each) && granted[appPermissions[each] ?? each] === undefined,
  );
}
