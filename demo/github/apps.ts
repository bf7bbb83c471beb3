import { verify } from 'node:crypto';
import { seeded } from '../aws/random.ts';
import type { HttpReply, HttpRequest } from '../http.ts';
import type { GithubApp, GithubGrants, GithubModel } from './model.ts';
import { json, problem } from './replies.ts';

/** https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-an-installation-access-token-for-a-github-app */
const lifetimeMs = 3_600_000;
/** https://docs.github.com/apps/creating-github-apps/authenticating-with-a-github-app/generating-a-json-web-token-jwt-for-a-github-app */
const longestProofSeconds = 600;

/** The App by which the demo reads. */
export const readingApp = { id: 4711, clientId: 'Iv23liExhibitDemo', slug: 'exhibit-evidence' } as const;

/** What is asked by an App as itself: which installation it has, and for a token of it. `null` where it is neither. */
export function appReply(model: GithubModel, request: HttpRequest): HttpReply | null {
  const { pathname } = new URL(request.path, 'http://localhost');
  const [, organization] = /^\/orgs\/([^/]+)\/installation$/.exec(pathname) ?? [];
  const [, id, tokens] = /^\/app\/installations\/(\d+)(\/access_tokens)?$/.exec(pathname) ?? [];
  if (organization === undefined && id === undefined) return null;
  const app = proven(model, request.headers.authorization, request.at);
  if (!app) return problem(401, 'A JSON web token could not be decoded');
  const { installation } = app;
  const told =
    organization?.toLowerCase() === installation.organization.toLowerCase() ||
    (id === String(installation.id) && tokens === undefined);
  if (request.method === 'GET' && told) return json(installationJson(app));
  if (request.method !== 'POST' || tokens === undefined || id !== String(installation.id))
    return problem(404, 'Not Found');
  if (installation.suspendedAt !== null) return problem(403, 'This installation has been suspended');
  return issue(model, app, request.at);
}

function issue(model: GithubModel, app: GithubApp, now: Date): HttpReply {
  const { installation } = app;
  const expiresAt = new Date(now.getTime() + lifetimeMs).toISOString().replace(/\.\d+Z$/, 'Z');
  const value = `ghs_${seeded(`${app.id}/${expiresAt}/${model.tokens.length}`).hex('token', 36)}`;
  model.tokens.push({
    name: `installation ${installation.id}`,
    value,
    form: 'installation',
    user: { id: app.id, login: `${app.slug}[bot]` },
    organizations: [installation.organization],
    owner: true,
    grants: { ...installation.grants },
    repositories: installation.repositories,
    expiresAt,
  });
  const selection = installation.repositories === 'all' ? 'all' : 'selected';
  return {
    ...json({
      token: value,
      expires_at: expiresAt,
      permissions: permissionsOf(installation.grants),
      repository_selection: selection,
    }),
    status: 201,
  };
}

/** What GitHub calls what an installation was given. */
export function permissionsOf(grants: GithubGrants): Readonly<Record<string, 'read'>> {
  const names = [
    ...['metadata', 'pull_requests', 'checks', 'statuses', 'deployments', 'actions'],
    ...['security_events', 'vulnerability_alerts', 'secret_scanning_alerts'],
    ...(grants.members ? ['members'] : []),
    ...(grants.repositoryAdministration ? ['administration'] : []),
    ...(grants.contents ? ['contents'] : []),
    ...(grants.organizationAdministration
      ? [
          ...['organization_administration', 'organization_custom_org_roles', 'organization_hooks'],
          ...['organization_custom_properties', 'organization_secrets', 'organization_self_hosted_runners'],
          ...['organization_personal_access_tokens', 'organization_personal_access_token_requests'],
        ]
      : []),
  ];
  return Object.fromEntries(names.map((name) => [name, 'read'] as const));
}

function installationJson({ id, slug, installation }: GithubApp) {
  return {
    id: installation.id,
    app_id: id,
    app_slug: slug,
    account: { login: installation.organization, type: 'Organization' },
    repository_selection: installation.repositories === 'all' ? 'all' : 'selected',
    permissions: permissionsOf(installation.grants),
    events: [],
    suspended_at: installation.suspendedAt,
  };
}

/** The App whose key signed this, for a time that GitHub takes. */
function proven({ apps }: GithubModel, authorization: string | undefined, now: Date): GithubApp | null {
  const [, head = '', claims = '', signature = ''] =
    /^bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization ?? '') ?? [];
  try {
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, unknown>;
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    const app = apps.find(
      ({ id, clientId }) => said['iss'] === id || said['iss'] === String(id) || said['iss'] === clientId,
    );
    const [from, to, seconds] = [Number(said['iat']), Number(said['exp']), now.getTime() / 1000];
    const timely = from <= seconds && to > seconds && to - seconds <= longestProofSeconds;
    if (!app || header['alg'] !== 'RS256' || !timely) return null;
    const signed = Buffer.from(`${head}.${claims}`);
    return verify('sha256', signed, app.publicKey, Buffer.from(signature, 'base64url')) ? app : null;
  } catch {
    return null; // not a JWT at all
  }
}
