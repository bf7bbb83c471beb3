import { createHmac, timingSafeEqual, verify, X509Certificate, constants } from 'node:crypto';
import type { HttpReply, HttpRequest } from '../http.ts';
import type { M365Application, Microsoft365Model } from './model.ts';

/** https://learn.microsoft.com/entra/identity-platform/access-tokens#token-lifetime */
const lifetimeSeconds = 3599;

/** An access token that tells, without being written down anywhere, whose it is and until when. */
function issue(model: Microsoft365Model, { clientId }: M365Application, now: Date): string {
  const said = `${clientId}.${Math.floor(now.getTime() / 1000) + lifetimeSeconds}`;
  return `${Buffer.from(said).toString('base64url')}.${seal(model, said)}`;
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
): M365Application | null {
  const [, coded = '', sealed = ''] = /^Bearer ([\w-]+)\.([\w-]+)$/.exec(authorization ?? '') ?? [];
  const said = Buffer.from(coded, 'base64url').toString();
  const expected = Buffer.from(seal(model, said));
  const given = Buffer.from(sealed);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
  const [clientId, until] = said.split('.');
  if (Number(until) * 1000 <= now.getTime()) return null;
  return model.applications.find((application) => application.clientId === clientId) ?? null;
}

/** Where the tenant's end points are. */
export function discovery(origin: string, tenant: string): HttpReply {
  const at = `${origin}/${tenant}`;
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
  { body, at }: Pick<HttpRequest, 'body' | 'at'>,
  tenant: string,
  endpoint: string,
): HttpReply {
  const form = new URLSearchParams(body.toString());
  if (tenant !== model.tenant && tenant !== model.domain)
    return refusal(400, 'invalid_request', 90002, `Tenant '${tenant}' not found.`, at);
  if (form.get('grant_type') !== 'client_credentials')
    return refusal(400, 'unsupported_grant_type', 70003, 'The app requested an unsupported grant type.', at);
  const application = model.applications.find(({ clientId }) => clientId === form.get('client_id'));
  if (!application)
    return refusal(400, 'unauthorized_client', 700016, 'Application was not found in the directory.', at);
  const assertion = form.get('client_assertion');
  if (assertion !== null) {
    if (!proves(application, assertion, endpoint))
      return refusal(401, 'invalid_client', 700027, 'Client assertion failed signature validation.', at);
  } else if (form.get('client_secret') !== application.secret.value)
    return refusal(401, 'invalid_client', 7000215, 'Invalid client secret provided.', at);
  else if (application.secret.expiresAt <= at.toISOString())
    return refusal(401, 'invalid_client', 7000222, 'The provided client secret keys are expired.', at);
  return json(200, {
    token_type: 'Bearer',
    expires_in: lifetimeSeconds,
    ext_expires_in: lifetimeSeconds,
    access_token: issue(model, application, at),
  });
}

/** Whether a JWT was signed with the key of the application's certificate, for this end point. */
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

function refusal(status: number, error: string, code: number, text: string, at: Date): HttpReply {
  return json(status, {
    error,
    error_description: `AADSTS${code}: ${text}`,
    error_codes: [code],
    timestamp: at.toISOString(),
  });
}

function json(status: number, value: unknown): HttpReply {
  return {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store' },
    body: JSON.stringify(value),
  };
}
