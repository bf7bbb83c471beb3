import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Io, Page, Problem, Session } from '../collector.ts';
import type { Dataset } from '../dataset.ts';
import { UndeclaredRequest } from '../transport/transport.ts';
import { ask, type Answered } from './asking.ts';
import { Clients } from './clients.ts';
import { assumeRole, declaredOperations } from './declared.ts';
import { Identities } from './identities.ts';
import { nextOf } from './paging.ts';
import type { Config, Request } from './scope.ts';

/** How many accounts are read at once. Ours: each account has its own pace beside. */
const width = 8;

/** How long to wait between two looks at something that AWS is making; it grows up to the longest. */
const firstLookMs = 1_000;
const longestLookMs = 15_000;

/** Opens a session that can ask for what these datasets declare, and for nothing else. */
export function connect(config: Config, datasets: readonly Dataset[], io: Io): Session<Request> {
  const clients: Clients = new Clients({
    io,
    declared: declaredOperations(datasets),
    endpoint: config.endpoint,
    credentialsOf: (as) => identities.credentialsOf(as),
  });
  const identities: Identities = new Identities(config, io, (service) =>
    clients.at({ service, region: config.region, as: null, account: null }),
  );

  const answer = async (request: Request, secrets: readonly string[]): Promise<Answered> => {
    const { service, operation, input, account, region = config.region } = request;
    if (`${service}:${operation}` === assumeRole)
      throw new UndeclaredRequest(`${assumeRole}: it is the session that takes on roles`);
    const entered = await identities.enter(account);
    if (!entered.ok) return entered;
    const client = await clients.at({ service, region, as: entered.as, account });
    const where = account === null ? 'with the configured credentials' : `in account ${account}`;
    const answered = await ask(client, {
      service,
      operation,
      input,
      unsaid: [],
      credentials: false,
      secrets,
      where,
    });
    return { ...answered, exchanges: [...entered.exchanges, ...answered.exchanges] };
  };

  return {
    width,
    // The token of a job that somebody else began is not known: such a listing is read from its start.
    resumes: ({ job }) => job === undefined,
    close: () => clients.close(),
    async *pages(request, { secrets, after }) {
      try {
        yield* pagesOf(request, io, after, (step) => answer(step, secrets));
      } catch (error) {
        if (error instanceof UndeclaredRequest || !io.signal.aborted) throw error;
        yield lost('interrupted', 'the reading was stopped');
      }
    },
  };
}

async function* pagesOf(
  request: Request,
  io: Io,
  after: unknown,
  answer: (step: Request) => Promise<Answered>,
): AsyncIterable<Page> {
  const { service, operation, paging, prepare, job } = request;
  let { input } = request;
  const asides: Exchange[] = [];
  if (prepare) {
    const preparing = await prepared(request, prepare, io, answer);
    if (!preparing.ok) {
      yield pageOf(preparing, []);
      return;
    }
    asides.push(...preparing.exchanges);
  }
  if (job) {
    const begun = await answer({ ...request, operation: job.operation, input: job.input });
    const token = begun.ok ? begun.value[job.token] : undefined;
    if (!begun.ok || typeof token !== 'string') {
      yield begun.ok
        ? {
            ...lost('not-understood', `${service}:${job.operation}: ${job.token} does not name what is made`),
            asides: begun.exchanges,
          }
        : pageOf(begun, []);
      return;
    }
    asides.push(...begun.exchanges);
    input = { ...input, [job.token]: token };
  }
  const seen = new Set<string>();
  let turned = input;
  let last = after as Readonly<Record<string, unknown>> | undefined;
  for (;;) {
    if (last === undefined) {
      const step = { ...request, input: turned };
      const answered = job ? await made(step, job, io, answer) : await answer(step);
      yield pageOf(answered, asides.splice(0));
      if (!answered.ok) return;
      last = answered.value;
    }
    if (!paging) return;
    const next = nextOf(paging, last, seen);
    last = undefined;
    if (next.to === 'end') return;
    if (next.to === 'lost') {
      yield lost(next.reason, `${service}:${operation}: ${next.text}`);
      return;
    }
    seen.add(next.token);
    turned = { ...input, [paging.in]: next.token };
  }
}

/** Asks for something to be made until it is, or until it has taken too long. */
async function prepared(
  request: Request,
  { operation, until, maximumWaitMs }: NonNullable<Request['prepare']>,
  { sleep, signal }: Io,
  answer: (step: Request) => Promise<Answered>,
): Promise<Answered> {
  const exchanges: Exchange[] = [];
  // What is bounded is the waiting that was asked for, not a clock that someone may set back.
  for (let waited = 0, look = firstLookMs; ; look = Math.min(look * 2, longestLookMs)) {
    const answered = await answer({ ...request, operation, input: {} });
    exchanges.push(...answered.exchanges);
    if (!answered.ok || answered.value[until.field] === until.equals) return { ...answered, exchanges };
    if (waited >= maximumWaitMs) {
      const text = `${request.service}:${operation}: not ${until.equals} within ${maximumWaitMs / 1000} seconds; it is asked again next time`;
      return { ok: false, problem: problem('timed-out', text), exchanges };
    }
    await sleep(look, signal);
    waited += look;
  }
}

/** Asks for what is being made until it is, or until it has taken too long or failed. */
async function made(
  request: Request,
  { state: { field, pending, done }, maximumWaitMs }: NonNullable<Request['job']>,
  { sleep, signal }: Io,
  answer: (step: Request) => Promise<Answered>,
): Promise<Answered> {
  const name = `${request.service}:${request.operation}`;
  const exchanges: Exchange[] = [];
  for (let waited = 0, look = firstLookMs; ; look = Math.min(look * 2, longestLookMs)) {
    const answered = await answer(request);
    exchanges.push(...answered.exchanges);
    if (!answered.ok) return { ...answered, exchanges };
    const state = answered.value[field];
    if (state === done) return { ...answered, exchanges };
    if (state !== pending) {
      const text = `${name}: AWS did not make it, or does not say so`;
      return { ok: false, problem: problem('unexpected-answer', text), exchanges };
    }
    if (waited >= maximumWaitMs) {
      const text = `${name}: not ${done} within ${maximumWaitMs / 1000} seconds; it is asked again next time`;
      return { ok: false, problem: problem('timed-out', text), exchanges };
    }
    await sleep(look, signal);
    waited += look;
  }
}

function pageOf(answered: Answered, asides: readonly Exchange[]): Page {
  const { exchanges } = answered;
  return {
    asides: [...asides, ...exchanges.slice(0, -1)],
    exchange: exchanges.at(-1) ?? null,
    answer: answered.ok ? { ok: true, value: answered.value } : { ok: false, problem: answered.problem },
  };
}

/** The end of a listing that is not known to be its end. */
function lost(reason: Problem['reason'], text: string): Page {
  return { asides: [], exchange: null, answer: { ok: false, problem: problem(reason, text) } };
}

function problem(reason: Problem['reason'], text: string): Problem {
  return { outcome: 'failed', reason, status: 0, code: null, text };
}
