import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Io } from '../collector.ts';
import { codeFrom } from '../problems.ts';
import type { Budget } from './budget.ts';
import { NetworkFailure, type Answer, type Outgoing } from './network.ts';
import { isLoopback } from './loopback.ts';
import { credentialsOf, without } from './own-credentials.ts';
import { blank, redact } from './redact.ts';

/** What a request is for, as far as its URL does not say, and where the facts of its exchanges go. */
export interface Call {
  readonly operation: string | null;
  /** The input of the operation, without secrets. */
  readonly input: Readonly<Record<string, unknown>> | null;
  /** The answer holds credentials: its body is never kept. Nor is one that repeats what proved who asks. */
  readonly credentials: boolean;
  readonly secrets: readonly string[];
  readonly cost: number;
  readonly exchanges: Exchange[];
}

/** Older than this an answer is a copy that somebody else kept: https://www.rfc-editor.org/rfc/rfc9111#name-age */
const oldestSeconds = 60;

/** Where AWS names an error: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization */
export const errorTypeHeader = 'x-amzn-errortype';

/**
 * A host that could not be reached so often in a row, for so long, is down: every other request to it is tried once and
 * not again. Requests that are under way at once are refused together, so that their number alone says little.
 */
const refusalsUntilDown = 5;
const downAfterMs = 10_000;

/** How long to wait before asking once more, or `null` to leave it. */
export type Retry = (attempt: number, outcome: Answer | NetworkFailure) => number | null;

/** A request that no dataset declares. It is a fault of the program: it is never sent and never retried. */
export class UndeclaredRequest extends Error {
  override readonly name = 'UndeclaredRequest';
}

export interface TransportOptions {
  readonly io: Io;
  /** Scheme, host and port of everything that may be asked. Plain HTTP only on loopback. */
  readonly origins: readonly string[];
  /** Where the machine itself is asked and no network lies between, such as the metadata service of a cloud. */
  readonly plain?: readonly string[];
  /** Why this request may not go out; `null` where it may. */
  readonly refuse: (request: Outgoing, call: Call) => string | null;
  readonly budget: (request: Outgoing, call: Call) => Pick<Budget, 'take'>;
  readonly retry: Retry;
  readonly timeoutMs: number;
  readonly maxBytes: number;
}

/**
 * The recording, read-only transport below every SDK. A body is in the vault before the SDK sees it, and what the SDK
 * sees are the kept bytes. Nothing that is not declared goes out, to no other host; request headers are never recorded.
 */
export class Transport {
  readonly #options: TransportOptions;
  readonly #origins: ReadonlySet<string>;
  /** How often in a row each host could not be reached, and since when. */
  readonly #unreached = new Map<string, { readonly times: number; readonly since: number }>();

  constructor(options: TransportOptions) {
    this.#options = options;
    this.#origins = new Set(options.origins.map((origin) => new URL(origin).origin));
  }

  /** The last answer, after retries. Throws `NetworkFailure` where none came, `UndeclaredRequest` where none was asked. */
  async send(request: Outgoing, call: Call): Promise<Answer> {
    const { retry, io } = this.#options;
    const refusal = this.#refuse(request, call);
    if (refusal !== null)
      throw new UndeclaredRequest(
        `${request.method} ${request.url.origin}${request.url.pathname}: ${refusal}`,
      );
    for (let attempt = 1; ; attempt += 1) {
      const outcome = this.#mindful(request.url, await this.#once(request, call));
      const wait =
        outcome instanceof NetworkFailure && outcome.code === 'aborted' ? null : retry(attempt, outcome);
      if (wait === null) {
        if (outcome instanceof NetworkFailure) throw outcome;
        return outcome;
      }
      await io.sleep(wait, io.signal);
    }
  }

