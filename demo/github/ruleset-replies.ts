import type { HttpReply } from '../http.ts';
import { permissionsIn, standingOf } from './callers.ts';
import type { GithubOrganization, GithubRepository, GithubRuleset, GithubToken } from './model.ts';
import { nodeId } from './render.ts';
import { json, notFound, pageOf } from './replies.ts';
import type { Asked } from './routes.ts';

/** Bypass actors are shown to those who may change the ruleset; for all others the key is not there. */
function mayChange(token: GithubToken, organization: GithubOrganization): boolean {
  return token.form === 'classic' && standingOf(token, organization).owns;
}

function rulesetJson(
  api: string,
  organization: GithubOrganization,
  repository: GithubRepository | null,
  { id, name, enforcement }: GithubRuleset,
) {
  const { login } = organization;
  const place = repository ? `repos/${login}/${repository.name}` : `orgs/${login}`;
  return {
    id,
    node_id: nodeId('RepositoryRuleset', id),
    name,
    target: 'branch',
    source_type: repository ? 'Repository' : 'Organization',
    source: repository ? `${login}/${repository.name}` : login,
    enforcement,
    _links: { self: { href: `${api}/${place}/rulesets/${id}` } },
    created_at: '2024-05-06T07:08:09Z',
    updated_at: '2024-05-06T07:08:09Z',
  };
}

function detailJson(
  asked: Asked,
  organization: GithubOrganization,
  repository: GithubRepository | null,
  ruleset: GithubRuleset,
) {
  return {
    ...rulesetJson(asked.api, organization, repository, ruleset),
    conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
    rules: ruleset.rules,
    ...(mayChange(asked.token, organization)
      ? {
          bypass_actors: ruleset.bypass.map(({ id, type, mode }) => ({
            actor_id: id,
            actor_type: type,
            bypass_mode: mode,
          })),
        }
      : {}),
  };
}

export function rulesetsReply(organization: GithubOrganization, { api, query, token }: Asked): HttpReply {
  if (!standingOf(token, organization).belongs) return notFound();
  const address = `${api}/organizations/${organization.id}/rulesets`;
  const { items, link } = pageOf(organization.rulesets, query, address);
  return json(
    items.map((each) => rulesetJson(api, organization, null, each)),
    link,
  );
}

export function rulesetReply(organization: GithubOrganization, asked: Asked): HttpReply {
  const found = organization.rulesets.find(({ id }) => String(id) === asked.item);
  if (!found || !standingOf(asked.token, organization).belongs) return notFound();
  return json(detailJson(asked, organization, null, found));
}

export function repositoryRulesetReply(
  organization: GithubOrganization,
  repository: GithubRepository,
  asked: Asked,
): HttpReply {
  const found = repository.rulesets.find(({ id }) => String(id) === asked.item);
  if (!found || !permissionsIn(asked.token, organization, repository)) return notFound();
  return json(detailJson(asked, organization, repository, found));
}
