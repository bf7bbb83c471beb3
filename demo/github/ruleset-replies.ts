import type { HttpReply } from '../http.ts';
import { permissionsIn, standingOf } from './callers.ts';
import {
  rulesetsAbove,
  type GithubOrganization,
  type GithubRepository,
  type GithubRuleset,
  type GithubToken,
} from './model.ts';
import { nodeId } from './render.ts';
import { json, notFound } from './replies.ts';
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

export function repositoryRulesetReply(
  organization: GithubOrganization,
  repository: GithubRepository,
  asked: Asked,
): HttpReply {
  if (!permissionsIn(asked.token, organization, repository)) return notFound();
  const is = ({ id }: GithubRuleset) => String(id) === asked.item;
  const own = repository.rulesets.find(is);
  const found = own ?? rulesetsAbove(organization, repository).find(is);
  return found ? json(detailJson(asked, organization, own ? repository : null, found)) : notFound();
}
