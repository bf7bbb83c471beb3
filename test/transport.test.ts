import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Io } from '../collectors/collector.ts';
import { Budget } from '../collectors/transport/budget.ts';
import { Window, type WindowLimit } from '../collectors/transport/window.ts';
import { lasting, NetworkFailure, openNetwork, type Outgoing } from '../collectors/transport/network.ts';
import { blank } from '../collectors/transport/redact.ts';
import { Transport, UndeclaredRequest, type Call, type Retry } from '../collectors/transport/transport.ts';
import { digest } from '../evidence-model/digest.ts';

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function made({
  origins,
  retry = () => null,
  refuse = () => null,
  environment = {},
  authorities = [],
  timeoutMs = 2000,
  maxBytes = 10_000,
  signal = new AbortController().signal,
}: {
  origins: readonly string[];
  retry?: Retry;
  refuse?: () => string | null;
  environment?: Record<string, string>;
  authorities?: readonly string[];
  timeoutMs?: number;
  maxBytes?: number;
  signal?: AbortSignal;
}) {
  const kept = new Map<string, Buffer>();
  const waited: number[] = [];
  const network = openNetwork({ environment, authorities });
  onTestFinished(() => network.close());
  const io: Io = {
    network,
    now: () => new Date(Date.now() + waited.reduce((sum, each) => sum + each, 0)),
    random: () => 0,
    sleep: (milliseconds) => {
      waited.push(milliseconds);
      return Promise.resolve();
    },
    keep: (bytes) => {
      kept.set(digest(bytes), Buffer.from(bytes));
      return Promise.resolve(digest(bytes));
    },
    environment,
    signal,
  };
  const budget = new Budget({ perSecond: 1e6, burst: 1e6, width: 4 }, io);
  return {
    transport: new Transport({ io, origins, refuse, budget: () => budget, retry, timeoutMs, maxBytes }),
    kept,
    waited,
  };
}

const call = (changes: Partial<Call> = {}): Call & { exchanges: unknown[] } => ({
  operation: null,
  input: null,
  credentials: false,
  secrets: [],
  cost: 1,
  exchanges: [],
  ...changes,
});
const get = (url: string, changes: Partial<Outgoing> = {}): Outgoing => ({
  method: 'GET',
  url: new URL(url),
  headers: { authorization: 'Bearer hush' },
  body: null,
  ...changes,
});
const failureOf = (sent: Promise<unknown>) =>
  sent.then(
    () => 'answered',
    (error: unknown) => (error instanceof NetworkFailure ? error.code : (error as Error).name),
  );

describe('what goes out', () => {
  test.each([
    ['another host', () => get('http://127.0.0.2:1/'), null],
    ['another scheme', (url: string) => get(url.replace('http:', 'https:')), null],
    ['credentials in the address', (url: string) => get(url.replace('//', '//me:hush@')), null],
    ['a write', (url: string) => get(url, { method: 'DELETE' }), null],
    ['what the session refuses', (url: string) => get(url), 'no dataset declares it'],
  ])('%s is refused at once, never sent and never retried', async (_, request, refusal) => {
    let asked = 0;
    const url = await serve((__, response) => {
      asked += 1;
      response.end('{}');
    });
    const { transport, waited } = made({ origins: [url], retry: () => 1, refuse: () => refusal });
    await expect(transport.send(request(url), call())).rejects.toThrow(UndeclaredRequest);
    expect([asked, waited.length]).toEqual([0, 0]);
  });

  test('plain HTTP goes to loopback only', async () => {
    const { transport } = made({ origins: ['http://example.com'] });
    await expect(transport.send(get('http://example.com/'), call())).rejects.toThrow(/loopback/);
  });
});

