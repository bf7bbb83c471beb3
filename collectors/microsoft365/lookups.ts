import { z } from 'zod';
import { isSenderPolicy, referredTo } from '../../evidence-model/sender-policy.ts';
import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Io, Page, Problem } from '../collector.ts';
import { failureOf } from '../problems.ts';
import { Budget } from '../transport/budget.ts';
import { NetworkFailure } from '../transport/network.ts';
import { Transport } from '../transport/transport.ts';
import { decode } from './decode.ts';
import { dnsMessage, questionOf } from './dns-message.ts';
import { width } from './limits.ts';
import { retryRule } from './retry.ts';
import type { Lookup } from './scope.ts';

/** How often a resolver is asked that could not find out. */
const maxAttempts = 3;
/** Receivers give up after ten look-ups: https://www.rfc-editor.org/rfc/rfc7208#section-4.6.4 */
const mostReferred = 20;
/** No resolver publishes how much it takes; this is less than a person reading pages asks for. */
const asked = { perSecond: 50, burst: 50, width };

const Answer = z.object({ name: z.string(), type: z.string(), records: z.array(z.string()) });

/**
 * Asks one resolver by HTTPS (RFC 8484) and nobody else. Of the policy of a sender, every policy that it refers to is a
 * page of its own.
 */
export function lookupsOf(resolver: string, io: Io): (request: Lookup) => AsyncIterable<Page> {
  const place = new URL(resolver);
  const budget = new Budget(asked, io);
  const transport = new Transport({
    io,
    origins: [place.origin],
    refuse: ({ method, url }) =>
      method === 'GET' && url.pathname === place.pathname ? null : 'it is not how a resolver is asked',
    budget: () => budget,
    retry: retryRule(io),
    timeoutMs: 30_000,
    maxBytes: 128 * 1024,
  });

  const once = async (name: string, type: Lookup['type'], exchanges: Exchange[]): Promise<Page['answer']> => {
    const what = `${type} ${name}`;
    const url = new URL(place);
    url.searchParams.set('dns', Buffer.from(questionOf(name, type)).toString('base64url'));
    try {
      const { status, headers, bytes } = await transport.send(
        { method: 'GET', url, headers: { accept: dnsMessage }, body: null },
        { operation: type, input: { name }, credentials: false, secrets: [], cost: 1, exchanges },
      );
      const decoded = decode(
        { status, operation: type, contentType: headers['content-type'] ?? null },
        bytes,
      );
      if (!decoded.ok) return { ok: false, problem: problemOf(what, status, decoded.code) };
      const answer = Answer.safeParse(decoded.value).data;
      if (answer?.name === name && answer.type === type) return decoded;
      const text = `${what}: the answer is about something else`;
      return { ok: false, problem: { ...unexpected, status, code: null, text } };
    } catch (error) {
      if (error instanceof NetworkFailure) return { ok: false, problem: failureOf(what, error) };
      throw error;
    }
  };

  const ask = async (name: string, type: Lookup['type']): Promise<Page> => {
    const exchanges: Exchange[] = [];
    for (let attempt = 1; ; attempt += 1) {
      const answer = await once(name, type, exchanges);
      const again = !answer.ok && answer.problem.code === 'SERVFAIL' && attempt < maxAttempts;
      if (!again) return { asides: exchanges.slice(0, -1), exchange: exchanges.at(-1) ?? null, answer };
      await io.sleep(1000 * 2 ** attempt, io.signal);
    }
  };

  return async function* ({ name, type, follow }) {
    const wanted = [name];
    for (let n = 0; n < wanted.length && n <= mostReferred; n += 1) {
      const page = await ask(wanted[n] ?? name, type);
      yield page;
      if (!follow || !page.answer.ok) continue;
      const { records } = Answer.parse(page.answer.value);
      for (const next of records.filter(isSenderPolicy).flatMap(referredTo))
        if (!wanted.includes(next)) wanted.push(next);
    }
  };
}

const unexpected = { outcome: 'failed', reason: 'unexpected-answer' } as const;

function problemOf(what: string, status: number, code: string | null): Problem {
  const problem = (text: string, about: Pick<Problem, 'outcome' | 'reason'> = unexpected): Problem => ({
    ...about,
    status,
    code,
    text: `${what}: ${text}`,
  });
  if (status === 200 && code !== null)
    return problem(`the resolver answered ${code}`, { outcome: 'failed', reason: 'server-error' });
  if (status === 200)
    return problem('the answer is no DNS message', { outcome: 'failed', reason: 'not-understood' });
  if (status === 401 || status === 403 || status === 407)
    return problem(`the resolver is out of reach (${status})`, {
      outcome: 'denied',
      reason: 'permission-missing',
    });
  if (status === 429)
    return problem('the resolver wants no more', { outcome: 'failed', reason: 'throttled' });
  if (status >= 500)
    return problem(`the resolver failed (${status})`, { outcome: 'failed', reason: 'server-error' });
  return problem(`the resolver answered ${status}`);
}
