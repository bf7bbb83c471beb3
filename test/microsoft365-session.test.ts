import { generateKeyPairSync, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Io, Page, Session } from '../collectors/collector.ts';
import { microsoft365 } from '../collectors/microsoft365/index.ts';
import { applicationIn, beyondReading, rolesBeyondReading } from '../collectors/microsoft365/granted.ts';
import { costOf } from '../collectors/microsoft365/limits.ts';
import { identityRequest } from '../collectors/microsoft365/managed-identity.ts';
import {
  cmdlet,
  listing,
  lookup,
  preview,
  single,
  type Config,
  type Request,
  ownApplication,
} from '../collectors/microsoft365/scope.ts';
import { openNetwork } from '../collectors/transport/network.ts';
import { digest } from '../evidence-model/digest.ts';
import { selfSigned } from '../demo/microsoft365/certificate.ts';
import { startSpotless } from './hostile/spotless.ts';

const start = Date.parse('2026-05-04T02:00:00Z');
const organization = single('/organization');
const whoReads = single(`/servicePrincipals(appId='${ownApplication}')`);
const made = await selfSigned(new Date(), 'rsa');
/** What an application proves itself with, as the configuration calls it. */
const rsaCertificate = { privateKey: made.key, certificate: made.cert };

/** A session to the demo's tenant, with a clock that moves when somebody waits. */
async function open(
  settings: object = {},
  change: (demo: Demo) => void = () => undefined,
  {
    minutesBehind = 0,
    environment = {},
    patience = Infinity,
  }: {
    readonly minutesBehind?: number;
    readonly environment?: Record<string, string>;
    /** How many milliseconds are waited for an answer, where that is less than usual. */
    readonly patience?: number;
  } = {},
) {
  let now = start;
  const slept: number[] = [];
  const demo = await startSpotless({
    now: new Date(start),
    clock: () => new Date(now + minutesBehind * 60_000),
  });
  change(demo);
  const { url, tenant, clientId, clientSecret, certificate } = demo.microsoft365;
  const network = openNetwork({ environment: {}, authorities: [certificate] });
  const kept: string[] = [];
  const io: Io = {
    network: {
      ...network,
      send: (request, options) =>
        network.send(request, { ...options, timeoutMs: Math.min(options.timeoutMs, patience) }),
    },
    now: () => new Date(now),
    random: () => 0,
    sleep(milliseconds) {
      slept.push(milliseconds);
      now += milliseconds;
      return Promise.resolve();
    },
    keep(bytes) {
      kept.push(new TextDecoder().decode(bytes));
      return Promise.resolve(digest(bytes));
    },
    environment,
    signal: new AbortController().signal,
  };
  const config = microsoft365.config.parse({
    tenant,
    clientId,
    credential: { clientSecret },
    url,
    authority: url,
    exchange: demo.microsoft365.exchange,
    resolver: demo.microsoft365.resolver,
    ...settings,
  });
  const session = (await microsoft365.connect(
    config as never,
    microsoft365.datasets,
    io,
  )) as Session<Request>;
  onTestFinished(async () => {
    network.close();
    await demo.close();
  });
  const read = async (request: Request): Promise<Page[]> =>
    Array.fromAsync(session.pages(request, { secrets: [], permissions: [] }));
  const pass = (hours: number) => {
    now += hours * 3_600_000;
  };
  return { demo, read, kept, slept, pass };
}
type Demo = Awaited<ReturnType<typeof startSpotless>>;

const problemIn = (page: Page | undefined) => (page && !page.answer.ok ? page.answer.problem : null);

