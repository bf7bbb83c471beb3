import { withoutField } from './fields.ts';
import type { HttpReply, HttpRequest } from './http.ts';
import { withNext, withNextAt, withoutItems } from './listing.ts';

/** Which requests a fault meets: everything that is given must match. */
interface Match {
  readonly method?: string;
  /** Held against path and query. */
  readonly path?: RegExp;
  /** Held against what is asked for where the path does not say it, such as `iam/GetAccountSummary`. */
  readonly operation?: RegExp;
  readonly headers?: Readonly<Record<string, RegExp>>;
  readonly body?: RegExp;
}

export type Fault =
  /** Answers in place of the server. */
  | ({ readonly kind: 'answer' } & Partial<HttpReply> & Pick<HttpReply, 'status'>)
  | { readonly kind: 'drop'; readonly when: 'before-headers' | 'after-headers' }
  /**
   * Sends this share of the body (half, unless told): the connection breaks; or it ends well but inside the gzip
   * stream; or everything is well but the text itself ends early.
   */
  | { readonly kind: 'cut'; readonly where: 'connection' | 'gzip' | 'text'; readonly keep?: number }
  | { readonly kind: 'delay'; readonly ms: number }
  /** What a proxy or a maintenance page says, with the status of the real answer. */
  | { readonly kind: 'not-json' }
  /** There is a further page, by the vendor's own way of saying so; whoever asks for it asks with `hostile` in it. */
  | { readonly kind: 'more' }
  /** The next page is this one. */
  | { readonly kind: 'repeat-next' }
  /** The next page is on another host. */
  | { readonly kind: 'foreign-next'; readonly origin: string }
  /** Gives a JSON field this value. In a pointer (RFC 6901) `*` is any one token. */
  | { readonly kind: 'set'; readonly pointer: string; readonly value: unknown }
  | { readonly kind: 'delete'; readonly pointer: string }
  /** Leaves a field out wherever it stands, in JSON, in XML or as a column of a report. */
  | { readonly kind: 'without'; readonly field: string }
  /** A well-formed empty list, without a next page. */
  | { readonly kind: 'empty-list' }
  /** Says all that was said to it, as debugging proxies do, in place of the server. */
  | { readonly kind: 'echo'; readonly status: number }
  /** Leaves everything as it is and shows it. */
  | { readonly kind: 'watch'; readonly see: (request: HttpRequest, reply: HttpReply) => void }
  | { readonly kind: 'replace'; readonly find: string | RegExp; readonly by: string };

export interface FaultRule {
  readonly match?: Match;
  /** The first matching request that it meets, counted from 1. */
  readonly from?: number;
  /** How many it meets before all is well; for ever, unless told. */
  readonly times?: number;
  readonly fault: Fault;
  /** Leaves alone what it finds nothing to spoil in, and does not count it as met. */
  readonly lenient?: boolean;
  /** What happens in the world at that moment, such as somebody joining between two pages. */
  readonly meanwhile?: () => void;
}

/** What became of a rule. A test that asks after `met` knows that its fault took place. */
interface Planted {
  readonly met: () => number;
}

type Wire =
  | { readonly kind: 'whole' }
  | { readonly kind: 'drop'; readonly when: 'before-headers' | 'after-headers' }
  | { readonly kind: 'cut'; readonly where: 'connection' | 'gzip'; readonly keep: number };

/** An answer and what happens to it on the way. */
export interface Delivery {
  readonly reply: HttpReply;
  readonly wire: Wire;
  readonly delayMs: number;
}

export interface Faults {
  add(rule: FaultRule): Planted;
  clear(): void;
  between(request: HttpRequest, respond: () => HttpReply | Promise<HttpReply>): Promise<Delivery>;
}

interface Counted {
  readonly rule: FaultRule;
  seen: number;
  met: number;
}

/**
 * Stands between a socket and whoever answers, and spoils what the rules name, in the order in which they were added.
 * A fault that finds nothing to spoil throws: what a test believes to have happened must have happened.
 */
export function misbehave(rules: readonly FaultRule[] = []): Faults {
  const planted: Counted[] = rules.map((rule) => ({ rule, seen: 0, met: 0 }));
  return {
    add(rule) {
      const counted = { rule, seen: 0, met: 0 };
      planted.push(counted);
      return { met: () => counted.met };
    },
    clear: () => planted.splice(0),
    async between(request, respond) {
      const met = planted.filter((each) => meets(each, request));
      for (const each of met) each.met += 1;
      for (const { rule } of met) rule.meanwhile?.();
      const faults = met.map(({ rule }) => rule.fault);
      const wire = faults.reduce<Wire>((before, fault) => wireOf(fault) ?? before, { kind: 'whole' });
      const delayMs = faults.reduce((sum, fault) => sum + (fault.kind === 'delay' ? fault.ms : 0), 0);
      const instead = faults.find((fault) => fault.kind === 'answer');
      const reply = instead
        ? { status: instead.status, headers: instead.headers ?? {}, body: instead.body ?? '' }
        : await respond();
      return { reply: met.reduce((each, counted) => spoilBy(each, counted, request), reply), wire, delayMs };
    },
  };
}

