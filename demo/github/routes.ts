import type { HttpReply, HttpRequest } from '../http.ts';
import { dependabotReply, secretScanningReply } from './alerts.ts';
import { administers, permissionsIn, standingOf } from './callers.ts';
import { estateReplies } from './estate-replies.ts';
import { graphqlReply } from './graphql-answers.ts';
import type { Throttle } from './limits.ts';
import {
  effectiveRules,
  repositoryCalled,
  type GithubMember,
  type GithubModel,
  type GithubOrganization,
  type GithubRepository,
  type GithubToken,
  type GithubUser,
} from './model.ts';
import { actionsReply, installationsReply, workflowReply } from './policies.ts';
import { callerJson, organizationJson, userJson } from './render.ts';
import { protectionJson, repositoryJson, ruleJson } from './render-repository.ts';
import { json, moved, notFound, pageOf, problem } from './replies.ts';
import { repositoryRulesetReply } from './ruleset-replies.ts';
import { activityReply, compareReply } from './work-replies.ts';

/** A request whose token is known. */
export interface Asked {
  readonly request: HttpRequest;
  readonly token: GithubToken;
  /** Scheme, host and port that the caller knows this server by. */
  readonly api: string;
  readonly query: URLSearchParams;
  /** The last part of the path, where that names one of several things. */
  readonly item?: string;
}

type Parameters = Readonly<Record<string, string>>;

/** The end points, by number as well as by name: next links go by number. */
export function routes(
  model: GithubModel,
  throttle: Throttle | null,
): Readonly<Record<string, (parameters: Parameters, asked: Asked) => HttpReply>> {
  const organization =
    (answer: (organization: GithubOrganization, asked: Asked) => HttpReply) =>
    ({ org, id, item }: Parameters, asked: Asked): HttpReply => {
      const found = model.organizations.find((each) =>
        org === undefined ? String(each.id) === id : same(each.login, org),
      );
      return found ? answer(found, item === undefined ? asked : { ...asked, item }) : notFound();
    };
  const repository =
    (
      answer: (
        organization: GithubOrganization,
        repository: GithubRepository,
        branch: string,
        asked: Asked,
      ) => HttpReply,
    ) =>
    ({ owner, repo, id, branch = '', item }: Parameters, asked: Asked): HttpReply => {
      for (const each of model.organizations) {
        if (owner !== undefined && !same(each.login, owner)) continue;
        const found =
          repo === undefined
            ? each.repositories.find((candidate) => String(candidate.id) === id)
            : repositoryCalled(each, repo);
        // Whoever does not see it, is not told that it is there.
        if (!found || !permissionsIn(asked.token, each, found)) continue;
        if (repo !== undefined && found.formerNames?.includes(repo) === true)
          return moved(asked, `/repos/${owner ?? ''}/${repo}`, `/repositories/${found.id}`);
        return answer(each, found, branch, item === undefined ? asked : { ...asked, item });
      }
      return notFound();
    };
  const ofRepository = (
    answer: (organization: GithubOrganization, repository: GithubRepository, asked: Asked) => HttpReply,
  ) => repository((found, each, _branch, asked) => answer(found, each, asked));
  const estate = Object.entries(estateReplies).flatMap(([path, answer]) => [
    [`GET /orgs/:org/${path}`, organization(answer)] as const,
    [`GET /organizations/:id/${path}`, organization(answer)] as const,
  ]);
  const activity = ofRepository(activityReply);
  const compare = ofRepository(compareReply);
  const ruleset = ofRepository(repositoryRulesetReply);
  const show = organization((found, { api, token }) => json(organizationJson(api, found, token)));
  const rules = repository(rulesReply);
  const protection = repository(protectionReply);
  return {
    'GET /orgs/:org': show,
    'GET /organizations/:id': show,
    'GET /orgs/:org/members': organization(membersReply),
    'GET /organizations/:id/members': organization(membersReply),
    'GET /orgs/:org/outside_collaborators': organization(outsideReply),
    'GET /organizations/:id/outside_collaborators': organization(outsideReply),
    'GET /orgs/:org/repos': organization(repositoriesReply),
    'GET /organizations/:id/repos': organization(repositoriesReply),
    'GET /orgs/:org/installations': organization(installationsReply(model)),
    'GET /organizations/:id/installations': organization(installationsReply(model)),
    'GET /orgs/:org/actions/permissions': organization(actionsReply),
    'GET /orgs/:org/actions/permissions/workflow': organization(workflowReply),
    'GET /orgs/:org/dependabot/alerts': organization(dependabotReply),
    'GET /organizations/:id/dependabot/alerts': organization(dependabotReply),
    'GET /orgs/:org/secret-scanning/alerts': organization(secretScanningReply),
    'GET /organizations/:id/secret-scanning/alerts': organization(secretScanningReply),
    'GET /repos/:owner/:repo/branches/:branch/protection': protection,
    'GET /repositories/:id/branches/:branch/protection': protection,
    'GET /repos/:owner/:repo/rules/branches/:branch': rules,
    'GET /repositories/:id/rules/branches/:branch': rules,
    'GET /repos/:owner/:repo/rulesets/:item': ruleset,
    'GET /repositories/:id/rulesets/:item': ruleset,
    'GET /repos/:owner/:repo/activity': activity,
    'GET /repositories/:id/activity': activity,
    'GET /repos/:owner/:repo/compare/:item': compare,
    'GET /repositories/:id/compare/:item': compare,
    ...Object.fromEntries(estate),
    'GET /user': (_, { api, token }) => json(callerJson(api, token)),
    'GET /rate_limit': (_, { token, request }) =>
      throttle
        ? json(throttle.overview(token, request.at))
        : problem(404, 'Rate limiting is not enabled.', '/rate-limit/rate-limit'),
    'POST /graphql': (_, { token, request }) => graphqlReply(model, token, request.body.toString()),
  };
}

