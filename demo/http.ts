import { createServer, type IncomingHttpHeaders, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { misbehave, type Delivery, type Faults } from './misbehave.ts';

/** A request that has wholly come. */
export interface HttpRequest {
  readonly id: string;
  readonly at: Date;
  readonly method: string;
  /** Path and query, as they were sent. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  /** What is asked for, where the path does not say it, such as `iam/GetAccountSummary`. */
  readonly operation: string | null;
  /** How many requests are being answered at this moment, this one among them. */
  readonly concurrent: number;
}

export interface HttpReply {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Of a body that is no text: each character is one byte. */
  readonly encoding?: 'latin1';
}

export type Handler = (request: HttpRequest) => HttpReply | Promise<HttpReply>;

/** One line of the request log, in the order of arrival. Never a header: the log is free of credentials. */
interface LogLine {
  readonly method: string;
  readonly url: string;
  readonly operation: string | null;
  readonly at: string;
}

export interface HttpOptions {
  readonly now: () => Date;
  readonly faults?: Faults;
  /** Key and certificate, both PEM, of a server that is asked over TLS only. */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Names what is asked for, so that faults can be aimed at it. */
  readonly operationOf?: (
    headers: IncomingHttpHeaders,
    body: Buffer,
    asked: { readonly method: string; readonly path: string },
  ) => string | null;
  readonly requestIdOf?: (n: number) => string;
}

export interface HttpServer {
  readonly url: string;
  readonly log: readonly LogLine[];
  readonly faults: Faults;
  /** The most requests that were ever answered at once. */
  readonly peak: () => number;
  /** Ends when what was being answered is answered. Rejects where the server itself broke: then nothing it said counts. */
  close(): Promise<void>;
}

/** A server on a free port of loopback, with the faults of `faults` between the socket and the handler. */
export async function startHttp(handle: Handler, options: HttpOptions): Promise<HttpServer> {
  const { now, faults = misbehave(), tls, operationOf = () => null, requestIdOf = String } = options;
  const log: LogLine[] = [];
  const answering = new Set<Promise<void>>();
  const broken: unknown[] = [];
  const closing = new AbortController();
  let arrived = 0;
  let peak = 0;

  const answer = async (request: HttpRequest, response: ServerResponse): Promise<void> => {
    try {
      await send(
        request,
        response,
        await faults.between(request, () => handle(request)),
        now,
        closing.signal,
      );
    } catch (error) {
      broken.push(error);
      response.destroy();
    }
  };
  const listener: RequestListener = (incoming, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      try {
        for await (const chunk of incoming as AsyncIterable<Buffer>) chunks.push(chunk);
      } catch {
        return; // whoever asked went away before the question was whole
      }
      arrived += 1;
      const body = Buffer.concat(chunks);
      const { method = '', url = '', headers } = incoming;
      const at = now();
      const operation = operationOf(headers, body, { method, path: url });
      log.push({ method, url, operation, at: at.toISOString() });
      peak = Math.max(peak, answering.size + 1);
      const common = { method, path: url, headers, body, operation, at };
      const answered = answer(
        { ...common, id: requestIdOf(arrived), concurrent: answering.size + 1 },
        response,
      ).finally(() => answering.delete(answered));
      answering.add(answered);
    })();
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`,
    log,
    faults,
    peak: () => peak,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      closing.abort();
      await Promise.all(answering);
      server.closeAllConnections();
      await closed;
      if (broken.length > 0) throw new AggregateError(broken, 'the stand-in itself broke');
    },
  };
}

async function send(
  request: HttpRequest,
  response: ServerResponse,
  { reply, wire, delayMs }: Delivery,
  now: () => Date,
  closing: AbortSignal,
): Promise<void> {
  if (delayMs > 0) await sleep(delayMs, undefined, { signal: closing }).catch(() => undefined);
  if (response.closed) return; // whoever asked did not wait for it
  if (wire.kind === 'drop' && wire.when === 'before-headers') {
    response.destroy();
    return;
  }
  const gzip = reply.body !== '' && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  if (wire.kind === 'cut' && wire.where === 'gzip' && !gzip)
    throw new Error(`${request.method} ${request.path} was not asked with gzip, so no gzip can be cut`);
  const bytes = Buffer.from(reply.body, reply.encoding);
  const whole = gzip ? gzipSync(bytes, { level: 1 }) : bytes;
  const part = wire.kind === 'cut' ? whole.subarray(0, Math.floor(whole.length * wire.keep)) : whole;
  const silent = wire.kind === 'cut' && wire.where === 'gzip';
  response.writeHead(reply.status, {
    date: now().toUTCString(),
    ...reply.headers,
    ...(gzip ? { 'content-encoding': 'gzip' } : {}),
    // Neither has a body: https://www.rfc-editor.org/rfc/rfc9110#section-8.6
    ...(reply.status === 204 || reply.status === 304
      ? {}
      : { 'content-length': String(silent ? part.length : whole.length) }),
  });
  const gone = new Promise<void>((resolve) => response.once('close', resolve));
  if (wire.kind === 'whole' || silent) response.end(part);
  else {
    response.flushHeaders();
    if (wire.kind === 'cut' && part.length > 0) response.write(part);
    response.socket?.destroySoon(); // what was written leaves before the connection does
  }
  await gone;
}

type Route<Context> = (parameters: Readonly<Record<string, string>>, context: Context) => HttpReply;

/**
 * Finds the handler of a path by templates such as `GET /orgs/:org`. A parameter is one segment, decoded. HEAD is
 * answered like GET: the server leaves out the body by itself.
 */
export function router<Context>(
  table: Readonly<Record<string, Route<Context>>>,
): (method: string, pathname: string) => ((context: Context) => HttpReply) | null {
  const routes = Object.entries(table).map(([template, route]) => {
    const [method, path = ''] = template.split(' ');
    return { method, pattern: new RegExp(`^${path.replaceAll(/:(\w+)/g, '(?<$1>[^/]+)')}$`), route };
  });
  return (asked, pathname) => {
    const method = asked === 'HEAD' ? 'GET' : asked;
    for (const each of routes) {
      const found = each.method === method ? each.pattern.exec(pathname) : null;
      if (!found) continue;
      const parameters = Object.entries(found.groups ?? {}).map(([name, text]) => [name, decoded(text)]);
      return (context) => each.route(Object.fromEntries(parameters) as Record<string, string>, context);
    }
    return null;
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not a coding of anything, so it names nothing either
  }
}
