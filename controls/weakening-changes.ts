/**
 * What changes of safeguards are called in the log of a GitHub organisation, and what became weaker by them, or may have.
 * https://docs.github.com/organizations/keeping-your-organization-secure/managing-security-settings-for-your-organization/audit-log-events-for-your-organization
 */
export const githubChanges: Readonly<Record<string, string>> = {
  'org.disable_two_factor_requirement': 'a second factor is no longer asked of members',
  'org.disable_saml': 'single sign-on was switched off',
  'ip_allow_list.disable': 'the list of addresses was switched off',
  'protected_branch.destroy': 'protection was taken off a branch',
  'protected_branch.dismiss_stale_reviews': 'whether old approvals end was changed for a branch',
  'protected_branch.update_admin_enforced': 'whether rules bind administrators was changed for a branch',
  'protected_branch.update_allow_deletions_enforcement_level': 'who may delete a branch was changed',
  'protected_branch.update_allow_force_pushes_enforcement_level':
    'who may push over what is there was changed for a branch',
  'protected_branch.update_name': 'which branches a rule is for was changed',
  'protected_branch.update_pull_request_reviews_enforcement_level':
    'whether reviews are asked for was changed for a branch',
  'protected_branch.update_require_code_owner_review':
    'whether owners of code must review was changed for a branch',
  'protected_branch.update_required_approving_review_count':
    'how many approvals it takes was changed for a branch',
  'protected_branch.update_required_status_checks_enforcement_level':
    'whether checks must pass was changed for a branch',
  'repository_ruleset.destroy': 'a ruleset was deleted',
  'repository_ruleset.update': 'a ruleset was changed',
  'repository_secret_scanning.disable': 'secrets are no longer looked for',
  'repository_secret_scanning_push_protection.disable': 'pushes with secrets are no longer refused',
  'repository_vulnerability_alerts.disable': 'known flaws are no longer told',
};

/** What undoes a change wholly: switches that there is one of. That a rule was made again does not say that it is the same. */
export const githubUndoing: Readonly<Record<string, string>> = {
  'org.disable_two_factor_requirement': 'org.enable_two_factor_requirement',
  'org.disable_saml': 'org.enable_saml',
  'ip_allow_list.disable': 'ip_allow_list.enable',
  'repository_secret_scanning.disable': 'repository_secret_scanning.enable',
  'repository_secret_scanning_push_protection.disable': 'repository_secret_scanning_push_protection.enable',
  'repository_vulnerability_alerts.disable': 'repository_vulnerability_alerts.enable',
};

/**
 * The same for the log of an Entra directory, which writes some of them in two ways.
 * https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities
 */
export const directoryChanges: Readonly<Record<string, string>> = {
  'Delete conditional access policy': 'a conditional access policy was deleted',
  'Delete Conditional Access policy': 'a conditional access policy was deleted',
  'Update conditional access policy': 'a conditional access policy was changed',
  'Update Conditional Access policy': 'a conditional access policy was changed',
  'Delete named location': 'a named location was deleted',
  'Update named location': 'a named location was changed',
  'Update security defaults': 'security defaults were changed',
  'Update authorization policy': 'what everybody may do was changed',
  'Disable Strong Authentication': 'a second factor is no longer asked of an account by itself',
};
