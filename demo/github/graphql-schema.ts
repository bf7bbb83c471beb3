/**
 * As much of GitHub's GraphQL as evidence asks for. Types and fields are GitHub's own, nullability included:
 * https://docs.github.com/graphql/overview/public-schema
 */
export const schemaText = `
scalar DateTime
scalar GitObjectID
scalar URI

type Query {
  viewer: User!
  organization(login: String!): Organization
  repository(owner: String!, name: String!): Repository
  enterprise(slug: String!): Enterprise
}

type Enterprise { slug: String!, ownerInfo: EnterpriseOwnerInfo }
type EnterpriseOwnerInfo {
  admins(first: Int, after: String): EnterpriseAdministratorConnection!
  samlIdentityProvider: EnterpriseIdentityProvider
  oidcProvider: OIDCProvider
}
type EnterpriseAdministratorConnection { totalCount: Int!, nodes: [User], pageInfo: PageInfo! }
type EnterpriseIdentityProvider { id: ID!, issuer: String, externalIdentities(first: Int, after: String): ExternalIdentityConnection! }
type OIDCProvider { id: ID!, tenantId: String!, externalIdentities(first: Int, after: String): ExternalIdentityConnection! }

type PageInfo { hasNextPage: Boolean!, endCursor: String }

interface Actor { login: String! }
type User implements Actor { login: String!, databaseId: Int, organizationVerifiedDomainEmails(login: String!): [String!]! }
type Bot implements Actor { login: String!, databaseId: Int }

type Organization {
  databaseId: Int
  login: String!
  name: String
  membersWithRole(first: Int, after: String): OrganizationMemberConnection!
  repositories(first: Int, after: String): RepositoryConnection!
  teams(first: Int, after: String): TeamConnection!
  team(slug: String!): Team
  samlIdentityProvider: OrganizationIdentityProvider
  ipAllowListEnabledSetting: IpAllowListEnabledSettingValue!
  ipAllowListForInstalledAppsEnabledSetting: IpAllowListForInstalledAppsEnabledSettingValue!
  ipAllowListEntries(first: Int, after: String): IpAllowListEntryConnection!
  notificationDeliveryRestrictionEnabledSetting: NotificationRestrictionSettingValue!
  domains(first: Int, after: String): VerifiableDomainConnection
}

type OrganizationMemberConnection { totalCount: Int!, nodes: [User], pageInfo: PageInfo! }
type RepositoryConnection { totalCount: Int!, nodes: [Repository], pageInfo: PageInfo! }

type TeamConnection { totalCount: Int!, nodes: [Team], pageInfo: PageInfo! }
type Team {
  databaseId: Int
  slug: String!
  parentTeam: Team
  members(first: Int, after: String, membership: TeamMembershipType): TeamMemberConnection!
  repositories(first: Int, after: String): TeamRepositoryConnection!
}
enum TeamMembershipType { ALL CHILD_TEAM IMMEDIATE }
enum TeamMemberRole { MAINTAINER MEMBER }
type TeamMemberConnection { totalCount: Int!, edges: [TeamMemberEdge], pageInfo: PageInfo! }
type TeamMemberEdge { role: TeamMemberRole!, node: User! }
type TeamRepositoryConnection { totalCount: Int!, edges: [TeamRepositoryEdge], pageInfo: PageInfo! }
type TeamRepositoryEdge { permission: RepositoryPermission!, node: Repository! }
enum RepositoryPermission { ADMIN MAINTAIN READ TRIAGE WRITE }

type Repository {
  databaseId: Int
  name: String!
  nameWithOwner: String!
  isArchived: Boolean!
  hasVulnerabilityAlertsEnabled: Boolean!
  viewerCanAdminister: Boolean!
  branchProtectionRules(first: Int, after: String): BranchProtectionRuleConnection!
  rulesets(first: Int, after: String, includeParents: Boolean): RepositoryRulesetConnection
  collaborators(first: Int, after: String, affiliation: CollaboratorAffiliation): RepositoryCollaboratorConnection
  deployKeys(first: Int, after: String): DeployKeyConnection!
  environments(first: Int, after: String): EnvironmentConnection!
  deployments(first: Int, after: String, environments: [String!], orderBy: DeploymentOrder): DeploymentConnection!
  pullRequests(first: Int, after: String, states: [PullRequestState!], orderBy: IssueOrder): PullRequestConnection!
}

type BranchProtectionRuleConnection { totalCount: Int!, nodes: [BranchProtectionRule], pageInfo: PageInfo! }
type BranchProtectionRule {
  databaseId: Int
  pattern: String!
  requiresStatusChecks: Boolean!
  requiredStatusCheckContexts: [String]
  dismissesStaleReviews: Boolean!
  requireLastPushApproval: Boolean!
  bypassPullRequestAllowances(first: Int, after: String): BypassPullRequestAllowanceConnection!
  bypassForcePushAllowances(first: Int, after: String): BypassForcePushAllowanceConnection!
  isAdminEnforced: Boolean!
  requiresApprovingReviews: Boolean!
  requiredApprovingReviewCount: Int
  allowsForcePushes: Boolean!
  allowsDeletions: Boolean!
}

union BranchActorAllowanceActor = App | Team | User
type App { databaseId: Int, slug: String! }
type BypassPullRequestAllowanceConnection { totalCount: Int!, nodes: [BypassPullRequestAllowance], pageInfo: PageInfo! }
type BypassPullRequestAllowance { actor: BranchActorAllowanceActor }
type BypassForcePushAllowanceConnection { totalCount: Int!, nodes: [BypassForcePushAllowance], pageInfo: PageInfo! }
type BypassForcePushAllowance { actor: BranchActorAllowanceActor }

type RepositoryRulesetConnection { totalCount: Int!, nodes: [RepositoryRuleset], pageInfo: PageInfo! }
type RepositoryRuleset {
  databaseId: Int
  name: String!
  target: RepositoryRulesetTarget
  enforcement: RuleEnforcement!
  source: RuleSource!
}
union RuleSource = Organization | Repository
enum RepositoryRulesetTarget { BRANCH PUSH REPOSITORY TAG }
enum RuleEnforcement { ACTIVE DISABLED EVALUATE }

enum CollaboratorAffiliation { ALL DIRECT OUTSIDE }
type RepositoryCollaboratorConnection { totalCount: Int!, edges: [RepositoryCollaboratorEdge], pageInfo: PageInfo! }
type RepositoryCollaboratorEdge { permission: RepositoryPermission!, node: User! }

type DeployKeyConnection { totalCount: Int!, nodes: [DeployKey], pageInfo: PageInfo! }
type DeployKey { id: ID!, title: String!, readOnly: Boolean!, enabled: Boolean!, createdAt: DateTime! }

type EnvironmentConnection { totalCount: Int!, nodes: [Environment], pageInfo: PageInfo! }
type Environment {
  id: ID!
  name: String!
  protectionRules(first: Int, after: String): DeploymentProtectionRuleConnection!
}
type DeploymentProtectionRuleConnection { totalCount: Int!, nodes: [DeploymentProtectionRule], pageInfo: PageInfo! }
type DeploymentProtectionRule { type: DeploymentProtectionRuleType!, preventSelfReview: Boolean }
enum DeploymentProtectionRuleType { BRANCH_POLICY REQUIRED_REVIEWERS WAIT_TIMER }

input DeploymentOrder { field: DeploymentOrderField!, direction: OrderDirection! }
enum DeploymentOrderField { CREATED_AT }
enum OrderDirection { ASC DESC }
type DeploymentConnection { totalCount: Int!, nodes: [Deployment], pageInfo: PageInfo! }
type Deployment {
  id: ID!
  commitOid: String!
  createdAt: DateTime!
  creator: Actor!
  state: DeploymentState
}
enum DeploymentState { ABANDONED ACTIVE DESTROYED ERROR FAILURE INACTIVE IN_PROGRESS PENDING QUEUED SUCCESS WAITING }

input IssueOrder { field: IssueOrderField!, direction: OrderDirection! }
enum IssueOrderField { COMMENTS CREATED_AT UPDATED_AT }
enum PullRequestState { CLOSED MERGED OPEN }
type PullRequestConnection { totalCount: Int!, nodes: [PullRequest], pageInfo: PageInfo! }
type PullRequest {
  number: Int!
  baseRefName: String!
  updatedAt: DateTime!
  mergedAt: DateTime
  author: Actor
  mergedBy: Actor
  mergeCommit: Commit
  headRefOid: GitObjectID!
  reviews(first: Int, after: String): PullRequestReviewConnection
  commits(first: Int, last: Int): PullRequestCommitConnection!
}
type Commit { oid: GitObjectID!, statusCheckRollup: StatusCheckRollup }
type StatusCheckRollup { state: StatusState! }
enum StatusState { ERROR EXPECTED FAILURE PENDING SUCCESS }
type PullRequestReviewConnection { totalCount: Int!, nodes: [PullRequestReview], pageInfo: PageInfo! }
type PullRequestReview { state: PullRequestReviewState!, submittedAt: DateTime, author: Actor, commit: Commit }
enum PullRequestReviewState { APPROVED CHANGES_REQUESTED COMMENTED DISMISSED PENDING }
type PullRequestCommitConnection { totalCount: Int!, nodes: [PullRequestCommit], pageInfo: PageInfo! }
type PullRequestCommit { commit: Commit! }

type OrganizationIdentityProvider {
  id: ID!
  issuer: String
  externalIdentities(first: Int, after: String): ExternalIdentityConnection!
}
type ExternalIdentityConnection { totalCount: Int!, nodes: [ExternalIdentity], pageInfo: PageInfo! }
type ExternalIdentity {
  guid: String!
  samlIdentity: ExternalIdentitySamlAttributes
  scimIdentity: ExternalIdentityScimAttributes
  user: User
}
type ExternalIdentitySamlAttributes { nameId: String }
type ExternalIdentityScimAttributes { username: String }

enum IpAllowListEnabledSettingValue { DISABLED ENABLED }
enum IpAllowListForInstalledAppsEnabledSettingValue { DISABLED ENABLED }
type IpAllowListEntryConnection { totalCount: Int!, nodes: [IpAllowListEntry], pageInfo: PageInfo! }
type IpAllowListEntry { id: ID!, allowListValue: String!, isActive: Boolean! }

enum NotificationRestrictionSettingValue { DISABLED ENABLED }
type VerifiableDomainConnection { totalCount: Int!, nodes: [VerifiableDomain], pageInfo: PageInfo! }
type VerifiableDomain { id: ID!, domain: URI!, isVerified: Boolean! }
`;
