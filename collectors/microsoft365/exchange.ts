import { z } from 'zod';
import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Io, Page, Problem } from '../collector.ts';
import { failureOf, notUnderstood } from '../problems.ts';
import { Budget } from '../transport/budget.ts';
import { NetworkFailure } from '../transport/network.ts';
import { Transport } from '../transport/transport.ts';
import { decode } from './decode.ts';
import { width } from './limits.ts';
import { retryRule } from './retry.ts';
import type { Cmdlet, Config } from './scope.ts';
import { signed } from './signed.ts';
import type { Tokens } from './token.ts';

/** Nothing is published; Exchange itself asks for patience where it wants it. */
const pace = { perSecond: 2, burst: 10, width };
/** The mailbox by which requests of applications find their way: an id that is the same in every tenant. */
const anchor = 'SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}';

const Listed = z.object({
  value: z.array(z.unknown()),
  '@odata.nextLink': z.unknown().optional(),
  '@adminapi.warnings': z.array(z.unknown()).nullish(),
});
const Body = z.strictObject({
  CmdletInput: z.strictObject({
    CmdletName: z.string().regex(/^Get-[A-Za-z]+$/),
    Parameters: z.record(z.string(), z.unknown()),
  }),
});

/**
 * Asks Exchange Online by the way that its own PowerShell module goes. Microsoft does not document it, so it may change
 * without notice; whatever is not understood is not read. Only cmdlets that get something are sent.
 */
export function exchangeOf(
  exchange: string,
  { tenant }: Pick<Config, 'tenant'>,
  io: Io,
  token: Tokens,
): (request: Cmdlet, secrets: readonly string[]) => AsyncIterable<Page> {
  const place = new URL(`${exchange.replace(/\/$/, '')}/adminapi/beta/${tenant}/InvokeCommand`);
  const budget = new Budget(pace, io);
  const transport = new Transport({
    io,
    origins: [place.origin],
    refuse: ({ method, url, body }) =>
      method === 'POST' && url.href === place.href && Body.safeParse(jsonIn(body)).success
        ? null
        : 'it is no cmdlet that gets something',
    budget: () => budget,
    retry: retryRule(io),
    timeoutMs: 120_000,
    maxBytes: 64 * 1024 * 1024,
  });

  const once = async (
    { cmdlet, parameters }: Cmdlet,
    secrets: readonly string[],
    bearer: string,
  ): Promise<Page> => {
    const exchanges: Exchange[] = [];
    const body = { CmdletInput: { CmdletName: cmdlet, Parameters: parameters } };
    const answer = await transport
      .send(
        {
          method: 'POST',
          url: place,
          headers: {
            accept: 'application/json',
            'content-type': 'application/json',
            authorization: `Bearer ${bearer}`,
            prefer: 'odata.maxpagesize=1000',
            'x-responseformat': 'json',
            'x-anchormailbox': `UPN:${anchor}@${tenant}`,
          },
          body: new TextEncoder().encode(JSON.stringify(body)),
        },
        { operation: cmdlet, input: { ...parameters }, credentials: false, secrets, cost: 1, exchanges },
      )
      .then(
        ({ status, bytes }) => read(cmdlet, status, bytes),
        (error: unknown): Page['answer'] => {
          if (error instanceof NetworkFailure) return { ok: false, problem: failureOf(cmdlet, error) };
          throw error;
        },
      );
    return { asides: exchanges.slice(0, -1), exchange: exchanges.at(-1) ?? null, answer };
  };

  return async function* (request, secrets) {
    const page = await signed(token, (bearer) => once(request, secrets, bearer));
    yield page;
    if (!page.answer.ok) return;
    const short = shortfall(page.answer.value);
    if (short === null) return;
    const problem: Problem = { ...short, status: 200, code: null, text: `${request.cmdlet}: ${short.text}` };
    yield { asides: [], exchange: null, answer: { ok: false, problem } };
  };
}

/** Why an answer is not all that there is, or may not be. How a further page is asked for is not known. */
function shortfall(value: unknown): Pick<Problem, 'outcome' | 'reason' | 'text'> | null {
  const listed = Listed.safeParse(value).data;
  if (!listed)
    return {
      outcome: 'failed',
      reason: 'not-understood',
      text: 'the answer of Exchange Online is not understood',
    };
  if ((listed['@odata.nextLink'] ?? '') !== '')
    return {
      outcome: 'truncated',
      reason: 'page-cap',
      text: 'Exchange Online has more than it gives at once',
    };
  if ((listed['@adminapi.warnings'] ?? []).length > 0)
    return {
      outcome: 'truncated',
      reason: 'page-cap',
      text: 'Exchange Online gives a warning along with its answer',
    };
  return null;
}

function read(what: string, status: number, bytes: Uint8Array): Page['answer'] {
  const decoded = decode({ status, operation: what, contentType: null }, bytes);
  if (decoded.ok) return decoded;
  return {
    ok: false,
    problem: status === 200 ? notUnderstood(what, status) : problemOf(what, status, decoded.code),
  };
}

function problemOf(what: string, status: number, code: string | null): Problem {
  const problem = (outcome: Problem['outcome'], reason: Problem['reason'], text: string): Problem => ({
    outcome,
    reason,
    status,
    code,
    text: `${what}: ${text} (${[status, code].filter((each) => each !== null).join(' ')})`,
  });
  if (status === 401) return problem('denied', 'credentials-refused', 'Exchange Online refuses the token');
  if (status === 403)
    return problem(
      'denied',
      'permission-missing',
      'the application holds no role that lets it read Exchange Online',
    );
  if (status === 429)
    return problem('failed', 'throttled', 'Exchange Online asks to wait longer than this night');
  if (status >= 500) return problem('failed', 'server-error', 'Exchange Online failed');
  if (status >= 300 && status < 400)
    return problem(
      'failed',
      'unexpected-answer',
      'Exchange Online wants to be asked elsewhere: set `exchange` to that place',
    );
  return problem('failed', 'unexpected-answer', 'Exchange Online did not answer the question');
}

function jsonIn(body: Uint8Array | null): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(body ?? undefined));
  } catch {
    return null;
  }
}