describe('what comes back', () => {
  test('is kept before anyone reads it, without the coding, with the facts and without the headers that were sent', async () => {
    const url = await serve((_, response) => {
      response.writeHead(200, { 'content-encoding': 'gzip', 'x-github-request-id': 'A1', etag: '"e"' });
      response.end(gzipSync('{"a":1}'));
    });
    const { transport, kept } = made({ origins: [url] });
    const one = call();
    const { bytes } = await transport.send(get(`${url}/x?y=1`), one);
    expect(Buffer.from(bytes).toString()).toBe('{"a":1}');
    expect([...kept.values()].map(String)).toEqual(['{"a":1}']);
    expect(one.exchanges).toMatchObject([
      {
        method: 'GET',
        url: `${url}/x?y=1`,
        status: 200,
        requestId: 'A1',
        etag: '"e"',
        bytes: 7,
        artifact: digest('{"a":1}'),
      },
    ]);
    expect(JSON.stringify(one.exchanges)).not.toContain('hush');
  });

  test('is never kept where it is a credential', async () => {
    const url = await serve((_, response) => response.end('{"token":"hush"}'));
    const { transport, kept } = made({ origins: [url] });
    const one = call({ credentials: true });
    await transport.send(get(url), one);
    expect(kept.size).toBe(0);
    expect(one.exchanges).toMatchObject([{ artifact: null, withheld: 'credentials' }]);
  });

  test('is blanked where a value is declared secret, and those who read it see the blank', async () => {
    const body = {
      functions: [
        { name: 'a', env: { KEY: 'hush', OTHER: 'hush' } },
        { name: 'b', env: null },
      ],
      note: 'a KEY is not a secret here',
    };
    const url = await serve((_, response) => response.end(JSON.stringify(body)));
    const { transport, kept } = made({ origins: [url] });
    const one = call({ secrets: ['/functions/*/env/*'] });
    const { bytes } = await transport.send(get(url), one);
    const text = Buffer.from(bytes).toString();
    expect(text).not.toContain('hush');
    expect(text).toContain(blank);
    expect(text).toContain('a KEY is not a secret here');
    expect([...kept.values()].map(String)).toEqual([text]);
    expect(one.exchanges).toMatchObject([{ redacted: ['/functions/0/env/KEY', '/functions/0/env/OTHER'] }]);
  });

  test('is kept without what is in the elements of XML that hold secrets', async () => {
    const body =
      '<L><Value>hush</Value><Values>told</Values><Value a="b">\n<M>hush</M></Value><Value></Value></L>';
    const url = await serve((_, response) => response.end(body));
    const { transport, kept } = made({ origins: [url] });
    const one = call({ secrets: ['<Value>'] });
    await transport.send(get(url), one);
    const hidden = `<Value>${blank}</Value>`;
    const text = `<L>${hidden}<Values>told</Values>${hidden}${hidden}</L>`;
    expect([...kept.values()].map(String)).toEqual([text]);
    expect(one.exchanges).toMatchObject([{ redacted: ['/Value/0', '/Value/1', '/Value/2'] }]);
  });

  test.each([
    ['ends in one', '<L><Value>hush'],
    ['has one too many ends', '<L><Value>told</Value>hush</Value></L>'],
  ])('is not kept where an element that holds secrets is not whole: it %s', async (_, body) => {
    const url = await serve((__, response) => response.end(body));
    const { transport, kept } = made({ origins: [url] });
    expect(await failureOf(transport.send(get(url), call({ secrets: ['<Value>'] })))).toBe('cut-off');
    expect(kept.size).toBe(0);
  });

  test('is not kept at all where it holds secrets and cannot be read to blank them', async () => {
    const url = await serve((_, response) => response.end('{"functions":[{"env":{"KEY":"hush"'));
    const { transport, kept } = made({ origins: [url] });
    expect(await failureOf(transport.send(get(url), call({ secrets: ['/functions/*/env/*'] })))).toBe(
      'cut-off',
    );
    expect(kept.size).toBe(0);
  });

  test.each([
    ['a token', { authorization: 'Bearer hush-hush-hush' }, 'hush-hush-hush'],
    ['a token of a session', { 'x-amz-security-token': 'FwoG/hush+hush=' }, 'FwoG/hush+hush='],
    ['a token as a URL has it', { 'x-amz-security-token': 'FwoG/hush+hush=' }, 'FwoG%2Fhush%2Bhush%3D'],
    [
      'a signature',
      { authorization: 'AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=0123456789' },
      '0123456789',
    ],
    ['a cookie', { cookie: 'session=hush-hush-hush' }, 'session=hush-hush-hush'],
  ])('a refusal that repeats %s is not kept, and is read without it', async (_, headers, secret) => {
    const url = await serve((__, response) => {
      response.writeHead(403, { etag: secret, 'request-id': `for ${secret}` }).end(`{"said":"${secret}"}`);
    });
    const { transport, kept } = made({ origins: [url] });
    const one = call();
    const { bytes } = await transport.send(get(url, { headers }), one);
    expect(new TextDecoder().decode(bytes)).toBe(`{"said":"${blank}"}`);
    expect([...kept.values()]).toEqual([]);
    expect(one.exchanges).toMatchObject([
      { withheld: 'credentials', artifact: null, etag: null, requestId: null },
    ]);
  });

  test('a success that repeats credentials is none', async () => {
    const url = await serve((request, response) => response.end(JSON.stringify(request.headers)));
    const { transport, kept } = made({ origins: [url] });
    const headers = { authorization: 'Bearer hush-hush-hush' };
    const one = call();
    expect(await failureOf(transport.send(get(url, { headers }), one))).toBe('repeats-credentials');
    expect([...kept.values()]).toEqual([]);
    expect(JSON.stringify(one.exchanges)).not.toContain('hush');
  });
});

