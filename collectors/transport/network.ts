import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { createSecureContext, getCACertificates } from 'node:tls';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { isLinkLocal, isLoopback } from './loopback.ts';

/** A request as the transport lets it out. */
export interface Outgoing {
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array | null;
}

/** A whole answer; the body is as the source wrote it, without content coding. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
}

export type FailureCode =
  | 'unreachable'
  | 'down'
  | 'timed-out'
  | 'cut-off'
  | 'too-large'
  | 'stale'
  | 'repeats-credentials'
  | 'aborted';

/** Failures that asking again does not mend. */
export const lasting: readonly FailureCode[] = ['down', 'too-large', 'repeats-credentials'];

/** No whole answer came. */
export class NetworkFailure extends Error {
  override readonly name = 'NetworkFailure';
  readonly code: FailureCode;
  /** What had come of the answer, where something had. */
  readonly status: number;
  constructor(code: FailureCode, detail: string, status = 0) {
    super(detail);
    this.code = code;
    this.status = status;
  }
}

export interface Network {
  send(
    request: Outgoing,
    limits: { readonly timeoutMs: number; readonly maxBytes: number; readonly signal: AbortSignal },
  ): Promise<Answer>;
  close(): void;
}

const decoders: Readonly<Record<string, (bytes: Uint8Array) => Promise<Uint8Array>>> = {
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/**
 * The one way out. Proxies are taken from the usual environment variables (HTTPS_PROXY, HTTP_PROXY, NO_PROXY);
 * `authorities` are PEM certificates trusted beside those that the system and Node trust.
 */
export function openNetwork({
  environment,
  authorities,
}: {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly authorities: readonly string[];
}): Network {
  const proxyEnv: NodeJS.ProcessEnv = { ...environment };
  // Made once: hundreds of certificates are otherwise read again for every connection, and compared for every request.
  const secureContext = createSecureContext({
    ca: [...new Set([...getCACertificates('default'), ...authorities])],
  });
  const agents = {
    http: new HttpAgent({ keepAlive: true, proxyEnv }),
    // What is on this machine is no business of a proxy, which would be told what only this machine may know.
    direct: new HttpAgent({ keepAlive: true }),
    https: new HttpsAgent({ keepAlive: true, proxyEnv, secureContext }),
  };
  return {
    close() {
      agents.http.destroy();
      agents.direct.destroy();
      agents.https.destroy();
    },
    async send({ method, url, headers, body }, { timeoutMs, maxBytes, signal }) {
      const timeout = AbortSignal.timeout(timeoutMs);
      const either = AbortSignal.any([timeout, signal]);
      const failure = (error: unknown, status: number): NetworkFailure => {
        if (error instanceof NetworkFailure) return error;
        if (signal.aborted) return new NetworkFailure('aborted', 'the reading was stopped', status);
        if (timeout.aborted)
          return new NetworkFailure('timed-out', `no whole answer within ${timeoutMs} ms`, status);
        return status > 0
          ? new NetworkFailure('cut-off', 'the answer ended before it was whole', status)
          : new NetworkFailure('unreachable', codeOf(error));
      };
      const incoming = await new Promise<IncomingMessage>((resolve, reject) => {
        const options = {
          method,
          headers: { 'accept-encoding': 'gzip, deflate, br', ...headers },
          signal: either,
        };
        const sent =
          url.protocol === 'http:'
            ? httpRequest(url, { ...options, agent: isHere(url) ? agents.direct : agents.http }, resolve)
            : httpsRequest(url, { ...options, agent: agents.https }, resolve);
        sent.once('error', reject);
        sent.end(body ?? undefined);
      }).catch((error: unknown) => {
        throw failure(error, 0);
      });
      const status = incoming.statusCode ?? 0;
      try {
        const chunks: Uint8Array[] = [];
        let size = 0;
        for await (const chunk of incoming as AsyncIterable<Buffer>) {
          size += chunk.length;
          if (size > maxBytes)
            throw new NetworkFailure('too-large', `the answer is larger than ${maxBytes} bytes`, status);
          chunks.push(chunk);
        }
        const plain = Object.fromEntries(
          Object.entries(incoming.headers).map(([name, value]) => [
            name,
            Array.isArray(value) ? value.join(', ') : (value ?? ''),
          ]),
        );
        const coding = plain['content-encoding'] ?? 'identity';
        const wire = Buffer.concat(chunks);
        if (coding === 'identity' || wire.length === 0) return { status, headers: plain, bytes: wire };
        const decode = decoders[coding];
        if (!decode) throw new NetworkFailure('cut-off', `the answer is coded as ${coding}`, status);
        return { status, headers: plain, bytes: await decode(wire) };
      } catch (error) {
        incoming.destroy();
        throw failure(error, status);
      }
    },
  };
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : 'no connection';
}

function isHere(url: URL): boolean {
  return isLoopback(url) || isLinkLocal(url);
}