function meets(counted: Counted, request: HttpRequest): boolean {
  const { match = {}, from = 1, times = Infinity } = counted.rule;
  const { method, path, operation, headers = {}, body } = match;
  const matches =
    (method === undefined || method === request.method) &&
    (path === undefined || path.test(request.path)) &&
    (operation === undefined || operation.test(request.operation ?? '')) &&
    Object.entries(headers).every(([name, value]) => value.test(String(request.headers[name] ?? ''))) &&
    (body === undefined || body.test(request.body.toString()));
  if (!matches) return false;
  counted.seen += 1;
  return counted.seen >= from && counted.seen < from + times;
}

function wireOf(fault: Fault): Wire | null {
  if (fault.kind === 'drop') return { kind: 'drop', when: fault.when };
  if (fault.kind === 'cut' && fault.where !== 'text')
    return { kind: 'cut', where: fault.where, keep: fault.keep ?? 0.5 };
  return null;
}

function spoilBy(reply: HttpReply, counted: Counted, request: HttpRequest): HttpReply {
  const { fault, lenient = false } = counted.rule;
  try {
    return spoil(reply, fault, request);
  } catch (error) {
    if (!lenient || !(error instanceof NothingToSpoil)) throw error;
    counted.met -= 1;
    return reply;
  }
}

function spoil(reply: HttpReply, fault: Fault, request: HttpRequest): HttpReply {
  const { headers, body } = reply;
  switch (fault.kind) {
    case 'answer':
    case 'drop':
    case 'delay':
      return reply;
    case 'watch':
      fault.see(request, reply);
      return reply;
    case 'echo':
      return echo(request, fault.status);
    case 'cut': {
      if (fault.where !== 'text') return reply;
      return { ...reply, body: body.slice(0, Math.floor(body.length * (fault.keep ?? 0.5))) };
    }
    case 'not-json': {
      const page = '<!doctype html><html><body><h1>We will be back soon</h1></body></html>';
      return { ...reply, headers: { ...headers, 'content-type': 'text/html; charset=utf-8' }, body: page };
    }
    case 'more':
    case 'repeat-next': {
      const told = withNext(reply, request, fault.kind === 'more' ? 'further' : 'same');
      if (!told) throw nothing('no listing', fault);
      return told;
    }
    case 'foreign-next': {
      const told = withNextAt(reply, fault.origin);
      if (!told) throw nothing('no next page', fault);
      return told;
    }
    case 'empty-list': {
      const told = withoutItems(reply);
      if (!told) throw nothing('no list', fault);
      return told;
    }
    case 'without': {
      const told = withoutField(body, fault.field);
      if (told === null) throw nothing('nothing of that name', fault);
      return { ...reply, body: told };
    }
    case 'replace': {
      const { find } = fault;
      const replaced = body.replaceAll(
        typeof find === 'string' ? find : new RegExp(find, `${find.flags.replace('g', '')}g`),
        fault.by,
      );
      if (replaced === body) throw nothing('nothing that it finds', fault);
      return { ...reply, body: replaced };
    }
    case 'set':
    case 'delete': {
      if (fault.kind === 'set' && fault.pointer === '')
        return { ...reply, body: JSON.stringify(fault.value) };
      const document: unknown = JSON.parse(body);
      if (touch(document, fault.pointer.split('/').slice(1), fault) === 0)
        throw nothing('nothing at its pointer', fault);
      return { ...reply, body: JSON.stringify(document) };
    }
  }
}

/** In the words of every vendor at once, so that whoever reads for a code or a message finds one. */
function echo({ path, headers, body }: HttpRequest, status: number): HttpReply {
  const message = JSON.stringify({ path, headers, body: body.toString() });
  const code = headers.authorization ?? '';
  const told = { message, __type: code, error: { code, message }, errors: [{ type: code, message }] };
  const isQuery = headers['content-type']?.includes('form-urlencoded') === true;
  const coded = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return {
    status,
    headers: {
      'content-type': isQuery ? 'text/xml' : 'application/json',
      'set-cookie': `session=${code}`,
      etag: code,
      'x-amzn-requestid': code,
      'request-id': code,
      'x-github-request-id': code,
    },
    body: isQuery
      ? `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${coded}</Message></Error></ErrorResponse>`
      : JSON.stringify(told),
  };
}

class NothingToSpoil extends Error {
  override readonly name = 'NothingToSpoil';
}

function nothing(what: string, fault: Fault): NothingToSpoil {
  return new NothingToSpoil(`a fault found ${what}: ${JSON.stringify(fault)}`);
}

/** Changes what stands at the pointer, and says how many things stood there. */
function touch(
  at: unknown,
  [token, ...rest]: readonly string[],
  fault: Extract<Fault, { kind: 'set' | 'delete' }>,
): number {
  if (token === undefined || typeof at !== 'object' || at === null) return 0;
  const holder = at as Record<string, unknown>;
  const plain = token.replaceAll('~1', '/').replaceAll('~0', '~');
  const names = token === '*' ? Object.keys(holder) : Object.hasOwn(holder, plain) ? [plain] : [];
  if (rest.length > 0) return names.reduce((sum, name) => sum + touch(holder[name], rest, fault), 0);
  for (const name of names.reverse()) {
    if (fault.kind === 'set') holder[name] = fault.value;
    else if (Array.isArray(at)) at.splice(Number(name), 1);
    else Reflect.deleteProperty(holder, name);
  }
  return names.length;
}