describe('what does not come back whole', () => {
  const answers: readonly (readonly [string, string, RequestListener])[] = [
    [
      'a body that is cut off',
      'cut-off',
      (_, response) => {
        response.writeHead(200, { 'content-length': '100' });
        response.write('half', () => response.destroy());
      },
    ],
    [
      'a body that is cut off inside gzip',
      'cut-off',
      (_, response) => {
        response.writeHead(200, { 'content-encoding': 'gzip' });
        response.end(gzipSync('x'.repeat(5000)).subarray(0, 20));
      },
    ],
    [
      'a coding that nobody asked for',
      'cut-off',
      (_, response) => {
        response.writeHead(200, { 'content-encoding': 'zstd' });
        response.end('x');
      },
    ],
    ['a body that is too large', 'too-large', (_, response) => response.end('x'.repeat(20_000))],
    ['an answer that never comes', 'timed-out', () => undefined],
    ['a connection that is dropped', 'unreachable', (request) => request.socket.destroy()],
  ];
  test.each(answers)('%s is a failure, recorded as one: %s', async (_, code, listener) => {
    const url = await serve(listener);
    const { transport, kept } = made({ origins: [url], timeoutMs: 300 });
    const one = call();
    expect(await failureOf(transport.send(get(url), one))).toBe(code);
    expect(kept.size).toBe(0);
    expect(one.exchanges).toMatchObject([
      { artifact: null, failure: expect.stringContaining(code) as string },
    ]);
  });

  test('is asked for again only as often as the rule says, and each attempt is on record', async () => {
    let asked = 0;
    const url = await serve((_, response) => {
      asked += 1;
      response.writeHead(asked < 3 ? 503 : 200).end('{}');
    });
    const { transport, waited } = made({
      origins: [url],
      retry: (attempt, outcome) =>
        !(outcome instanceof NetworkFailure) && outcome.status === 503 && attempt < 5 ? attempt * 100 : null,
    });
    const one = call();
    expect((await transport.send(get(url), one)).status).toBe(200);
    expect(waited).toEqual([100, 200]);
    expect(one.exchanges).toHaveLength(3);
  });

  test('a host that is down is not asked again and again for each request, and is asked again when it is there', async () => {
    const server = createServer((_, response) => response.end('{}'));
    const listening = () => new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    let port = 0;
    await listening();
    port = (server.address() as AddressInfo).port;
    await new Promise((resolve) => server.close(resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `http://127.0.0.1:${port}`;
    const { transport, waited } = made({
      origins: [url],
      retry: (_, outcome) =>
        outcome instanceof NetworkFailure && !lasting.includes(outcome.code) ? 1000 : null,
    });
    expect(await failureOf(transport.send(get(url), call()))).toBe('down');
    // Ten seconds of it say that it is down.
    expect(waited).toHaveLength(10);
    for (let n = 0; n < 50; n += 1) expect(await failureOf(transport.send(get(url), call()))).toBe('down');
    expect(waited).toHaveLength(10);
    await listening();
    expect((await transport.send(get(url), call())).status).toBe(200);
  });

  test('many requests that are refused together, for a moment, do not make a host down', async () => {
    const { url, transport } = await refusing();
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, () => failureOf(transport.send(get(url), call()))),
    );
    expect(outcomes).toEqual(Array.from({ length: 20 }, () => 'unreachable'));
  });

  /** A host that nobody listens at, asked twice. */
  async function refusing() {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    await new Promise((resolve) => server.close(resolve));
    const retry: Retry = (attempt, outcome) =>
      attempt < 2 && outcome instanceof NetworkFailure && !lasting.includes(outcome.code) ? 10 : null;
    return { url, ...made({ origins: [url], retry }) };
  }

  test('a stop ends a request at once', async () => {
    const stop = new AbortController();
    const url = await serve(() => stop.abort());
    const { transport } = made({ origins: [url], signal: stop.signal, retry: () => 0, timeoutMs: 60_000 });
    expect(await failureOf(transport.send(get(url), call()))).toBe('aborted');
  });
});

