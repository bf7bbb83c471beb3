import { NetworkFailure, type FailureCode } from './network.ts';
import { errorTypeHeader, UndeclaredRequest, type Call, type Transport } from './transport.ts';

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

/** An answer in the form that the SDK's deserialisers read. */
export interface SdkResponse {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: Uint8Array;
  };
}

/** The request handler of an AWS SDK client. The call travels in the options of `client.send`, which the SDK passes on. */
export interface SdkHandler {
  handle(
    request: SdkRequest,
    options?: { readonly call?: Call; readonly response?: SdkResponse['response'] },
  ): Promise<SdkResponse>;
  destroy(): void;
}

/** Failures that asking again may mend. */
const passing: readonly FailureCode[] = ['unreachable', 'timed-out', 'cut-off', 'stale'];

/** A network failure that the SDK's retry may repeat; it decides by `$retryable`. The failure itself is the cause. */
class PassingFailure extends Error {
  readonly $retryable = { throttling: false };
  constructor(cause: NetworkFailure) {
    super(cause.message, { cause });
  }
}

/** What the SDK may see of the headers. Whatever else it read would be lost to those who read the kept body later. */
const shown = ['content-type', 'date', 'retry-after', 'x-amz-retry-after', 'x-amzn-requestid'];

/** Lets an SDK client ask through the recording transport. What the SDK reads are the kept bytes. */
export function asHandler(transport: Transport): SdkHandler {
  return {
    destroy: () => undefined, // the network belongs to whoever opened it
    async handle(request, options = {}) {
      const { call } = options;
      const { method, protocol, hostname, port, path, query, headers, body } = request;
      const where = `${protocol}//${hostname}${port === undefined ? '' : `:${port}`}`;
      if (!call) throw new UndeclaredRequest(`${method} ${where}${path}: nobody asked for it`);
      const url = new URL(`${where}${path}${searchOf(query)}`);
      try {
        const answer = await transport.send({ method, url, headers, body: bytesOf(body) }, call);
        const seen = Object.entries(answer.headers).filter(([name]) => shown.includes(name));
        const { errorType } = call.exchanges.at(-1) ?? {};
        // The SDK changes the prototype of the bytes that it is given, so it gets its own.
        const response = {
          statusCode: answer.status,
          headers: { ...Object.fromEntries(seen), ...(errorType && { [errorTypeHeader]: errorType }) },
          body: Uint8Array.from(answer.bytes),
        };
        return { response };
      } catch (error) {
        if (error instanceof NetworkFailure && passing.includes(error.code)) throw new PassingFailure(error);
        throw error;
      }
    },
  };
}

function bytesOf(body: unknown): Uint8Array | null {
  if (body === undefined || body === null) return null;
  if (typeof body === 'string') return new TextEncoder().encode(body);
  if (body instanceof Uint8Array) return body;
  throw new UndeclaredRequest('a request whose body is a stream: reads have none');
}

/** As the signature was computed over it: RFC 3986, which is stricter than URLs are. */
function searchOf(query: SdkRequest['query'] = {}): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (value === null ? [''] : typeof value === 'string' ? [value] : value).map(
      (each) => `${encode(name)}=${encode(each)}`,
    ),
  );
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`;
}

function encode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