describe('signing in', () => {
  test('with a secret takes one token for many questions, and keeps nothing of it', async () => {
    const { demo, read, kept } = await open();
    const [first] = await read(organization);
    await Promise.all([read(organization), read(organization)]);
    expect(first?.answer.ok).toBe(true);
    expect(first?.asides.map(({ withheld, artifact }) => [withheld, artifact])).toEqual([
      ['credentials', null],
      ['credentials', null],
    ]);
    expect(demo.microsoft365.server.log.filter(({ url }) => url.includes('/token')).length).toBe(1);
    expect(kept.join()).not.toContain('access_token');
    expect(JSON.stringify(first)).not.toContain(demo.microsoft365.clientSecret);
  });

  test('with a certificate shows that the key is held, and never the key', async () => {
    const { privateKey, certificate } = rsaCertificate;
    const { read } = await open({ credential: { privateKey, certificate } }, ({ company }) => {
      company.microsoft365.applications[0]!.certificate = certificate;
    });
    expect((await read(organization))[0]?.answer.ok).toBe(true);
  });

  describe('with what the platform wrote of it', () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const claims = {
      iss: 'https://oidc.example.com/cluster',
      sub: 'system:serviceaccount:exhibit:exhibit',
      aud: 'api://AzureADTokenExchange',
      exp: start / 1000 + 3600,
    };
    const assertionOf = (said: object, key = privateKey) => {
      const text = [{ alg: 'RS256' }, said]
        .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
        .join('.');
      return `${text}.${sign('sha256', Buffer.from(text), key).toString('base64url')}`;
    };
    const openWith = (assertion: string, clock?: Parameters<typeof open>[2]) =>
      open(
        { credential: { assertion } },
        ({ company }) => {
          company.microsoft365.applications[0]!.federated = {
            issuer: claims.iss,
            subject: claims.sub,
            publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
          };
        },
        clock,
      );

    test.each([
      [10, 'the clock of this machine is 10 minutes behind'],
      [-10, 'the clock of this machine is 10 minutes ahead'],
    ])('by a clock that is %i minutes off it says so where it is refused', async (minutesBehind, text) => {
      const late = assertionOf({ ...claims, exp: (start + Math.min(0, minutesBehind) * 60_000) / 1000 });
      const { read } = await openWith(late, { minutesBehind });
      expect(problemIn((await read(organization))[0])?.text).toContain(text);
    });

    test('by a clock that is ten minutes off it signs in all the same, where Entra takes it', async () => {
      const { read } = await openWith(assertionOf(claims), { minutesBehind: 10 });
      expect((await read(organization))[0]?.answer.ok).toBe(true);
    });

    test('it signs in, and nothing of that is kept', async () => {
      const assertion = assertionOf(claims);
      const { read, kept } = await openWith(assertion);
      const pages = await read(organization);
      expect(pages[0]?.answer.ok).toBe(true);
      expect(kept.join() + JSON.stringify(pages)).not.toContain(assertion.slice(-40));
    });

    test.each([
      [
        'another subject',
        assertionOf({ ...claims, sub: 'system:serviceaccount:other:other' }),
        /AADSTS700213/,
      ],
      ['another audience', assertionOf({ ...claims, aud: 'https://example.com' }), /AADSTS700212/],
      [
        'what is past its time',
        assertionOf({ ...claims, exp: start / 1000 - 1 }),
        /past its time.*AADSTS700024/,
      ],
      [
        'another issuer’s key',
        assertionOf(claims, generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey),
        /AADSTS50013/,
      ],
    ])('%s is refused, and it is said why', async (_, assertion, text) => {
      const { read } = await openWith(assertion);
      const [page] = await read(organization);
      expect(problemIn(page)).toMatchObject({ outcome: 'denied', reason: 'credentials-refused' });
      expect(problemIn(page)?.text).toMatch(text);
    });
  });

  describe('as what runs in Azure', () => {
    /** Answers as App Service does, with a token of the tenant. */
    async function machine(answer: (token: string) => { status: number; body: object }, more: object = {}) {
      const seen: { url: string; header: unknown }[] = [];
      let token = '';
      const server = createServer((request, response) => {
        seen.push({ url: request.url ?? '', header: request.headers['x-identity-header'] });
        const { status, body } = answer(token);
        response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const environment = {
        IDENTITY_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}/msi/token`,
        IDENTITY_HEADER: 'known-to-this-machine-alone',
      };
      onTestFinished(async () => {
        await new Promise((resolve) => server.close(resolve));
      });
      const settings = { credential: { managedIdentity: 'system-assigned' }, ...more };
      const opened = await open(settings, () => undefined, { environment });
      token = await tokenOf(opened.demo);
      return { ...opened, seen };
    }
    async function tokenOf({ microsoft365: { url, tenant, clientId, clientSecret, certificate } }: Demo) {
      const network = openNetwork({ environment: {}, authorities: [certificate] });
      const body = new URLSearchParams({
        grant_type: 'client_credentials',
        client_id: clientId,
        client_secret: clientSecret,
        scope: `${url}/.default`,
      });
      const { bytes } = await network.send(
        {
          method: 'POST',
          url: new URL(`${url}/${tenant}/oauth2/v2.0/token`),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          body: new TextEncoder().encode(body.toString()),
        },
        { timeoutMs: 5000, maxBytes: 10_000, signal: new AbortController().signal },
      );
      network.close();
      return (JSON.parse(new TextDecoder().decode(bytes)) as { access_token: string }).access_token;
    }
    const issued = (token: string) => ({
      status: 200,
      body: {
        access_token: token,
        expires_on: String(Math.floor(Date.now() / 1000) + 3600),
        resource: 'graph',
        token_type: 'Bearer',
      },
    });

    test('it asks the machine for a token and nobody for a secret, and nothing of that is kept', async () => {
      const { demo, read, seen, kept } = await machine(issued);
      const pages = await read(organization);
      expect(pages[0]?.answer.ok).toBe(true);
      expect(seen).toHaveLength(1);
      expect(seen[0]?.header).toBe('known-to-this-machine-alone');
      expect(new URL(`http://x${seen[0]?.url ?? ''}`).searchParams.get('resource')).toBe(
        demo.microsoft365.url,
      );
      const told = kept.join() + JSON.stringify(pages);
      expect(told).not.toContain('known-to-this-machine-alone');
      expect(told).not.toContain('access_token');
    });

    test('who reads is the application that its token names, whatever the settings say', async () => {
      const { demo, read } = await machine(issued, { clientId: '11111111-2222-4333-8444-555555555555' });
      const [page] = await read(whoReads);
      expect(page?.answer).toMatchObject({ ok: true, value: { appId: demo.microsoft365.clientId } });
      expect(decodeURIComponent(page?.exchange?.url ?? '')).toContain(
        `appId='${demo.microsoft365.clientId}'`,
      );
    });

    test('where its token names none, nobody is asked who reads', async () => {
      const { demo, read } = await machine(() => issued('opaque'));
      expect(problemIn((await read(whoReads))[0])?.text).toMatch(/token does not say which application/);
      expect(demo.microsoft365.server.log.some(({ url }) => url.includes('servicePrincipals'))).toBe(false);
    });

    test('a virtual machine is asked at the place that every one has, and one of the user’s own by name', () => {
      const config = (managedIdentity: string) =>
        microsoft365.config.parse({
          tenant: 'example.com',
          clientId: '00000000-0000-4000-8000-000000000000',
          credential: { managedIdentity },
        }) as Config;
      expect(identityRequest(config('user-assigned'), 'https://graph.microsoft.com', {})).toEqual({
        url: 'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https%3A%2F%2Fgraph.microsoft.com&client_id=00000000-0000-4000-8000-000000000000',
        headers: { metadata: 'true' },
      });
      expect(identityRequest(config('system-assigned'), 'https://graph.microsoft.com', {}).url).not.toContain(
        'client_id',
      );
    });

    test.each(['localhost/msi token', '', 'https://somewhere.example/msi/token'])(
      'a place of it that is not on the machine (%j) is refused before anything is asked',
      async (place) => {
        const environment = { IDENTITY_ENDPOINT: place, IDENTITY_HEADER: 'known-to-this-machine-alone' };
        const opened = open({ credential: { managedIdentity: 'system-assigned' } }, () => undefined, {
          environment,
        });
        await expect(opened).rejects.toThrow('IDENTITY_ENDPOINT is not a place on this machine');
      },
    );

    test.each([
      ['without the header', {}],
      ['with an empty header', { IDENTITY_HEADER: '' }],
    ])('a place of it %s is refused before anything is asked', async (_, header) => {
      const environment = { IDENTITY_ENDPOINT: 'http://127.0.0.1:40342/token', ...header };
      const opened = open({ credential: { managedIdentity: 'system-assigned' } }, () => undefined, {
        environment,
      });
      await expect(opened).rejects.toThrow('IDENTITY_ENDPOINT is set and IDENTITY_HEADER is not');
    });

    test('without an identity it says so', async () => {
      const { read } = await machine(() => ({
        status: 400,
        body: { error: 'invalid_request', error_description: 'Identity not found' },
      }));
      const [page] = await read(organization);
      expect(problemIn(page)).toMatchObject({ outcome: 'denied', reason: 'credentials-refused' });
      expect(problemIn(page)?.text).toMatch(/cannot sign in .invalid_request/);
    });
  });

  test('with the key of another certificate is refused', async () => {
    const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
    const privateKey = other.export({ type: 'pkcs8', format: 'pem' }).toString();
    const { certificate } = rsaCertificate;
    const { read } = await open({ credential: { privateKey, certificate } }, ({ company }) => {
      company.microsoft365.applications[0]!.certificate = certificate;
    });
    expect(problemIn((await read(organization))[0])?.text).toMatch(/certificate.*AADSTS700027/);
  });

  test.each([
    ['a wrong secret', { credential: { clientSecret: 'wrong' } }, /secret is wrong.*AADSTS7000215/],
    [
      'an unknown application',
      { clientId: '00000000-0000-4000-8000-000000000000' },
      /not known in this tenant.*AADSTS700016/,
    ],
    ['an unknown tenant', { tenant: 'nobody.example.com' }, /no such tenant.*AADSTS90002/],
  ])('with %s says what to do', async (_, settings, text) => {
    const { read } = await open(settings);
    const [page] = await read(organization);
    expect(problemIn(page)).toMatchObject({ outcome: 'denied', reason: 'credentials-refused' });
    expect(problemIn(page)?.text).toMatch(text);
  });

  const tokensAsked = ({ microsoft365: { server } }: Demo) =>
    server.log.filter(({ url }) => url.includes('/token')).length;

  test('again, where the token no longer counts in the middle of the night, is one request for all who ask', async () => {
    const { demo, read, pass } = await open();
    expect((await read(organization))[0]?.answer.ok).toBe(true);
    pass(2);
    const pages = (await Promise.all([1, 2, 3].map(() => read(organization)))).flat();
    expect(pages.map(({ answer }) => answer.ok)).toEqual([true, true, true]);
    expect(pages.flatMap(({ asides }) => asides.map(({ status }) => status))).toContain(401);
    expect(tokensAsked(demo)).toBe(2);
  });

  test('again, for one who joins somebody that is given the refused token, does not end there', async () => {
    const { read, pass } = await open();
    await read(organization);
    pass(2);
    const pages = (await Promise.all(Array.from({ length: 8 }, () => read(organization)))).flat();
    expect(pages.map(({ answer }) => answer.ok)).toEqual(pages.map(() => true));
  });

  test('again with a secret that was taken back meanwhile is refused, and what to do is said', async () => {
    const { demo, read, pass } = await open();
    expect((await read(organization))[0]?.answer.ok).toBe(true);
    demo.company.microsoft365.applications[0]!.secret.value = 'another';
    pass(2);
    const [page] = await read(organization);
    expect(problemIn(page)).toMatchObject({ outcome: 'denied', reason: 'credentials-refused' });
    expect(problemIn(page)?.text).toMatch(/secret is wrong.*AADSTS7000215/);
  });

  test('with a certificate that has ended is not tried', async () => {
    const old = await selfSigned(new Date('2020-02-02T00:00:00Z'), 'rsa');
    const { demo, read } = await open({ credential: { privateKey: old.key, certificate: old.cert } });
    const [page] = await read(organization);
    expect(problemIn(page)).toMatchObject({ outcome: 'denied', reason: 'credentials-refused' });
    expect(problemIn(page)?.text).toMatch(
      /by the clock of this machine the certificate ended on 202\d-\d\d-\d\d: make a new one/,
    );
    expect(tokensAsked(demo)).toBe(0);
  });

  test('with a secret that has expired says so', async () => {
    const { read } = await open({}, ({ company }) => {
      company.microsoft365.applications[0]!.secret.expiresAt = '2026-05-01T00:00:00Z';
    });
    expect(problemIn((await read(organization))[0])?.text).toMatch(/expired.*AADSTS7000222/);
  });

  test('as an application that may also write is refused, and what must be taken away is named', async () => {
    const { demo, read } = await open({}, ({ company }) => {
      company.microsoft365.applications[0]!.permissions.push('User.ReadWrite.All', 'Mail.Send', 'Mail.Read');
    });
    const [page] = await read(organization);
    expect(problemIn(page)).toMatchObject({ outcome: 'failed', reason: 'refused-request' });
    expect(problemIn(page)?.text).toMatch(/take Mail\.Send, User\.ReadWrite\.All away from it$/);
    expect(demo.microsoft365.server.log.some(({ url }) => url.startsWith('/v1.0/'))).toBe(false);
  });

  test.each([
    [
      'reads, however finely',
      ['User.ReadBasic.All', 'Policy.Read.ConditionalAccess', 'AuditLog.Read.All'],
      [],
    ],
    ['writes', ['Application.ReadWrite.OwnedBy', 'RoleManagement.ReadWrite.Directory'], 'all'],
    [
      'acts, manages or may be anything',
      ['Mail.Send', 'Exchange.ManageAsApp', 'Sites.Selected', 'full_access_as_app'],
      'all',
    ],
    ['only begins like reading', ['User.Readonly', 'User.ReadAndWrite.All'], 'all'],
  ])('a permission that %s', (_, roles, more) => {
    const token = `e30.${Buffer.from(JSON.stringify({ roles })).toString('base64url')}.x`;
    expect(beyondReading(token)).toEqual(more === 'all' ? roles.toSorted() : more);
  });

  test('a directory role that is not known to read only counts as more than reading', () => {
    const [reader, administrator] = [
      'f2ef992c-3afb-46b9-b7cf-a126ee74c451',
      '29232cdf-9323-42fd-ade2-1d097af3e4de',
    ];
    const token = (wids: readonly string[]) =>
      `e30.${Buffer.from(JSON.stringify({ wids })).toString('base64url')}.x`;
    expect(rolesBeyondReading(token([reader]))).toEqual([]);
    expect(rolesBeyondReading(token([reader, administrator]))).toEqual([`directory-role:${administrator}`]);
  });

  test('a claim that is of no use hides no other one', () => {
    const token = (claims: object) => `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
    expect(beyondReading(token({ roles: ['Mail.Send'], wids: 7 }))).toEqual(['Mail.Send']);
    expect(beyondReading(token({ roles: 'Mail.Send' }))).toEqual(['Mail.Send']);
    expect(rolesBeyondReading(token({ roles: {}, wids: ['another'] }))).toEqual(['directory-role:another']);
  });

  test('who reads is asked of by the id that the settings name, where the token names none', async () => {
    const { demo, read } = await open();
    const [page] = await read(whoReads);
    expect(page?.answer).toMatchObject({ ok: true, value: { appId: demo.microsoft365.clientId } });
    const claims = (said: object) => `e30.${Buffer.from(JSON.stringify(said)).toString('base64url')}.x`;
    expect(applicationIn(claims({ appid: 'one' }))).toBe('one');
    expect(applicationIn(claims({ azp: 'two' }))).toBe('two');
    for (const token of ['opaque', claims({}), claims({ appid: 7, azp: '' })])
      expect(applicationIn(token)).toBeNull();
  });

  test('a token that cannot be read names no permission', () => {
    for (const token of ['', 'opaque', 'a.b.c', `e30.${Buffer.from('{}').toString('base64url')}.x`])
      expect(beyondReading(token)).toEqual([]);
  });

  test('where Entra is down is a failure that may pass, not a refusal', async () => {
    const { demo, read } = await open();
    demo.microsoft365.server.faults.add({ match: { path: /token/ }, fault: { kind: 'answer', status: 503 } });
    expect(problemIn((await read(organization))[0])).toMatchObject({
      outcome: 'failed',
      reason: 'server-error',
    });
  });
});

describe('Exchange Online', () => {
  const ask = cmdlet('Get-RemoteDomain');
  const openExchange = async (find?: string, by = '') => {
    const opened = await open({}, ({ microsoft365: { server } }) => {
      if (find !== undefined)
        server.faults.add({ match: { path: /InvokeCommand/ }, fault: { kind: 'replace', find, by } });
    });
    return opened;
  };

  test('answers a cmdlet that gets something, with a token of its own', async () => {
    const { read, demo } = await openExchange();
    const [page, ...more] = await read(ask);
    expect(page?.answer.ok).toBe(true);
    expect(page?.exchange).toMatchObject({ method: 'POST', operation: 'Get-RemoteDomain', status: 200 });
    expect(more).toEqual([]);
    expect(demo.microsoft365.server.log.filter(({ url }) => url.includes('/token')).length).toBe(1);
  });

  const tokensFor = ({ microsoft365: { server } }: Demo) =>
    server.log.filter(({ url }) => url.includes('/token')).length;

  test('is asked again with a new token where that of the evening no longer counts', async () => {
    const { read, demo, pass } = await openExchange();
    await read(ask);
    pass(2);
    const pages = (await Promise.all([1, 2, 3].map(() => read(ask)))).flat();
    expect(pages.map(({ answer }) => answer.ok)).toEqual([true, true, true]);
    expect(pages.flatMap(({ asides }) => asides.map(({ status }) => status))).toContain(401);
    expect(tokensFor(demo)).toBe(2);
  });

  test('with a secret that was taken back meanwhile says so, and its word alone is no reason to ask for ever', async () => {
    const { read, demo, pass } = await openExchange();
    await read(ask);
    demo.company.microsoft365.applications[0]!.secret.value = 'another';
    pass(2);
    expect(problemIn((await read(ask))[0])?.text).toMatch(/secret is wrong.*AADSTS7000215/);
    const refused = await openExchange();
    const fault = { kind: 'answer', status: 401 } as const;
    refused.demo.microsoft365.server.faults.add({ match: { path: /InvokeCommand/ }, fault });
    expect(problemIn((await refused.read(ask))[0])).toMatchObject({ reason: 'credentials-refused' });
    expect(tokensFor(refused.demo)).toBe(2);
  });

  test.each([
    [
      'more than one page',
      '"@adminapi.warnings":[]',
      '"@adminapi.warnings":[],"@odata.nextLink":{"href":"x"}',
      'more than it gives at once',
    ],
    [
      'a warning',
      '"@adminapi.warnings":[]',
      '"@adminapi.warnings":["There are more."]',
      'a warning along with its answer',
    ],
    ['no list', '"value":[', '"other":[', 'is not understood'],
  ])('with %s does not give all that there is', async (_, find, by, text) => {
    const { read } = await openExchange(find, by);
    const pages = await read(ask);
    expect(problemIn(pages.at(-1))?.text).toContain(text);
  });

  test('is asked nothing that does anything', async () => {
    const { read } = await openExchange();
    for (const name of ['Set-RemoteDomain', 'Get-RemoteDomain; Remove-Mailbox'])
      await expect(read({ ...ask, cmdlet: name as 'Get-X' })).rejects.toThrow(
        'no cmdlet that gets something',
      );
  });
});

describe('a resolver', () => {
  const ask = lookup('TXT', 'larkspur.example.com');
  test('that does not answer in time is asked again, and is a failure where that goes on', async () => {
    const { read, demo } = await open({}, () => undefined, { patience: 1000 });
    const late = { kind: 'delay', ms: 4000 } as const;
    demo.microsoft365.server.faults.add({ match: { path: /dns-query/ }, times: 1, fault: late });
    expect((await read(ask))[0]?.answer.ok).toBe(true);
    demo.microsoft365.server.faults.add({ match: { path: /dns-query/ }, fault: late });
    expect(problemIn((await read(ask))[0])).toMatchObject({ outcome: 'failed', reason: 'timed-out' });
  });
});

describe('limits', () => {
  test('of reports are kept by our own doing', async () => {
    const { read, slept } = await open();
    for (let n = 0; n < 12; n += 1)
      await read(single('/reports/authenticationMethods/userRegistrationDetails'));
    const waited = slept.reduce((sum, ms) => sum + ms, 0);
    expect(waited).toBeGreaterThanOrEqual(13_000); // 5 at once, then one every two seconds
  });

  test('a fraction of a second that Microsoft asks for is waited', async () => {
    const { demo, read, slept } = await open();
    const fault = { kind: 'answer', status: 429, headers: { 'retry-after': '2.128' } } as const;
    demo.microsoft365.server.faults.add({ match: { path: /organization/ }, times: 1, fault });
    expect((await read(organization))[0]?.answer.ok).toBe(true);
    expect(slept).toEqual([2128]);
  });

  test.each([
    ['/v1.0/users?$select=id', 'identity', 1],
    ['/v1.0/users', 'identity', 2],
    ['/v1.0/subscribedSkus', 'identity', 3],
    ['/v1.0/roleManagement/directory/roleAssignments?$expand=principal', 'identity', 2],
    ['/v1.0/users/1/authentication/methods', 'identity', 1],
    ['/v1.0/groups/1/transitiveMembers', 'identity', 5],
    ['/v1.0/groups/1/transitiveMembers?$select=id', 'identity', 4],
    ['/v1.0/applications?$select=id', 'identity', 1],
    ['/v1.0/identity/conditionalAccess/policies', 'conditional-access', 1],
    ['/v1.0/identityProtection/riskyUsers', 'conditional-access', 1],
    ['/v1.0/identity/identityProviders', 'identity', 1],
    ['/v1.0/security/secureScores?$top=1', 'security', 1],
    ['/v1.0/deviceManagement', 'devices', 1],
    ['/v1.0/deviceManagement/managedDevices', 'devices', 1],
    ['/beta/auditLogs/signIns', 'reports', 1],
    ['/v1.0/auditLogs/directoryAudits', 'reports', 1],
  ])('%s counts against %s for %i', (path, limit, cost) => {
    expect(costOf(new URL(path, 'https://graph.microsoft.com'))).toEqual({ limit, cost });
  });
});

describe('what no dataset declares', () => {
  test('of the preview is not sent, but for the two things that are named', async () => {
    const { demo, read } = await open();
    const asked = preview('/auditLogs/signIns', { $top: '1' });
    expect((await read(asked))[0]?.answer.ok).toBe(true);
    const user = `/users/${demo.company.microsoft365.users[0]!.id}/authentication/requirements` as const;
    expect((await read({ ...single(user), version: 'beta' }))[0]?.answer.ok).toBe(true);
    for (const path of ['/users', '/auditLogs/signIns/1', '/users/1/2/authentication/requirements'] as const)
      await expect(read({ ...asked, path })).rejects.toThrow(/outside the API/);
  });

  test('is not sent: another version, another host', async () => {
    const { read } = await open();
    await expect(read({ ...listing('/users'), path: '/../beta/users' })).rejects.toThrow(/outside the API/);
  });
});
