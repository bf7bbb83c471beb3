import { administers, permissionsIn, standingOf } from './callers.ts';
import { pageOf, refusal, type PageArguments } from './graphql-connections.ts';
import {
  rulesetsAbove,
  type GithubOrganization,
  type GithubProtection,
  type GithubRepository,
  type GithubToken,
  type GithubUser,
} from './model.ts';
import { nodeId } from './render.ts';
import type { GithubActor, GithubPullRequest } from './work.ts';

export const userNode = ({ id, login }: Pick<GithubUser, 'id' | 'login'>) => ({
  __typename: 'User',
  login,
  databaseId: id,
});

const actorNode = (actor: GithubActor | null) =>
  actor && { __typename: actor.bot ? 'Bot' : 'User', login: actor.login, databaseId: actor.id };

export function visibleRepositories(
  organization: GithubOrganization,
  token: GithubToken,
): readonly GithubRepository[] {
  return organization.repositories.filter((each) => permissionsIn(token, organization, each) !== null);
}

/** From new to old: the key of what is newer is smaller. */
const newest = (at: string, n: number) => -(Date.parse(at) * 1000 + (n % 1000));

export function repositoryNode(
  organization: GithubOrganization,
  repository: GithubRepository,
  token: GithubToken,
) {
  const { id, name, archived, defaultBranch, protection, rulesets, scanners, work } = repository;
  const { belongs, grants } = standingOf(token, organization);
  const role = permissionsIn(token, organization, repository);
  const sees = administers(token, organization, repository) && grants.repositoryAdministration;
  // An App without the permission is refused; people who are no administrators are told that there is nothing.
  // What states the code had is shown to those who may read the code.
  const commit = (oid: string, checks: string | null = null) => {
    if (!grants.contents) throw refusal('FORBIDDEN', 'Resource not accessible by integration');
    return { oid, statusCheckRollup: checks === null ? null : { state: checks } };
  };
  const administration = () => {
    if (token.form !== 'classic' && !grants.repositoryAdministration)
      throw refusal('FORBIDDEN', 'Resource not accessible by integration');
  };
  return {
    databaseId: id,
    name,
    nameWithOwner: `${organization.login}/${name}`,
    isArchived: archived,
    hasVulnerabilityAlertsEnabled: sees && scanners.dependencies,
    viewerCanAdminister: role?.admin === true,
    branchProtectionRules(page: PageArguments) {
      administration();
      return pageOf(
        {
          list: protection && sees ? [protection] : [],
          key: () => 0,
          node: ({ approvals, statusChecks, includesAdministrators, forcePushes, deletions, ...more }) => ({
            databaseId: id % 1_000_000,
            pattern: defaultBranch,
            requiresApprovingReviews: approvals !== null,
            requiredApprovingReviewCount: approvals,
            dismissesStaleReviews: more.dismissStaleReviews,
            requireLastPushApproval: more.lastPush,
            requiresStatusChecks: statusChecks !== null,
            requiredStatusCheckContexts: statusChecks ?? [],
            bypassPullRequestAllowances: (inner: PageArguments) => allowances(more.bypass, inner),
            bypassForcePushAllowances: (inner: PageArguments) => allowances([], inner),
            isAdminEnforced: includesAdministrators,
            allowsForcePushes: forcePushes,
            allowsDeletions: deletions,
          }),
        },
        page,
      );
    },
    rulesets: ({ includeParents = true, ...page }: PageArguments & { readonly includeParents?: boolean }) =>
      pageOf(
        {
          list: [
            ...rulesets.map((each) => ({ each, source: 'Repository' })),
            ...(includeParents ? rulesetsAbove(organization, repository) : []).map((each) => ({
              each,
              source: 'Organization',
            })),
          ].sort((a, b) => a.each.id - b.each.id),
          key: ({ each }) => each.id,
          node: ({ each, source }) => ({
            databaseId: each.id,
            name: each.name,
            target: 'BRANCH',
            enforcement: each.enforcement.toUpperCase(),
            source: { __typename: source },
          }),
        },
        page,
      ),
    collaborators(page: PageArguments) {
      administration();
      if (!sees && role?.push !== true) return null;
      const people = new Map(
        [...organization.members, ...organization.outsideCollaborators].map((each) => [each.id, each]),
      );
      return pageOf(
        {
          list: work.collaborators
            .flatMap(({ user, permission }) => {
              const person = people.get(user);
              return person ? [{ person, permission }] : [];
            })
            .sort((a, b) => a.person.id - b.person.id),
          key: ({ person }) => person.id,
          node: ({ person }) => userNode(person),
          edge: ({ permission }) => ({ permission }),
        },
        page,
      );
    },
    deployKeys(page: PageArguments) {
      administration();
      const list = sees ? [...work.keys.entries()] : [];
      return pageOf({ list, key: ([n]) => n, node: ([, key]) => ({ ...key, enabled: true }) }, page);
    },
    environments: (page: PageArguments) =>
      pageOf(
        {
          list: [...work.environments.entries()],
          key: ([n]) => n,
          node: ([, each]) => ({
            id: nodeId('Environment', each.id),
            name: each.name,
            protectionRules: (inner: PageArguments) =>
              pageOf(
                {
                  list: each.reviewers ? [each] : [],
                  key: () => 0,
                  node: ({ preventSelfReview }) => ({ type: 'REQUIRED_REVIEWERS', preventSelfReview }),
                },
                inner,
              ),
          }),
        },
        page,
      ),
    deployments: ({ environments, ...page }: PageArguments & { readonly environments?: readonly string[] }) =>
      pageOf(
        {
          list: work.deployments
            .filter(({ environment }) => environments?.includes(environment) ?? true)
            .sort((a, b) => newest(a.at, a.id) - newest(b.at, b.id)),
          key: (each) => newest(each.at, each.id),
          node: (each) => ({
            id: nodeId('Deployment', each.id),
            commitOid: each.commit,
            createdAt: each.at,
            creator: actorNode(each.creator),
            state: each.state,
          }),
        },
        page,
      ),
    pullRequests(page: PageArguments) {
      if (!belongs && repository.visibility !== 'public') return null;
      return pageOf(
        {
          list: work.pullRequests.toSorted(
            (a, b) => newest(a.updatedAt, a.number) - newest(b.updatedAt, b.number),
          ),
          key: (each) => newest(each.updatedAt, each.number),
          node: (each) => pullRequestNode(each, commit),
        },
        page,
      );
    },
  };
}

function allowances(list: GithubProtection['bypass'], page: PageArguments) {
  return pageOf(
    {
      list,
      key: ({ id }) => id,
      node: ({ id, type }) => ({ actor: { __typename: type, databaseId: id } }),
    },
    page,
  );
}

function pullRequestNode(pull: GithubPullRequest, commit: (oid: string, checks?: string | null) => unknown) {
  return {
    number: pull.number,
    baseRefName: pull.base,
    updatedAt: pull.updatedAt,
    mergedAt: pull.mergedAt,
    author: actorNode(pull.author),
    mergedBy: actorNode(pull.mergedBy),
    mergeCommit: () => commit(pull.mergeCommit),
    headRefOid: pull.head,
    reviews: (page: PageArguments) =>
      pageOf(
        {
          list: [...pull.reviews.entries()],
          key: ([n]) => n,
          node: ([, { state, at, author, commit: oid }]) => ({
            state,
            submittedAt: at,
            author: actorNode(author),
            commit: () => commit(oid),
          }),
        },
        page,
      ),
    commits: () => ({
      totalCount: 1,
      nodes: [{ commit: () => commit(pull.head, pull.checks) }],
      pageInfo: { hasNextPage: false, endCursor: null },
    }),
  };
}