  #refuse(request: Outgoing, call: Call): string | null {
    const { url, method } = request;
    if (!this.#origins.has(url.origin)) return 'the source has no such host';
    if (url.protocol !== 'https:' && !isLoopback(url) && !this.#options.plain?.includes(url.origin))
      return 'plain HTTP is for loopback only';
    if (url.username !== '' || url.password !== '') return 'credentials do not belong in a URL';
    if (!['GET', 'HEAD', 'POST'].includes(method)) return `${method} is not a read`;
    return this.#options.refuse(request, call);
  }

  #mindful({ origin }: URL, outcome: Answer | NetworkFailure): Answer | NetworkFailure {
    const unreachable = outcome instanceof NetworkFailure && outcome.code === 'unreachable';
    if (!unreachable) {
      this.#unreached.delete(origin);
      return outcome;
    }
    const now = this.#options.io.now().getTime();
    const before = this.#unreached.get(origin) ?? { times: 0, since: now };
    const [times, since] = [before.times + 1, Math.min(before.since, now)];
    this.#unreached.set(origin, { times, since });
    const down = times >= refusalsUntilDown && now - since >= downAfterMs;
    return down ? new NetworkFailure('down', outcome.message) : outcome;
  }

  async #once(request: Outgoing, call: Call): Promise<Answer | NetworkFailure> {
    const { io, budget, timeoutMs, maxBytes } = this.#options;
    const release = await budget(request, call).take(call.cost, io.signal);
    const at = io.now();
    const facts = {
      at: at.toISOString(),
      method: request.method as Exchange['method'],
      url: request.url.href,
      operation: call.operation,
      input: call.input === null ? null : { ...call.input },
      withheld: null,
      redacted: [],
    };
    const durationMs = () => Math.max(0, io.now().getTime() - at.getTime());
    try {
      // No cache on the way shall answer in the source's place.
      const fresh = { ...request, headers: { 'cache-control': 'no-cache', ...request.headers } };
      const answer = await io.network.send(fresh, { timeoutMs, maxBytes, signal: io.signal });
      const { status, headers } = answer;
      const age = Number(headers['age'] ?? 0);
      if (!(age <= oldestSeconds))
        throw new NetworkFailure(
          'stale',
          `a cache answered with what was ${headers['age'] ?? ''} seconds old`,
          status,
        );
      const own = call.credentials ? [] : credentialsOf(request);
      const told = (name: string) => {
        const value = headers[name];
        return value === undefined || own.some((word) => value.includes(word)) ? null : value;
      };
      const bytes = without(answer.bytes, own, blank);
      const repeats = bytes !== answer.bytes;
      if (repeats && status < 400)
        throw new NetworkFailure('repeats-credentials', 'the answer repeats the credentials', status);
      const patterns = status < 400 ? call.secrets : []; // a refusal holds no values
      const withheld = call.credentials || repeats;
      const kept = withheld || bytes.length === 0 ? null : redactSafely(bytes, patterns);
      const artifact = kept === null ? null : await io.keep(kept.bytes);
      call.exchanges.push({
        ...facts,
        status,
        contentType: told('content-type'),
        ...errorTypeIn(told(errorTypeHeader)),
        date: told('date'),
        requestId: told('x-github-request-id') ?? told('x-amzn-requestid') ?? told('request-id'),
        etag: told('etag'),
        durationMs: durationMs(),
        bytes: answer.bytes.length,
        artifact,
        withheld: withheld ? 'credentials' : null,
        redacted: [...(kept?.paths ?? [])],
        failure: null,
      });
      return { ...answer, bytes: kept?.bytes ?? bytes };
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      call.exchanges.push({
        ...facts,
        status: error.status,
        contentType: null,
        date: null,
        requestId: null,
        etag: null,
        durationMs: durationMs(),
        bytes: 0,
        artifact: null,
        failure: `${error.code}: ${error.message}`,
      });
      return error;
    } finally {
      release();
    }
  }
}

/** Only a word is a code; whatever else stands there, such as a link behind it, is left out. */
function errorTypeIn(header: string | null): Pick<Exchange, 'errorType'> {
  const errorType = codeFrom(header?.split(':')[0]);
  return errorType === null ? {} : { errorType };
}

/** A body that must be blanked and cannot be read is not kept at all: an unread secret is still a secret. */
function redactSafely(bytes: Uint8Array, patterns: readonly string[]): ReturnType<typeof redact> {
  try {
    return redact(bytes, patterns);
  } catch {
    throw new NetworkFailure('cut-off', 'the answer holds secret values and could not be read to blank them');
  }
}
