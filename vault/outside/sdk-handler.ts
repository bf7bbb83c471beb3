import type { Wire } from './wire.ts';

const timeoutMs = 30_000;
const maxBytes = 1024 * 1024;

/** A request as AWS's SDK clients hand it to their request handler: signed, ready to be sent. */
interface SdkRequest {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number | undefined;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>> | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** Lets an SDK client send over the wire that was handed in. */
export function sdkHandler(wire: Wire, signal: AbortSignal) {
  return {
    destroy: () => undefined, // the network belongs to whoever opened it
    async handle({ method, protocol, hostname, port, path, query = {}, headers, body }: SdkRequest) {
      const pairs = Object.entries(query).flatMap(([name, value]) =>
        (value === null ? [''] : typeof value === 'string' ? [value] : value).map(
          (each) => `${encodeURIComponent(name)}=${encodeURIComponent(each)}`,
        ),
      );
      const where = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
      const url = new URL(`${where}${path}${pairs.length === 0 ? '' : `?${pairs.join('&')}`}`);
      const request = { method, url, headers, body: bytesOf(body) };
      const answer = await wire.send(request, { timeoutMs, maxBytes, signal });
      // The SDK changes the prototype of the bytes that it is given, so it gets its own.
      const response = {
        statusCode: answer.status,
        headers: { ...answer.headers },
        body: Uint8Array.from(answer.bytes),
      };
      return { response };
    },
  };
}

function bytesOf(body: unknown): Uint8Array | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string') return Buffer.from(body);
  if (body instanceof Uint8Array) return body;
  throw new TypeError('a deposit is sent whole, and never as a stream');
}
