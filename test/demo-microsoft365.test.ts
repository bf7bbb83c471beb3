import { ConfidentialClientApplication, type Configuration, type INetworkModule } from '@azure/msal-node';
import { AsnConvert } from '@peculiar/asn1-schema';
import { Certificate, SubjectPublicKeyInfo } from '@peculiar/asn1-x509';
import { generateKeyPairSync, X509Certificate } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import { openNetwork, type Answer } from '../collectors/transport/network.ts';
import { buildCompany, type BuildCompany } from '../demo/company.ts';
import { startDemo } from '../demo/index.ts';
import { selfSigned } from '../demo/microsoft365/certificate.ts';
import type { Microsoft365Options } from '../demo/microsoft365/handler.ts';
import { publishedLimits } from '../demo/microsoft365/limits.ts';
import { allPermissions, type M365User, type Microsoft365Model } from '../demo/microsoft365/model.ts';
import { startMicrosoft365, type Microsoft365Server } from '../demo/microsoft365/server.ts';
import type { Fault } from '../demo/misbehave.ts';
import { Clock, readNight, sourcesOf } from './hostile/bench.ts';

const night = new Date('2026-05-04T02:00:00Z');
const dayMs = 86_400_000;
const closing: (() => Promise<void>)[] = [];
/** One for all servers: making it is slow. */
const certificate = selfSigned(new Date());

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

const tenantOf = (sizes: Partial<BuildCompany> = {}) =>
  buildCompany({ seed: 1, now: night, ...sizes }).microsoft365;

interface Tenant {
  readonly model: Microsoft365Model;
  readonly server: Microsoft365Server;
  readonly clock: { now: Date };
}

async function start({
  model = tenantOf(),
  ...options
}: Partial<Omit<Microsoft365Options, 'now'>> & { model?: Microsoft365Model } = {}): Promise<Tenant> {
  const clock = { now: night };
  const server = await startMicrosoft365(model, {
    now: () => clock.now,
    certificate: await certificate,
    ...options,
  });
  closing.push(() => server.close());
  return { model, server, clock };
}

