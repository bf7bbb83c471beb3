import { createHmac, timingSafeEqual, verify, X509Certificate, constants } from 'node:crypto';
import type { HttpReply, HttpRequest } from '../http.ts';
import type { M365Application, Microsoft365Model } from './model.ts';

/** https://learn.microsoft.com/entra/identity-platform/access-tokens#token-lifetime */
const lifetimeSeconds = 3599;

/** What lets an application into Exchange, where its directory role says what it may. */
export const exchangePermission = 'Exchange.ManageAsApp';

/** What a token is for: Graph, or Exchange, which here stand at one place. */
type Audience = 'graph' | 'exchange';

/** An access token that tells, without being written down anywhere, whose it is, until when, and what it may. */
function issue(
  model: Microsoft365Model,
  { clientId, permissions }: M365Application,
  now: Date,
  audience: Audience,
): string {
  const claims = {
    appid: clientId,
    exp: Math.floor(now.getTime() / 1000) + lifetimeSeconds,
    aud: audience,
    roles: permissions.filter((each) => (each === exchangePermission) === (audience === 'exchange')),
  };
  const said = [{ alg: 'HS256', typ: 'JWT' }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${said}.${seal(model, said)}`;
}

function seal({ tenant, applications }: Microsoft365Model, said: string): string {
  return createHmac('sha256', tenant + (applications[0]?.clientId ?? ''))
    .update(said)
    .digest('base64url');
}

/** Whose token this is; `null` where it is none, or has ended. */
export function bearerOf(
  model: Microsoft365Model,
  authorization: string | undefined,
  now: Date,
  audience: Audience = 'graph',
): M365Application | null {
  const [, said = '', sealed = ''] = /^Bearer ([\w-]+\.[\w-]+)\.([\w-]+)$/.exec(authorization ?? '') ?? [];
  const expected = Buffer.from(seal(model, said));
  const given = Buffer.from(sealed);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const [, payload = ''] = said.split('.');
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    appid: string;
    exp: number;
    aud: string;
  };
  if (claims.exp * 1000 <= now.getTime() || claims.aud !== audience) return null;
  return model.applications.find(({ clientId }) => clientId === claims.appid) ?? null;
}

/** Where the tenant's end points are, which Entra calls by the tenant's id whatever it is asked by. */
export function discovery(
  model: Microsoft365Model,
  request: Pick<HttpRequest, 'id' | 'at'>,
  origin: string,
  tenant: string,
): HttpReply {
  if (!isTenant(model, tenant)) return refusal(request, 400, 'invalid_tenant', noTenant);
  const at = `${origin}/${model.tenant}`;
  return json(200, {
    issuer: `${at}/v2.0`,
    authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
    token_endpoint: `${at}/oauth2/v2.0/token`,
    jwks_uri: `${at}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    response_types_supported: ['code'],
  });
}

/** Answers the token end point: https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow */
export function token(
  model: Microsoft365Model,
  request: Pick<HttpRequest, 'id' | 'at' | 'body'>,
  tenant: string,
  endpoint: string,
): HttpReply {
  const { body, at } = request;
  const form = new URLSearchParams(body.toString());
  const no = (status: number, error: string, text: string) => refusal(request, status, error, text);
  if (!isTenant(model, tenant)) return no(400, 'invalid_request', noTenant);
  if (form.get('grant_type') !== 'client_credentials')
    return no(400, 'unsupported_grant_type', '70003: The app requested an unsupported grant type.');
  const scope = form.get('scope');
  if (scope === null) return no(400, 'invalid_request', '900144: The request names no scope.');
  if (!scope.endsWith('/.default'))
    return no(400, 'invalid_scope', '1002012: An application asks for the scope .default of a resource.');
  const application = model.applications.find(({ clientId }) => clientId === form.get('client_id'));
  if (!application)
    return no(400, 'unauthorized_client', '700016: Application was not found in the directory.');
  const assertion = form.get('client_assertion');
  if (assertion !== null) {
    if (application.federated) {
      const refused = strange(application.federated, assertion, at);
      if (refused !== null) return no(401, 'invalid_client', refused);
    } else if (!proves(application, assertion, endpoint))
      return no(401, 'invalid_client', '700027: Client assertion failed signature validation.');
  } else if (form.get('client_secret') !== application.secret.value)
    return no(401, 'invalid_client', '7000215: Invalid client secret provided.');
  else if (application.secret.expiresAt <= at.toISOString())
    return no(401, 'invalid_client', '7000222: The provided client secret keys are expired.');
  return json(200, {
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: issue(model, application, at, scope.endsWith('/exchange/.default') ? 'exchange' : 'graph'),
  });
}

const noTenant = '90002: There is no such tenant.';

/** A tenant goes by its id and by its domain. */
function isTenant({ tenant, domain }: Microsoft365Model, name: string): boolean {
  return name === tenant || name === domain;
}

/**
 * Whether a JWT was signed with the key of the application's certificate, for this end point. When it ends is not looked
 * at: MSAL dates it by the clock of the machine, and the tenant lives at whatever time it is told.
 */
function proves({ certificate, clientId }: M365Application, assertion: string, endpoint: string): boolean {
  const [head = '', claims = '', signature = ''] = assertion.split('.');
  if (certificate === null) return false;
  try {
    const { publicKey, fingerprint256 } = new X509Certificate(certificate);
    const header = JSON.parse(Buffer.from(head, 'base64url').toString()) as Record<string, unknown>;
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    const thumbprint = Buffer.from(fingerprint256.replaceAll(':', ''), 'hex').toString('base64url');
    if (header['alg'] !== 'PS256' || header['x5t#S256'] !== thumbprint) return false;
    if (said['aud'] !== endpoint || said['iss'] !== clientId || said['sub'] !== clientId) return false;
    const key = {
      key: publicKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    };
    return verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'));
  } catch {
    return false; // not a JWT at all
  }
}

/**
 * Why a platform's word for the application does not count; `null` where it does.
 * https://learn.microsoft.com/entra/workload-id/workload-identity-federation-considerations
 */
function strange(
  { issuer, subject, publicKey }: NonNullable<M365Application['federated']>,
  assertion: string,
  now: Date,
): string | null {
  const [head = '', claims = '', signature = ''] = assertion.split('.');
  const unsigned = '50013: Assertion failed signature validation.';
  try {
    const said = JSON.parse(Buffer.from(claims, 'base64url').toString()) as Record<string, unknown>;
    const signed = Buffer.from(`${head}.${claims}`);
    if (!verify('sha256', signed, publicKey, Buffer.from(signature, 'base64url'))) return unsigned;
    if (said['iss'] !== issuer || said['sub'] !== subject)
      return '700213: No matching federated identity record found for presented assertion subject.';
    if (said['aud'] !== 'api://AzureADTokenExchange')
      return '700212: No matching federated identity record found for presented assertion audience.';
    if (Number(said['exp']) * 1000 <= now.getTime())
      return '700024: Client assertion is not within its valid time range.';
    return null;
  } catch {
    return unsigned; // not a JWT at all
  }
}

/** A refusal as Entra writes it; its number is at the head of the text. */
function refusal(
  { id, at }: Pick<HttpRequest, 'id' | 'at'>,
  status: number,
  error: string,
  text: string,
): HttpReply {
  return json(status, {
    error,
    error_description: `AADSTS${text}`,
    error_codes: [Number.parseInt(text, 10)],
    timestamp: at
      .toISOString()
      .replace('T', ' ')
      .replace(/\.\d+Z$/, 'Z'),
    trace_id: id,
    correlation_id: id,
  });
}

function json(status: number, value: unknown): HttpReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}