const twoFactorOf: Readonly<Record<string, GithubUser['twoFactor'] | null>> = {
  all: null,
  '2fa_disabled': 'disabled',
  '2fa_insecure': 'insecure',
};

/** Whom a filter leaves; a reply where this caller may not filter so. */
function filtered(
  organization: GithubOrganization,
  { token, query }: Asked,
  page: string,
): ((user: GithubUser) => boolean) | HttpReply {
  const filter = query.get('filter') ?? 'all';
  const state = Object.hasOwn(twoFactorOf, filter) ? twoFactorOf[filter] : undefined;
  if (state === undefined) return problem(422, `Invalid filter: ${filter}`, page);
  if (state === null) return () => true;
  if (!standingOf(token, organization).owns) return problem(422, 'Only owners can use this filter.', page);
  return ({ twoFactor }) => twoFactor === state;
}

function membersReply(organization: GithubOrganization, asked: Asked): HttpReply {
  const { query, api, token } = asked;
  const { belongs, grants } = standingOf(token, organization);
  const page = '/orgs/members#list-organization-members';
  const wanted = filtered(organization, asked, page);
  if (typeof wanted !== 'function') return wanted;
  const role = query.get('role') ?? 'all';
  if (!['all', 'admin', 'member'].includes(role)) return problem(422, `Invalid role: ${role}`, page);
  const sees = ({ isPublic }: GithubMember) => (belongs ? grants.members : isPublic);
  // To a stranger the role filter does nothing: https://github.com/octokit/octokit.net/issues/1072
  const fits = (member: GithubMember) => role === 'all' || !belongs || member.role === role;
  const { items, link } = pageOf(
    organization.members,
    query,
    `${api}/organizations/${organization.id}/members`,
    (member) => sees(member) && fits(member) && wanted(member),
  );
  return json(
    items.map((member) => userJson(api, member)),
    link,
  );
}

function outsideReply(organization: GithubOrganization, asked: Asked): HttpReply {
  const { query, api, token } = asked;
  const page = '/orgs/outside-collaborators#list-outside-collaborators-for-an-organization';
  const { belongs, grants } = standingOf(token, organization);
  if (!belongs) return problem(404, 'Not Found', page);
  const wanted = filtered(organization, asked, page);
  if (typeof wanted !== 'function') return wanted;
  const { items, link } = pageOf(
    organization.outsideCollaborators,
    query,
    `${api}/organizations/${organization.id}/outside_collaborators`,
    (user) => grants.members && wanted(user),
  );
  return json(
    items.map((user) => userJson(api, user)),
    link,
  );
}

function repositoriesReply(organization: GithubOrganization, { query, api, token }: Asked): HttpReply {
  const type = query.get('type') ?? 'all';
  const kinds: Readonly<Record<string, (repository: GithubRepository) => boolean>> = {
    all: () => true,
    public: ({ visibility }) => visibility === 'public',
    private: ({ visibility }) => visibility !== 'public',
    sources: () => true,
    forks: () => false,
    member: () => true,
  };
  const fits = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!fits) return problem(422, `Invalid type: ${type}`, '/repos/repos#list-organization-repositories');
  const { items, link } = pageOf(
    organization.repositories,
    query,
    `${api}/organizations/${organization.id}/repos`,
    (each) => fits(each) && permissionsIn(token, organization, each) !== null,
  );
  return json(
    items.map((each) => repositoryJson(api, organization, each, token)),
    link,
  );
}

/** Protection and rules of private repositories are part of a plan. */
function outsidePlan({ plan }: GithubOrganization, { visibility }: GithubRepository, page: string) {
  return plan === 'free' && visibility !== 'public'
    ? problem(403, 'Upgrade to GitHub Pro or make this repository public to enable this feature.', page)
    : null;
}

/** 404 is both «not protected» and «you may not know»; only the message differs. */
function protectionReply(
  organization: GithubOrganization,
  repository: GithubRepository,
  branch: string,
  { api, token }: Asked,
): HttpReply {
  const page = '/branches/branch-protection#get-branch-protection';
  const { grants } = standingOf(token, organization);
  if (!grants.repositoryAdministration)
    return problem(403, `Resource not accessible by personal access token`, page);
  if (!administers(token, organization, repository)) return problem(404, 'Not Found', page);
  const unplanned = outsidePlan(organization, repository, page);
  if (unplanned) return unplanned;
  if (repository.empty || branch !== repository.defaultBranch) return problem(404, 'Branch not found', page);
  const protection = protectionJson(api, organization, repository);
  return protection ? json(protection) : problem(404, 'Branch not protected', page);
}

function rulesReply(
  organization: GithubOrganization,
  repository: GithubRepository,
  branch: string,
  { api, query }: Asked,
): HttpReply {
  const unplanned = outsidePlan(organization, repository, '/repos/rules#get-rules-for-a-branch');
  if (unplanned) return unplanned;
  const { items, link } = pageOf(
    effectiveRules(organization, repository, branch),
    query,
    `${api}/repositories/${repository.id}/rules/branches/${encodeURIComponent(branch)}`,
  );
  return json(
    items.map((each) => ruleJson(organization, repository, each)),
    link,
  );
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