describe('on the way', () => {
  test('what is on this machine is asked without the proxy of the environment, which would be told what is nobody’s business', async () => {
    const url = await serve((_, response) => response.end('"direct"'));
    const through: string[] = [];
    const proxy = await serve((request, response) => {
      through.push(request.url ?? '');
      response.end('"by way of a proxy"');
    });
    const { transport } = made({ origins: [url], environment: { HTTP_PROXY: proxy } });
    expect(new TextDecoder().decode((await transport.send(get(`${url}/a`), call())).bytes)).toBe('"direct"');
    expect(through).toEqual([]);
  });

  test.each(['http://127.evil.example/', 'http://localhost.evil.example/', 'http://1270.0.0.1.example/'])(
    'plain HTTP is not spoken with %s',
    async (url) => {
      const { transport } = made({ origins: [url] });
      await expect(transport.send(get(url), call())).rejects.toThrow('plain HTTP is for loopback only');
    },
  );

  test('a private certificate authority is trusted where it is named, through a tunnel too, and nowhere else', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'exhibit-ca-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    execFileSync(
      'openssl',
      [
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-keyout',
        join(dir, 'key'),
        '-out',
        join(dir, 'cert'),
        '-days',
        '2',
        '-subj',
        '/CN=localhost',
        '-addext',
        'subjectAltName=DNS:localhost',
      ],
      { stdio: 'ignore' },
    );
    const server = createTlsServer(
      { key: readFileSync(join(dir, 'key')), cert: readFileSync(join(dir, 'cert')) },
      (_, response) => response.end('"tls"'),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      server.closeAllConnections();
      server.close();
    });
    const url = `https://localhost:${(server.address() as AddressInfo).port}`;
    expect(await failureOf(made({ origins: [url] }).transport.send(get(url), call()))).toBe('unreachable');

    const authorities = [readFileSync(join(dir, 'cert'), 'utf8')];
    expect((await made({ origins: [url], authorities }).transport.send(get(url), call())).status).toBe(200);

    const tunnels: string[] = [];
    const proxy = createServer();
    proxy.on('connect', (request, socket) => {
      tunnels.push(request.url ?? '');
      const [host = '', port = ''] = (request.url ?? '').split(':');
      const upstream = connect(Number(port), host === 'localhost' ? '127.0.0.1' : host, () => {
        socket.write('HTTP/1.1 200 Connection Established\r\n\r\n');
        upstream.pipe(socket).pipe(upstream);
      });
      upstream.on('error', () => socket.destroy());
      socket.on('error', () => upstream.destroy());
    });
    await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => {
      proxy.close();
    });
    const environment = { HTTPS_PROXY: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}` };
    expect(
      (await made({ origins: [url], authorities, environment }).transport.send(get(url), call())).status,
    ).toBe(200);
    expect(tunnels).toEqual([new URL(url).host]);
  });
});

describe('a budget', () => {
  test('lets no more than its width through at once, and no more than its rate over time', async () => {
    let now = 0;
    const budget = new Budget(
      { perSecond: 10, burst: 5, width: 2 },
      {
        now: () => new Date(now),
        sleep: (milliseconds) => {
          now += milliseconds;
          return Promise.resolve();
        },
      },
    );
    const signal = new AbortController().signal;
    let under = 0;
    let most = 0;
    await Promise.all(
      Array.from({ length: 105 }, async () => {
        const release = await budget.take(1, signal);
        under += 1;
        most = Math.max(most, under);
        await Promise.resolve();
        under -= 1;
        release();
      }),
    );
    expect(most).toBe(2);
    expect(now).toBeGreaterThanOrEqual(9_900);
  });
});

describe('a window', () => {
  /** Lets so many through at once and says when each went. */
  async function times(requests: number, limit: WindowLimit, step: (n: number) => number = () => 0) {
    let now = 1_000_000;
    const wakes: { at: number; wake: () => void }[] = [];
    const window = new Window(limit, {
      now: () => new Date(now),
      sleep: (milliseconds) => new Promise((wake) => wakes.push({ at: now + milliseconds, wake })),
    });
    const went: number[] = [];
    const signal = new AbortController().signal;
    const all = Array.from({ length: requests }, async (_, n) => {
      const release = await window.take(1, signal);
      went.push(now);
      now += step(n);
      release();
    });
    const state = { over: false };
    void Promise.all(all).then(() => (state.over = true));
    while (!state.over) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = wakes.sort((a, b) => a.at - b.at).shift();
      if (!next) continue;
      now = Math.max(now, next.at);
      next.wake();
    }
    return went.map((at) => at - 1_000_000);
  }

  test('never lets more through than its units in any stretch of its length, and wastes little of it', async () => {
    const went = await times(23, { units: 5, seconds: 10, width: 8 });
    for (const from of went)
      expect(went.filter((at) => at >= from && at < from + 10_000).length).toBeLessThanOrEqual(5);
    expect(went.at(-1)).toBeLessThan(4 * 10_500);
  });

  test('never lets more arrive than its units, however long each is on its way', async () => {
    let now = 1_000_000;
    const wakes: { at: number; wake: () => void }[] = [];
    const sleep = (milliseconds: number) =>
      new Promise<void>((wake) => wakes.push({ at: now + milliseconds, wake }));
    const window = new Window({ units: 5, seconds: 10, width: 8 }, { now: () => new Date(now), sleep });
    const arrived: number[] = [];
    const all = Array.from({ length: 40 }, async (_, n) => {
      const release = await window.take(1, new AbortController().signal);
      await sleep([0, 900, 20, 2500, 0, 40][n % 6]!);
      arrived.push(now);
      await sleep(30);
      release();
    });
    const state = { over: false };
    void Promise.all(all).then(() => (state.over = true));
    while (!state.over) {
      await new Promise((resolve) => setImmediate(resolve));
      const next = wakes.sort((a, b) => a.at - b.at).shift();
      if (!next) continue;
      now = Math.max(now, next.at);
      next.wake();
    }
    expect(arrived).toHaveLength(40);
    for (const from of arrived)
      expect(arrived.filter((at) => at >= from && at < from + 10_000).length).toBeLessThanOrEqual(5);
  });

  test('does not wait for a future that a clock which was set back makes of the past', async () => {
    const went = await times(11, { units: 5, seconds: 10, width: 1 }, (n) => (n === 4 ? -3_600_000 : 0));
    expect(went.at(-1)).toBeLessThan(-3_600_000 + 25_000);
  });

  test('lets through alone what takes more than there is', async () => {
    const window = new Window(
      { units: 5, seconds: 10, width: 1 },
      { now: () => new Date(0), sleep: () => Promise.reject(new Error('it waited')) },
    );
    const signal = new AbortController().signal;
    (await window.take(9, signal))();
    await expect(window.take(1, signal)).rejects.toThrow('it waited');
  });
});
