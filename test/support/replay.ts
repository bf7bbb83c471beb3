import { readFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import type { Dataset } from '../../collectors/dataset.ts';
import { selfSigned } from '../../demo/microsoft365/certificate.ts';

const Exchange = z.strictObject({
  when: z.strictObject({
    method: z.enum(['GET', 'POST']),
    /** Path with query, as it must be asked. */
    path: z.string(),
    /** AWS: the Action, or the end of X-Amz-Target. */
    operation: z.string().optional(),
    bodyIncludes: z.string().optional(),
  }),
  status: z.number(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  bodyText: z.string().optional(),
  /** In base64, of an answer that is no text. */
  bodyBytes: z.string().optional(),
});

/** What a source answered, and what the dataset must make of it. `ORIGIN` in headers and bodies is the replayer's. */
export const Fixture = z.strictObject({
  config: z.record(z.string(), z.unknown()),
  scope: z.record(z.string(), z.unknown()).optional(),
  interval: z.strictObject({ from: z.string(), to: z.string() }).optional(),
  now: z.string().optional(),
  parents: z.array(z.strictObject({ kind: z.string(), data: z.looseObject({ id: z.string() }) })).optional(),
  exchanges: z.array(Exchange),
  records: z.array(z.strictObject({ kind: z.string(), data: z.looseObject({ id: z.string() }) })),
});
export type Fixture = z.output<typeof Fixture>;

export async function fixtureOf({ id }: Pick<Dataset, 'id'>): Promise<Fixture> {
  const url = new URL(`../fixtures/${id}.json`, import.meta.url);
  return Fixture.parse(JSON.parse(await readFile(url, 'utf8')));
}

/** How an answer is spoilt on its way. */
export type Spoil = (
  body: string,
  status: number,
) => { status?: number; body?: string; cut?: boolean } | null;

export interface Replay {
  readonly url: string;
  /** What to trust beside the usual authorities. */
  readonly authorities: readonly string[];
  /** What was asked and is not in the fixture. */
  readonly unknown: string[];
  /** What is in the fixture and was not asked. */
  left(): string[];
  close(): Promise<void>;
}

/** A certificate for all servers of one test file: making it is slow. */
const certificate = selfSigned(new Date());

/** Whoever signs in to Entra gets a token; no fixture need say so. */
function signIn(url: string, path: string): unknown {
  const [, tenant = ''] =
    /^\/([^/]+)\/(v2\.0\/\.well-known\/openid-configuration|oauth2\/v2\.0\/token)$/.exec(path) ?? [];
  if (tenant === '') return null;
  if (path.endsWith('/token'))
    return { token_type: 'Bearer', expires_in: 3599, access_token: 'example-token' };
  return {
    issuer: `${url}/${tenant}/v2.0`,
    authorization_endpoint: `${url}/${tenant}/oauth2/v2.0/authorize`,
    token_endpoint: `${url}/${tenant}/oauth2/v2.0/token`,
    jwks_uri: `${url}/${tenant}/discovery/v2.0/keys`,
  };
}

/** A real HTTP server on loopback that answers from a fixture; over TLS where the source is never asked without. */
export async function replay(
  { exchanges }: Fixture,
  { tls, spoil = () => null }: { readonly tls: boolean; readonly spoil?: Spoil | undefined },
): Promise<Replay> {
  const met = new Set<number>();
  const unknown: string[] = [];
  const listener: RequestListener = (request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const body = Buffer.concat(chunks).toString();
      const target = request.headers['x-amz-target'];
      const operation =
        typeof target === 'string' ? target.split('.').at(-1) : new URLSearchParams(body).get('Action');
      const token = signIn(url, (request.url ?? '').split('?')[0]!);
      if (token !== null) {
        response.setHeader('content-type', 'application/json').end(JSON.stringify(token));
        return;
      }
      const asked = `${request.method ?? ''} ${request.url ?? ''} ${operation ?? ''}`;
      const at = exchanges.findIndex(
        ({ when }) =>
          when.method === request.method &&
          when.path === request.url &&
          (when.operation === undefined || when.operation === operation) &&
          (when.bodyIncludes === undefined || body.includes(when.bodyIncludes)),
      );
      const found = exchanges[at];
      if (!found) {
        unknown.push(asked);
        response.writeHead(501).end();
        return;
      }
      const text = (found.bodyText ?? JSON.stringify(found.body ?? null)).replaceAll('ORIGIN', url);
      // The session asks first who it is; whoever asks again wants to know it for its own sake.
      const isFirst = operation === 'GetCallerIdentity' && !met.has(at);
      met.add(at);
      const isCredentials = operation === 'AssumeRole' || isFirst;
      const spoilt = isCredentials ? null : spoil(text, found.status);
      const headers = Object.fromEntries(
        Object.entries(found.headers).map(([name, value]) => [name, value.replaceAll('ORIGIN', url)]),
      );
      const plain = found.bodyBytes === undefined ? text : Buffer.from(found.bodyBytes, 'base64');
      const bytes = gzipSync(spoilt?.body ?? plain);
      response.writeHead(spoilt?.status ?? found.status, {
        'content-type': 'application/json',
        ...headers,
        'content-encoding': 'gzip',
        'content-length': String(bytes.length),
      });
      if (spoilt?.cut === true) response.write(bytes.subarray(0, bytes.length / 2), () => response.destroy());
      else response.end(bytes);
    })();
  };
  const server = tls ? createTlsServer(await certificate, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`;
  return {
    url,
    authorities: tls ? [(await certificate).cert] : [],
    unknown,
    left: () => exchanges.filter((_, n) => !met.has(n)).map(({ when }) => JSON.stringify(when)),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