interface Asking {
  readonly method?: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

/** What a server says to one plain request, as the product's own network hears it. */
async function send(server: Microsoft365Server, path: string, asking: Asking = {}): Promise<Answer> {
  const network = openNetwork({ environment: {}, authorities: [server.certificate] });
  const { method = 'GET', headers = {}, body } = asking;
  try {
    return await network.send(
      {
        method,
        url: new URL(path, server.url),
        headers,
        body: body === undefined ? null : Buffer.from(body),
      },
      { timeoutMs: 5000, maxBytes: 1e8, signal: new AbortController().signal },
    );
  } finally {
    network.close();
  }
}

const textOf = ({ bytes }: Answer) => Buffer.from(bytes).toString();
const jsonOf = <T>(answer: Answer) => JSON.parse(textOf(answer)) as T;

interface TokenAnswer {
  readonly access_token: string;
  readonly error: string;
  readonly error_codes: readonly number[];
}
interface Page {
  readonly '@odata.context': string;
  readonly '@odata.nextLink'?: string;
  readonly '@odata.count'?: number;
  readonly value: readonly Record<string, unknown>[];
}
interface Refusal {
  readonly error: { readonly code: string; readonly innerError: Record<string, string> };
}

/** What the token end point says to the tenant's application, with what is given put in the place of the usual. */
function signIn(
  { model, server }: Tenant,
  form: Readonly<Record<string, string>> = {},
  tenant = model.tenant,
): Promise<Answer> {
  const [application] = model.applications;
  const usual = {
    grant_type: 'client_credentials',
    client_id: application!.clientId,
    client_secret: application!.secret.value,
    scope: `${server.url}/.default`,
  };
  const body = new URLSearchParams({ ...usual, ...form }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  return send(server, `/${tenant}/oauth2/v2.0/token`, { method: 'POST', headers, body });
}

const tokens = new WeakMap<Tenant, string>();

/** Asks Graph as the tenant's application, with one token for all questions. */
async function ask(tenant: Tenant, path: string, asking: Asking = {}): Promise<Answer> {
  const token = tokens.get(tenant) ?? jsonOf<TokenAnswer>(await signIn(tenant)).access_token;
  tokens.set(tenant, token);
  const headers = { authorization: `Bearer ${token}`, ...asking.headers };
  return send(tenant.server, `/v1.0/${path}`, { ...asking, headers });
}

/** Every page of a listing, by the links that the server gives. */
async function pagesOf(tenant: Tenant, path: string, headers: Record<string, string> = {}): Promise<Page[]> {
  const pages: Page[] = [];
  for (let next: string | undefined = path; next !== undefined;) {
    const answer: Answer = await ask(tenant, next, { headers });
    expect(answer.status).toBe(200);
    const page = jsonOf<Page>(answer);
    pages.push(page);
    next = page['@odata.nextLink']?.replace(`${tenant.server.url}/v1.0/`, '');
  }
  return pages;
}

const itemsOf = async (tenant: Tenant, path: string) =>
  (await pagesOf(tenant, path)).flatMap(({ value }) => value);
const idsOf = (items: readonly unknown[]) => items.map((item) => (item as { id: string }).id);
const eventual = { consistencylevel: 'eventual' };
const routes = [
  ['organization', ['Organization.Read.All', 'Directory.Read.All']],
  ['users', ['User.Read.All', 'Directory.Read.All']],
  ['reports/authenticationMethods/userRegistrationDetails', ['AuditLog.Read.All']],
  ['identity/conditionalAccess/policies', ['Policy.Read.All']],
  ['policies/identitySecurityDefaultsEnforcementPolicy', ['Policy.Read.All']],
  ['roleManagement/directory/roleAssignments', ['RoleManagement.Read.Directory', 'Directory.Read.All']],
  ['roleManagement/directory/roleDefinitions', ['RoleManagement.Read.Directory', 'Directory.Read.All']],
  ['subscribedSkus', ['Organization.Read.All', 'Directory.Read.All']],
  ['auditLogs/directoryAudits', ['AuditLog.Read.All']],
] as const;
const registration = routes[2][0];
const access = routes[3][0];
const audits = routes[8][0];

describe('the tenant', () => {
  test('follows from the seed: the same seed makes the same bytes, another makes others', async () => {
    expect(JSON.stringify(tenantOf())).toBe(JSON.stringify(tenantOf()));
    expect(JSON.stringify(tenantOf({ seed: 2 }))).not.toBe(JSON.stringify(tenantOf()));
    const [one, other] = [await start(), await start()];
    for (const [path] of routes) {
      const [first, second] = [textOf(await ask(one, path)), textOf(await ask(other, path))];
      expect(first.replaceAll(one.server.url, '')).toBe(second.replaceAll(other.server.url, ''));
    }
  });

  test('has everybody who works there, and what its builder names', () => {
    const { person, microsoft365: model } = buildCompany({ seed: 1, now: night });
    const { users } = model;
    const members = users.filter(({ guest }) => !guest);
    const guests = users.filter(({ guest }) => guest);
    expect([members.length, guests.length]).toEqual([61, 3]);
    expect(members.slice(0, 60).map(({ userPrincipalName }) => userPrincipalName)).toEqual(
      Array.from({ length: 60 }, (_, n) => `${person(n).userName}@larkspur.example.com`),
    );
    expect(new Set(idsOf(users)).size).toBe(64);

    const having = (state: M365User['registration']) => users.filter((user) => user.registration === state);
    const young = ({ createdAt }: M365User) => night.getTime() - Date.parse(createdAt) < 7 * dayMs;
    const none = having('none');
    expect(none.filter(({ guest }) => guest)).toHaveLength(1);
    expect(none.filter(({ enabled }) => !enabled)).toHaveLength(1);
    expect(none.filter(young).map(({ createdAt }) => createdAt)).toEqual(['2026-05-01T02:00:00Z']);
    expect(none.filter((user) => !user.guest && user.enabled && !young(user))).toHaveLength(1);
    expect(having('unusable')).toHaveLength(1);
    expect(having('left-out').map(({ enabled, guest }) => ({ enabled, guest }))).toEqual([
      { enabled: true, guest: false },
    ]);
    expect(having('usable')).toHaveLength(64 - 6);
  });

  test('asks administrators for a second factor, but for one role and one account', () => {
    const { policies, roles, assignments, securityDefaults } = tenantOf();
    expect(securityDefaults).toBe(false);
    expect(policies.map(({ name, state }) => [name, state])).toEqual([
      ['Require MFA for administrators', 'enabled'],
      ['Require MFA for everyone', 'enabledForReportingButNotEnforced'],
      ['Require MFA outside the office', 'enabled'],
      ['Block legacy authentication', 'enabled'],
      ['Require passkeys for global administrators', 'enabled'],
      ['Require MFA for guests', 'enabled'],
      ['Require a compliant device', 'disabled'],
    ]);
    const names = new Map(roles.map(({ id, name }) => [id, name]));
    const holders = assignments.map(({ role, principal }) => [names.get(role), principal.type]);
    const user = (role: string, times: number) => Array.from({ length: times }, () => [role, 'user']);
    expect(holders).toEqual([
      ...user('Global Administrator', 3),
      ...user('User Administrator', 2),
      ...user('Helpdesk Administrator', 1),
      ...user('Application Administrator', 1),
      ...user('Directory Readers', 1),
      ...user('Global Administrator', 1),
      ['Cloud Application Administrator', 'servicePrincipal'],
    ]);
    const guarded = policies[0]!.include.roles!;
    const forgotten = roles.filter(({ id }) => !guarded.includes(id)).map(({ name }) => name);
    expect(forgotten).toEqual(['Application Administrator', 'Global Reader', 'Directory Readers']);
    expect(policies[0]!.exclude.users).toEqual([assignments[8]!.principal.id]);
    expect([...names.values()]).toContain('SharePoint Administrator');
  });

  test.each([1, 2, 5])('can be as small as %i', async (people) => {
    const tenant = await start({ model: tenantOf({ people }) });
    expect(await itemsOf(tenant, 'users')).toHaveLength(people + 2);
    expect(await itemsOf(tenant, registration)).toHaveLength(people + 2);
  });

  test('can be as large as 100,000 people', async () => {
    const model = buildCompany({ seed: 1, now: night, people: 100_000, repositories: 1 }).microsoft365;
    expect(model.users).toHaveLength(105_001);
    const tenant = await start({ model });
    const pages = await pagesOf(tenant, 'users?$select=id&$top=999');
    expect(pages).toHaveLength(106);
    expect(new Set(idsOf(pages.flatMap(({ value }) => value))).size).toBe(105_001);
  }, 60_000);

  test('starts with the rest of the company, and lets its application in', async () => {
    const demo = await startDemo({ seed: 1, now: night, people: 12, repositories: 1, accounts: 1 });
    closing.push(() => demo.close());
    const { microsoft365 } = demo;
    const { url, certificate: trusted, clientId, clientSecret, tenant } = microsoft365;
    expect(url).toMatch(/^https:\/\/localhost:\d+$/);
    const model = demo.company.microsoft365;
    const at: Tenant = {
      model,
      server: { ...microsoft365.server, certificate: trusted },
      clock: { now: night },
    };
    const form = { client_id: clientId, client_secret: clientSecret };
    expect((await signIn(at, form, tenant)).status).toBe(200);
    expect(await itemsOf(at, 'users')).toHaveLength(14);
  });

  test('is not believed by whoever does not trust its certificate', async () => {
    const { server } = await start();
    const stranger = { ...server, certificate: '' };
    await expect(send(stranger, '/v1.0/users')).rejects.toMatchObject({ code: 'unreachable' });
  });
});

/** Microsoft's own client, over the product's own network. */
async function msal(
  { model, server }: Tenant,
  auth: Partial<Configuration['auth']>,
  { tenant = model.tenant, sent = [] }: { readonly tenant?: string; readonly sent?: string[] } = {},
): Promise<string | null> {
  const told = async (path: string, asking: Asking) => {
    sent.push(asking.body ?? '');
    const answer = await send(server, path, asking);
    return { status: answer.status, headers: { ...answer.headers }, body: jsonOf<never>(answer) };
  };
  const networkClient: INetworkModule = {
    sendGetRequestAsync: (url, options) => told(url, { headers: options?.headers ?? {} }),
    sendPostRequestAsync: (url, options) =>
      told(url, { method: 'POST', headers: options?.headers ?? {}, body: options?.body ?? '' }),
  };
  const application = new ConfidentialClientApplication({
    auth: {
      clientId: model.applications[0]!.clientId,
      authority: `${server.url}/${tenant}`,
      knownAuthorities: [new URL(server.url).host],
      ...auth,
    },
    system: { networkClient },
  });
  const scopes = [`${server.url}/.default`];
  return (await application.acquireTokenByClientCredential({ scopes }))?.accessToken ?? null;
}

/** A certificate of an RSA key, as applications have. Nobody asks who signed it, so that nobody has. */
async function proof() {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [, coded] = /-----BEGIN CERTIFICATE-----([^-]+)/.exec((await certificate).cert)!;
  const parsed = AsnConvert.parse(Buffer.from(coded!, 'base64'), Certificate);
  parsed.tbsCertificate.subjectPublicKeyInfo = AsnConvert.parse(
    publicKey.export({ type: 'spki', format: 'der' }),
    SubjectPublicKeyInfo,
  );
  // What was read is kept as it was, and would be written again.
  delete parsed.tbsCertificateRaw;
  const made = new X509Certificate(Buffer.from(AsnConvert.serialize(parsed)));
  return {
    cert: made.toString(),
    auth: {
      clientCertificate: {
        thumbprintSha256: made.fingerprint256.replaceAll(':', ''),
        privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      },
    },
  };
}

describe('signing in', () => {
  test('with the secret gives a token that Graph takes', async () => {
    const tenant = await start();
    const answer = await signIn(tenant);
    expect(answer.status).toBe(200);
    const token = jsonOf<TokenAnswer>(answer);
    expect(token).toEqual({
      token_type: 'Bearer',
      expires_in: 3599,
      ext_expires_in: 3599,
      access_token: expect.any(String) as string,
    });
    const headers = { authorization: `Bearer ${token.access_token}` };
    expect((await send(tenant.server, '/v1.0/users', { headers })).status).toBe(200);
  });

  test.each(['tenant', 'domain'] as const)("with Microsoft's own client, by the %s", async (name) => {
    const tenant = await start();
    const auth = { clientSecret: tenant.model.applications[0]!.secret.value };
    const token = await msal(tenant, auth, { tenant: tenant.model[name] });
    const headers = { authorization: `Bearer ${token}` };
    expect((await send(tenant.server, '/v1.0/users', { headers })).status).toBe(200);
  });

  test('with a certificate takes the key of the application and no other', async () => {
    const tenant = await start();
    const [own, other] = [await proof(), await proof()];
    const [application] = tenant.model.applications;
    const refused = { errorCode: 'invalid_client' };
    await expect(msal(tenant, own.auth)).rejects.toMatchObject(refused);
    application!.certificate = own.cert;
    const headers = { authorization: `Bearer ${await msal(tenant, own.auth)}` };
    expect((await send(tenant.server, '/v1.0/users', { headers })).status).toBe(200);
    await expect(msal(tenant, other.auth)).rejects.toMatchObject(refused);
    const [mine, theirs] = [own.auth.clientCertificate, other.auth.clientCertificate];
    const forged = { ...mine, privateKey: theirs.privateKey };
    await expect(msal(tenant, { clientCertificate: forged })).rejects.toMatchObject(refused);
    const misnamed = { ...mine, thumbprintSha256: theirs.thumbprintSha256 };
    await expect(msal(tenant, { clientCertificate: misnamed })).rejects.toMatchObject(refused);
  });

  test('with what was signed for another place is refused', async () => {
    const model = tenantOf();
    const { cert, auth } = await proof();
    model.applications[0]!.certificate = cert;
    const [here, elsewhere] = [await start({ model }), await start({ model })];
    const sent: string[] = [];
    await msal(here, auth, { sent });
    const form = { client_assertion: new URLSearchParams(sent.at(-1)).get('client_assertion')! };
    expect((await signIn(here, form)).status).toBe(200);
    const answer = await signIn(elsewhere, form);
    expect([answer.status, jsonOf<TokenAnswer>(answer).error_codes]).toEqual([401, [700027]]);
  });

  test('says where its end points are, by the id of the tenant', async () => {
    const { model, server } = await start();
    const answer = await send(server, `/${model.domain}/v2.0/.well-known/openid-configuration`);
    const at = `${server.url}/${model.tenant}`;
    expect(jsonOf(answer)).toMatchObject({
      issuer: `${at}/v2.0`,
      authorization_endpoint: `${at}/oauth2/v2.0/authorize`,
      token_endpoint: `${at}/oauth2/v2.0/token`,
      jwks_uri: `${at}/discovery/v2.0/keys`,
    });
  });

  test.each([
    ['a wrong secret', { client_secret: 'guess' }, 401, 'invalid_client', 7000215],
    ['an unknown application', { client_id: 'nobody' }, 400, 'unauthorized_client', 700016],
    ['no JWT', { client_assertion: 'a.b.c' }, 401, 'invalid_client', 700027],
    ['another grant', { grant_type: 'password' }, 400, 'unsupported_grant_type', 70003],
    ['a single permission', { scope: 'User.Read.All' }, 400, 'invalid_scope', 1002012],
  ])('with %s is refused as Entra does', async (_, form, status, error, code) => {
    const answer = await signIn(await start(), form);
    expect([answer.status, jsonOf(answer)]).toEqual([
      status,
      {
        error,
        error_description: expect.stringMatching(`^AADSTS${code}: `) as string,
        error_codes: [code],
        timestamp: '2026-05-04 02:00:00Z',
        trace_id: expect.any(String) as string,
        correlation_id: expect.any(String) as string,
      },
    ]);
  });

  test('with a secret that has run out is refused, from that moment on', async () => {
    const tenant = await start();
    const ends = Date.parse(tenant.model.applications[0]!.secret.expiresAt);
    tenant.clock.now = new Date(ends - 1000);
    expect((await signIn(tenant)).status).toBe(200);
    tenant.clock.now = new Date(ends + 1000);
    const answer = await signIn(tenant);
    expect([answer.status, jsonOf<TokenAnswer>(answer).error_codes]).toEqual([401, [7000222]]);
  });

  test('to a tenant that is none is refused at both end points', async () => {
    const tenant = await start();
    const answer = await signIn(tenant, {}, 'nowhere.example');
    const { error, error_codes: codes } = jsonOf<TokenAnswer>(answer);
    expect([answer.status, error, codes]).toEqual([400, 'invalid_request', [90002]]);
    const first = await send(tenant.server, '/nowhere.example/v2.0/.well-known/openid-configuration');
    expect([first.status, jsonOf<TokenAnswer>(first).error_codes]).toEqual([400, [90002]]);
  });
});

describe('a token', () => {
  test('ends by the clock of the tenant', async () => {
    const tenant = await start();
    expect((await ask(tenant, 'users')).status).toBe(200);
    tenant.clock.now = new Date(night.getTime() + 3598_000);
    expect((await ask(tenant, 'users')).status).toBe(200);
    tenant.clock.now = new Date(night.getTime() + 3599_000);
    const late = await ask(tenant, 'users');
    expect([late.status, jsonOf<Refusal>(late).error.code]).toEqual([401, 'InvalidAuthenticationToken']);
  });

  test('is needed, and is whole', async () => {
    const tenant = await start();
    const { access_token: token } = jsonOf<TokenAnswer>(await signIn(tenant));
    const other = await start({ model: tenantOf({ seed: 2 }) });
    const { access_token: foreign } = jsonOf<TokenAnswer>(await signIn(other));
    const [said = '', sealed = ''] = token.split('.');
    const later = Buffer.from(said, 'base64url').toString().replace(/\d+$/, '9999999999');
    const bad = [
      'Bearer ',
      token,
      `Bearer ${token}x`,
      `Bearer ${foreign}`,
      `Bearer ${Buffer.from(later).toString('base64url')}.${sealed}`,
    ].map((authorization) => ({ authorization }));
    for (const headers of [{}, ...bad]) {
      const answer = await send(tenant.server, '/v1.0/users', { headers });
      expect([answer.status, jsonOf<Refusal>(answer).error.code]).toEqual([
        401,
        'InvalidAuthenticationToken',
      ]);
    }
  });

  test('ends with its application', async () => {
    const tenant = await start();
    expect((await ask(tenant, 'users')).status).toBe(200);
    tenant.model.applications[0]!.clientId = '00000000-0000-0000-0000-00000000dead';
    expect((await ask(tenant, 'users')).status).toBe(401);
  });
});

describe('permissions', () => {
  test.each(routes)('%s is shown with any one of %j, and with nothing else', async (path, needed) => {
    const tenant = await start();
    const [application] = tenant.model.applications;
    for (const permission of [...allPermissions, 'Directory.Read.All']) {
      application!.permissions = [permission];
      const answer = await ask(tenant, path);
      if ((needed as readonly string[]).includes(permission)) expect(answer.status).toBe(200);
      else
        expect([answer.status, jsonOf<Refusal>(answer).error.code]).toEqual([
          403,
          'Authorization_RequestDenied',
        ]);
    }
  });

  test('do not help where there is no licence: only the registration report is refused', async () => {
    const tenant = await start();
    tenant.model.licences.p1 = false;
    for (const [path] of routes)
      expect((await ask(tenant, path)).status).toBe(path === registration ? 403 : 200);
    expect(jsonOf<Refusal>(await ask(tenant, registration)).error.code).toBe(
      'Authentication_RequestFromNonPremiumTenantOrB2CTenant',
    );
  });
});

describe('every answer', () => {
  test.each(routes)('of %s says what it is, and names the request', async (path) => {
    const tenant = await start();
    const { status, headers, ...rest } = await ask(tenant, path);
    expect(status).toBe(200);
    expect(jsonOf<Page>({ status, headers, ...rest })['@odata.context']).toBe(
      `${tenant.server.url}/v1.0/$metadata#${path}`,
    );
    expect(headers).toMatchObject({
      'content-type': expect.stringMatching(/^application\/json;odata\.metadata=minimal/) as string,
      date: 'Mon, 04 May 2026 02:00:00 GMT',
    });
    expect(headers['request-id']).toMatch(/^[\da-f-]{36}$/);
    expect(headers['client-request-id']).toBe(headers['request-id']);
  });

  test('comes back with the name that whoever asked gave it, a refusal too', async () => {
    const tenant = await start();
    const headers = { 'client-request-id': 'mine' };
    expect((await ask(tenant, 'users', { headers })).headers['client-request-id']).toBe('mine');
    const refused = await ask(tenant, 'nothing', { headers });
    expect(jsonOf<Refusal>(refused).error.innerError).toEqual({
      date: '2026-05-04T02:00:00',
      'request-id': refused.headers['request-id'],
      'client-request-id': 'mine',
    });
  });

  test.each([
    ['GET', 'nothing', 404, 'Request_ResourceNotFound'],
    ['GET', 'organization/$count', 404, 'Request_ResourceNotFound'],
    ['POST', 'users', 405, 'Request_BadRequest'],
    ['DELETE', access, 405, 'Request_BadRequest'],
    ['PATCH', 'policies/identitySecurityDefaultsEnforcementPolicy', 405, 'Request_BadRequest'],
  ])('to %s %s is %i', async (method, path, status, code) => {
    const tenant = await start();
    const answer = await ask(tenant, path, { method });
    expect([answer.status, jsonOf<Refusal>(answer).error.code]).toEqual([status, code]);
  });

  test('is of the model as it is at that moment', async () => {
    const tenant = await start();
    const path = 'policies/identitySecurityDefaultsEnforcementPolicy';
    expect(jsonOf(await ask(tenant, path))).toMatchObject({ isEnabled: false });
    tenant.model.securityDefaults = true;
    expect(jsonOf(await ask(tenant, path))).toMatchObject({ isEnabled: true });
  });
});

describe('users', () => {
  test('lack what matters most where it is not selected', async () => {
    const tenant = await start();
    const [first] = jsonOf<Page>(await ask(tenant, 'users')).value;
    expect(Object.keys(first!).toSorted()).toEqual([
      'businessPhones',
      'displayName',
      'givenName',
      'id',
      'jobTitle',
      'mail',
      'mobilePhone',
      'officeLocation',
      'preferredLanguage',
      'surname',
      'userPrincipalName',
    ]);
  });

  test('have what is selected and nothing more', async () => {
    const tenant = await start();
    const select = 'id,accountEnabled,userType,createdDateTime,mail,onPremisesSyncEnabled';
    const page = jsonOf<Page>(await ask(tenant, `users?$select=${select}&$top=999`));
    expect(page['@odata.context']).toBe(`${tenant.server.url}/v1.0/$metadata#users(${select})`);
    expect(page.value).toEqual(
      tenant.model.users.map(({ id, enabled, guest, createdAt, mail }) => ({
        id,
        accountEnabled: enabled,
        userType: guest ? 'Guest' : 'Member',
        createdDateTime: createdAt,
        mail,
        onPremisesSyncEnabled: null,
      })),
    );
    for (const { mail, userPrincipalName, guest } of tenant.model.users)
      if (guest)
        expect([mail, userPrincipalName]).toEqual([
          expect.stringMatching(/^[^_#]+@partner\.example$/),
          expect.stringContaining('_partner.example#EXT#@'),
        ]);
      else expect(mail).toBe(userPrincipalName);
  });

  test('are refused where a property is selected that there is not', async () => {
    const answer = await ask(await start(), 'users?$select=id,isEnabled');
    expect([answer.status, jsonOf<Refusal>(answer).error.code]).toEqual([400, 'Request_BadRequest']);
  });

  test('come by pages that hold each of them once and keep the other options', async () => {
    const tenant = await start({ model: tenantOf({ people: 250 }) });
    const pages = await pagesOf(tenant, 'users?$select=id,accountEnabled&$top=60');
    expect(pages.map(({ value }) => value.length)).toEqual([60, 60, 60, 60, 24]);
    expect(idsOf(pages.flatMap(({ value }) => value))).toEqual(idsOf(tenant.model.users));
    for (const { value } of pages) expect(Object.keys(value[0]!)).toEqual(['id', 'accountEnabled']);
    for (const { '@odata.nextLink': link } of pages.slice(0, -1))
      expect(link).toMatch(/\/v1\.0\/users\?\$select=id,accountEnabled&\$top=60&\$skiptoken=[\w-]+$/);
  });

  test.each([
    ['', 100],
    ['?$top=1', 1],
    ['?$top=999', 264],
  ])('with «%s» come %i at once', async (query, size) => {
    const tenant = await start({ model: tenantOf({ people: 250 }) });
    expect(jsonOf<Page>(await ask(tenant, `users${query}`)).value).toHaveLength(size);
  });

  test.each(['$top=1000', '$top=0', '$top=x', '$top=1.5', '$skiptoken=x'])(
    'are refused with %s',
    async (query) => {
      const answer = await ask(await start(), `users?${query}`);
      expect([answer.status, jsonOf<Refusal>(answer).error.code]).toEqual([400, 'Request_UnsupportedQuery']);
    },
  );

  test('are counted on the first page only, and without the header not at all, and nothing says so', async () => {
    const tenant = await start();
    const counts = async (headers: Record<string, string>) =>
      (await pagesOf(tenant, 'users?$count=true&$top=30', headers)).map((page) => page['@odata.count']);
    expect(await counts(eventual)).toEqual([64, undefined, undefined]);
    expect(await counts({})).toEqual([undefined, undefined, undefined]);
    const unasked = jsonOf<Page>(await ask(tenant, 'users', { headers: eventual }));
    expect(unasked).not.toHaveProperty('@odata.count');
  });

  test('are counted in plain text, where the header is sent', async () => {
    const tenant = await start();
    const counted = await ask(tenant, 'users/$count', { headers: eventual });
    expect([counted.headers['content-type'], textOf(counted)]).toEqual(['text/plain', '64']);
    expect((await ask(tenant, 'users/$count')).status).toBe(400);
  });
});

describe('the registration report', () => {
  test('has everybody but one, by pages of the size that is set', async () => {
    const tenant = await start({ registrationPage: 25 });
    const pages = await pagesOf(tenant, registration);
    expect(pages.map(({ value }) => value.length)).toEqual([25, 25, 13]);
    const rows = pages.flatMap(({ value }) => value);
    const missing = tenant.model.users.filter(({ id }) => !idsOf(rows).includes(id));
    expect(missing.map(({ registration: state }) => state)).toEqual(['left-out']);
  });

  test('tells registered from capable, people from guests, and who holds roles', async () => {
    const tenant = await start();
    const rows = new Map((await itemsOf(tenant, registration)).map((row) => [row['id'], row]));
    const holders = new Set(tenant.model.assignments.map(({ principal }) => principal.id));
    for (const user of tenant.model.users.filter((each) => each.registration !== 'left-out')) {
      const registered = user.registration !== 'none';
      const row = rows.get(user.id)!;
      expect(row).toMatchObject({
        userPrincipalName: user.userPrincipalName,
        userType: user.guest ? 'guest' : 'member',
        isAdmin: holders.has(user.id),
        isMfaRegistered: registered,
        isMfaCapable: user.registration === 'usable',
        lastUpdatedDateTime: expect.stringMatching(/T[\d:]{8}\.\d{7}Z$/) as string,
      });
      expect((row['methodsRegistered'] as unknown[]).length > 0).toBe(registered);
    }
    const preferred = [...rows.values()].map((row) => row['userPreferredMethodForSecondaryAuthentication']);
    expect([...new Set(preferred)].toSorted()).toEqual(['none', 'oath', 'push', 'sms']);
  });
});

describe('settings and roles', () => {
  test('conditional access says whom each policy reaches, where, and what it asks', async () => {
    const tenant = await start();
    const policies = await itemsOf(tenant, access);
    const [admins, , outside, legacy] = policies;
    expect(idsOf(policies)).toEqual(idsOf(tenant.model.policies));
    const breakGlass = tenant.model.users.at(-1)!.id;
    expect(admins).toMatchObject({
      state: 'enabled',
      conditions: {
        clientAppTypes: ['all'],
        locations: null,
        applications: { includeApplications: ['All'], excludeApplications: [] },
        users: {
          includeUsers: [],
          excludeUsers: [breakGlass],
          includeRoles: expect.arrayContaining(['62e90394-69f5-4237-9190-012177145e10']) as string[],
        },
      },
      grantControls: { operator: 'OR', builtInControls: ['mfa'] },
    });
    expect(outside).toMatchObject({
      conditions: {
        users: { includeUsers: ['All'], excludeUsers: [breakGlass] },
        locations: { includeLocations: ['All'], excludeLocations: ['AllTrusted'] },
      },
      grantControls: { builtInControls: ['mfa'] },
    });
    expect(legacy).toMatchObject({
      conditions: { clientAppTypes: ['exchangeActiveSync', 'other'] },
      grantControls: { builtInControls: ['block'] },
    });
  });

  test('role assignments name who holds them where that is asked, and what kind of holder it is', async () => {
    const tenant = await start();
    const path = 'roleManagement/directory/roleAssignments';
    tenant.model.assignments.push({
      id: 'group-1',
      role: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
      scope: '/administrativeUnits/1',
      principal: { type: 'group', id: 'a-group', displayName: 'Auditors' },
    });
    const plain = await itemsOf(tenant, path);
    expect(plain.at(-1)).toEqual({
      id: 'group-1',
      principalId: 'a-group',
      roleDefinitionId: 'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
      directoryScopeId: '/administrativeUnits/1',
    });
    const pages = await pagesOf(tenant, `${path}?$expand=principal&$top=4`);
    expect(pages.map(({ value }) => value.length)).toEqual([4, 4, 3]);
    const expanded = pages.flatMap(({ value }) => value) as { principal: Record<string, string> }[];
    expect(expanded.slice(-2).map(({ principal }) => principal)).toEqual([
      {
        '@odata.type': '#microsoft.graph.servicePrincipal',
        id: tenant.model.assignments[9]!.principal.id,
        displayName: 'Deployment pipeline',
      },
      { '@odata.type': '#microsoft.graph.group', id: 'a-group', displayName: 'Auditors' },
    ]);
    expect(expanded[0]!.principal['@odata.type']).toBe('#microsoft.graph.user');
  });

  test('every assignment is of a role that is defined', async () => {
    const tenant = await start();
    const defined = idsOf(await itemsOf(tenant, 'roleManagement/directory/roleDefinitions'));
    expect(defined).toHaveLength(15);
    for (const { roleDefinitionId } of await itemsOf(tenant, 'roleManagement/directory/roleAssignments'))
      expect(defined).toContain(roleDefinitionId);
  });

  test('the tenant and its licences are told', async () => {
    const tenant = await start();
    expect(await itemsOf(tenant, 'organization')).toMatchObject([
      {
        id: tenant.model.tenant,
        displayName: 'Larkspur Analytics',
        verifiedDomains: [{ name: 'larkspur.example.com', isDefault: true }],
      },
    ]);
    const skus = await itemsOf(tenant, 'subscribedSkus');
    expect(skus[0]).toMatchObject({
      skuPartNumber: 'SPB',
      capabilityStatus: 'Enabled',
      consumedUnits: 60,
      prepaidUnits: { enabled: 65 },
      servicePlans: expect.arrayContaining([
        expect.objectContaining({ servicePlanName: 'AAD_PREMIUM', provisioningStatus: 'Success' }),
        expect.objectContaining({ servicePlanName: 'MCOSTANDARD', provisioningStatus: 'Disabled' }),
      ]) as unknown,
    });
    const plans = tenant.model.skus.flatMap((sku) => sku.plans.map(({ name }) => name));
    expect(plans).toContain('AAD_PREMIUM_P2');
  });
});

describe('the directory audit', () => {
  test('has forty changes of six days, the newest first, each once, with seven digits of a second', async () => {
    const rows = await itemsOf(await start(), audits);
    const times = rows.map((row) => row['activityDateTime'] as string);
    expect(rows).toHaveLength(40);
    expect(new Set(idsOf(rows)).size).toBe(40);
    for (const time of times) expect(time).toMatch(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{7}Z$/);
    expect(times).toEqual(times.toSorted().reverse());
    expect(night.getTime() - Date.parse(times.at(-1)!)).toBeLessThanOrEqual(6 * dayMs);
    expect(new Set(rows.map((row) => row['activityDisplayName'])).size).toBe(5);
    const byProgram = rows.filter((row) => (row['initiatedBy'] as { user: unknown }).user === null);
    expect(byProgram).toHaveLength(5);
  });

  test('is cut by intervals that leave out nothing and tell nothing twice', async () => {
    const tenant = await start();
    const newest = tenant.model.audits.map(({ at }) => at);
    const middle = newest[20]!;
    const told = async (filter: string) =>
      idsOf(await itemsOf(tenant, `${audits}?$top=7&$filter=${encodeURIComponent(filter)}`));
    const all = idsOf(tenant.model.audits);
    expect(await told(`activityDateTime ge ${middle}`)).toEqual(all.slice(0, 21));
    expect(await told(`activityDateTime gt ${middle}`)).toEqual(all.slice(0, 20));
    expect(await told(`activityDateTime lt ${middle}`)).toEqual(all.slice(21));
    expect(await told(`activityDateTime le ${middle}`)).toEqual(all.slice(20));
    expect(await told(`activityDateTime ge ${newest[30]!} and activityDateTime lt ${newest[10]!}`)).toEqual(
      all.slice(11, 31),
    );
    expect(await told('activityDateTime ge 2030-01-01T00:00:00Z')).toEqual([]);
  });

  test.each([
    "category eq 'Policy'",
    'activityDateTime ge yesterday',
    'activityDateTime ne 2026-05-01T00:00:00Z',
  ])('refuses the filter %s and does not pass over it', async (filter) => {
    const answer = await ask(await start(), `${audits}?$filter=${encodeURIComponent(filter)}`);
    expect([answer.status, jsonOf<Refusal>(answer).error.code]).toEqual([400, 'Request_UnsupportedQuery']);
  });
});

describe('limits', () => {
  const statuses = async (tenant: Tenant, path: string, times: number) => {
    const answers: Answer[] = [];
    for (let n = 0; n < times; n += 1) answers.push(await ask(tenant, path));
    return answers.map(({ status, headers }) => [status, headers['retry-after']]);
  };
  const well = (times: number) => Array.from({ length: times }, () => [200, undefined]);

  test('are off unless asked for', async () => {
    expect(await statuses(await start(), audits, 12)).toEqual(well(12));
  });

  test('allow reports and audit logs five requests in ten seconds together, and say how long to wait', async () => {
    const tenant = await start({ limits: publishedLimits });
    expect(await statuses(tenant, registration, 3)).toEqual(well(3));
    tenant.clock.now = new Date(night.getTime() + 4000);
    expect(await statuses(tenant, audits, 3)).toEqual([...well(2), [429, '6']]);
    expect(jsonOf<Refusal>(await ask(tenant, audits)).error.code).toBe('TooManyRequests');
    tenant.clock.now = new Date(night.getTime() + 10_000);
    expect(await statuses(tenant, audits, 4)).toEqual([...well(3), [429, '4']]);
    expect((await ask(tenant, 'users')).status).toBe(200);
  });

  test('allow conditional access one request a second, all applications together, and do not say how long to wait', async () => {
    const tenant = await start({ limits: publishedLimits });
    const [first] = tenant.model.applications;
    const second = { ...first!, clientId: '11111111-1111-4111-8111-111111111111' };
    tenant.model.applications.push(second);
    const token = jsonOf<TokenAnswer>(await signIn(tenant, { client_id: second.clientId }));
    const headers = { authorization: `Bearer ${token.access_token}` };
    expect(await statuses(tenant, access, 2)).toEqual([...well(1), [429, undefined]]);
    expect((await ask(tenant, access, { headers })).status).toBe(429);
    tenant.clock.now = new Date(night.getTime() + 1000);
    expect((await ask(tenant, access, { headers })).status).toBe(200);
    expect((await ask(tenant, access)).status).toBe(429);
    // What is not shared is each application's own.
    expect(await statuses(tenant, audits, 6)).toEqual([...well(5), [429, '10']]);
    expect((await ask(tenant, audits, { headers })).status).toBe(200);
  });

  test('count resource units: users two, licences three, one less with $select and one more with $expand', async () => {
    const identity = { ...publishedLimits.identity, units: 12 };
    const allowed = async (path: string) => {
      const tenant = await start({ limits: { ...publishedLimits, identity } });
      const all = await statuses(tenant, path, 14);
      return all.filter(([status]) => status === 200).length;
    };
    expect(await allowed('users')).toBe(6);
    expect(await allowed('users?$select=id')).toBe(12);
    expect(await allowed('subscribedSkus')).toBe(4);
    expect(await allowed('roleManagement/directory/roleAssignments')).toBe(12);
    expect(await allowed('roleManagement/directory/roleAssignments?$expand=principal')).toBe(6);
    expect(await allowed('organization?$select=id')).toBe(12);
  });
});

describe('a night of every dataset, whatever its tier', () => {
  const clock = new Clock(night.toISOString());
  const outcomes = async (change: (model: Microsoft365Model) => void) => {
    const demo = await startDemo({ seed: 1, now: night, clock: clock.now });
    closing.push(() => demo.close());
    change(demo.company.microsoft365);
    const { certificate: authority } = demo.microsoft365;
    const source = sourcesOf(demo).get('microsoft365')!;
    const judged = await readNight(source, { clock, authorities: [authority], report: () => undefined });
    return new Map(judged.datasets.map(({ dataset, snapshot }) => [dataset, snapshot?.end.outcome]));
  };

  test('reads all of them whole', async () => {
    const found = await outcomes(() => undefined);
    expect([...found].filter(([, outcome]) => outcome !== 'complete')).toEqual([]);
    expect(found.size).toBe(74);
  });

  test('says what was not bought where it was not', async () => {
    const found = await outcomes((model) => {
      model.licences = { p1: false, p2: false, intune: false };
      model.skus = model.skus.filter(({ name }) => name === 'FLOW_FREE');
    });
    const having = (outcome: string) =>
      [...found].flatMap(([dataset, came]) => (came === outcome ? [dataset.split('/')[1]] : []));
    expect(having('not-licensed').sort()).toEqual([
      'access-review-decisions',
      'access-review-instances',
      'access-reviews',
      'administrator-sign-ins',
      'device-compliance-policies',
      'device-management-settings',
      'group-eligibility-schedules',
      'legacy-sign-ins',
      'managed-devices',
      'risk-detections',
      'risky-users',
      'role-assignment-schedules',
      'role-eligibility-schedules',
      'role-management-policies',
      'single-factor-sign-ins',
      'user-registration-details',
      'user-sign-in-activity',
    ]);
  });
});

describe('groups', () => {
  test('name whoever is in them by way of others once, and go round in no circle', async () => {
    const tenant = await start();
    const [, inner, desk] = tenant.model.groups;
    inner!.groups.push(desk!.id);
    const members = await itemsOf(tenant, `groups/${desk!.id}/transitiveMembers`);
    const people = [...desk!.users, ...inner!.users];
    expect(idsOf(members).toSorted()).toEqual([...people, inner!.id, desk!.id].toSorted());
  });

  test('that are not there are not found', async () => {
    expect((await ask(await start(), 'groups/nobody/transitiveMembers')).status).toBe(404);
  });
});

describe('sign-ins', () => {
  test('tell one factor from two in the preview alone, and take no such filter elsewhere', async () => {
    const tenant = await start();
    const filter = encodeURIComponent("authenticationRequirement eq 'singleFactorAuthentication'");
    const rows = await itemsOf(tenant, `../beta/auditLogs/signIns?$filter=${filter}`);
    expect(rows.length).toBeGreaterThan(0);
    expect(new Set(rows.map((row) => row['authenticationRequirement'])).size).toBe(1);
    expect((await ask(tenant, `auditLogs/signIns?$filter=${filter}`)).status).toBe(400);
  });
});

describe('faults', () => {
  const paged = 'users?$top=30';
  const spoilt = async (fault: Fault, path = paged) => {
    const tenant = await start();
    const planted = tenant.server.faults.add({ match: { path: /^\/v1\.0\// }, times: 1, fault });
    const answer = await ask(tenant, path);
    expect(planted.met()).toBe(1);
    return { tenant, page: jsonOf<Page>(answer) };
  };

  test('lead the next page to another place, with the rest of the link as it was', async () => {
    const { tenant, page } = await spoilt({ kind: 'foreign-next', origin: 'https://elsewhere.example' });
    const straight = jsonOf<Page>(await ask(tenant, paged))['@odata.nextLink']!;
    expect(page['@odata.nextLink']).toBe(straight.replace(tenant.server.url, 'https://elsewhere.example'));
    expect(page.value).toHaveLength(30);
  });

  test('lead a page back to itself', async () => {
    const { tenant, page } = await spoilt({ kind: 'repeat-next' });
    expect(page['@odata.nextLink']).toBe(`${tenant.server.url}/v1.0/${paged}`);
    expect(page.value).toHaveLength(30);
  });

  test('empty a page, and leave the count beside it', async () => {
    const tenant = await start();
    tenant.server.faults.add({ match: { path: /\/users/ }, fault: { kind: 'empty-list' } });
    const page = jsonOf<Page>(await ask(tenant, `${paged}&$count=true`, { headers: eventual }));
    expect(page).toEqual({
      '@odata.context': `${tenant.server.url}/v1.0/$metadata#users`,
      '@odata.count': 64,
      value: [],
    });
  });

  test('that find nothing to spoil break the server, and whoever closes it hears of it', async () => {
    const server = await startMicrosoft365(tenantOf(), { now: () => night, certificate: await certificate });
    server.faults.add({ fault: { kind: 'foreign-next', origin: 'https://elsewhere.example' } });
    await expect(send(server, '/v1.0/organization')).rejects.toMatchObject({ code: 'unreachable' });
    await expect(server.close()).rejects.toThrow('the stand-in itself broke');
  });
});
