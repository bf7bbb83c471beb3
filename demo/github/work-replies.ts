import type { HttpReply } from '../http.ts';
import { standingOf } from './callers.ts';
import type { GithubOrganization, GithubRepository } from './model.ts';
import { nodeId, userJson, web } from './render.ts';
import { cursorPageOf, json, notFound, pageOf, problem } from './replies.ts';
import type { Asked } from './routes.ts';
import type { GithubActor } from './work.ts';

const periods: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };

const actorJson = (api: string, { id, login, bot }: GithubActor) => ({
  ...userJson(api, { id, login: bot ? `${login}[bot]` : login }),
  type: bot ? 'Bot' : 'User',
});

/** What becomes of code is shown to whoever may read it. */
function reads(organization: GithubOrganization, { token }: Asked): HttpReply | null {
  return standingOf(token, organization).grants.contents
    ? null
    : problem(403, 'Resource not accessible by personal access token', '/repos/repos');
}

export function activityReply(
  organization: GithubOrganization,
  repository: GithubRepository,
  asked: Asked,
): HttpReply {
  const refused = reads(organization, asked);
  if (refused) return refused;
  const { api, query, request } = asked;
  const days = periods[query.get('time_period') ?? 'year'] ?? 365;
  const since = request.at.getTime() - days * 86_400_000;
  const ref = `refs/heads/${repository.defaultBranch}`;
  const updates = repository.work.updates
    .filter(({ at }) => Date.parse(at) >= since && (query.get('ref') ?? ref) === ref)
    .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  const address = `${api}/repositories/${repository.id}/activity`;
  const { items, link } = cursorPageOf(updates, query, address);
  return json(
    items.map(({ id, before, after, at, type, actor }) => ({
      id,
      node_id: nodeId('Push', id),
      before,
      after,
      ref,
      timestamp: at,
      activity_type: type,
      actor: actorJson(api, actor),
    })),
    link,
  );
}

export function compareReply(
  organization: GithubOrganization,
  repository: GithubRepository,
  asked: Asked,
): HttpReply {
  const refused = reads(organization, asked);
  if (refused) return refused;
  const { api, query, item } = asked;
  const [before = '', after = ''] = (item ?? '').split('...');
  const update = repository.work.updates.find((each) => each.before === before && each.after === after);
  if (!update) return notFound();
  const url = `${api}/repos/${organization.login}/${repository.name}`;
  const page = pageOf(update.commits, query, `${api}/repositories/${repository.id}/compare/${item ?? ''}`);
  const commit = (sha: string, message: string) => ({
    url: `${url}/commits/${sha}`,
    sha,
    node_id: nodeId(sha, update.id),
    html_url: `${web}/commit/${sha}`,
    comments_url: `${url}/commits/${sha}/comments`,
    commit: {
      url: `${url}/git/commits/${sha}`,
      author: { name: 'Somebody', email: 'somebody@example.com', date: update.at },
      committer: { name: 'GitHub', email: 'noreply@example.com', date: update.at },
      message,
      tree: { url: `${url}/git/trees/${sha}`, sha },
      comment_count: 0,
    },
    author: actorJson(api, update.actor),
    committer: actorJson(api, update.actor),
    parents: [],
  });
  const base = commit(before, 'Before');
  return json(
    {
      url: `${url}/compare/${before}...${after}`,
      html_url: `${web}/compare`,
      permalink_url: `${web}/compare`,
      diff_url: `${web}/compare.diff`,
      patch_url: `${web}/compare.patch`,
      base_commit: base,
      merge_base_commit: base,
      status: 'ahead',
      ahead_by: update.commits.length,
      behind_by: 0,
      total_commits: update.commits.length,
      commits: page.items.map(({ sha, message }) => commit(sha, message)),
      files: [
        {
          sha: after,
          filename: 'source.js',
          status: 'modified',
          additions: 1,
          deletions: 0,
          changes: 1,
          blob_url: `${web}/blob`,
          raw_url: `${web}/raw`,
          contents_url: `${url}/contents/source.js`,
          patch: '+ const answer = 42;',
        },
      ],
    },
    page.link,
  );
}
