import { z } from 'zod';
import type { Io, Problem } from '../collector.ts';
import type { Exchange } from '../../evidence-model/snapshot.ts';
import { failureOf } from '../problems.ts';
import { NetworkFailure, type Answer } from '../transport/network.ts';
import type { Transport } from '../transport/transport.ts';
import { problemOf } from './problems.ts';
import type { App, Config } from './scope.ts';

/** A token, or why there is none. `exchanges` are the requests that it took; answers that hold a token are never kept. */
export type Token = { readonly exchanges: readonly Exchange[] } & (
  | {
      readonly ok: true;
      readonly value: string;
      /** What the installation of an App was given; `null` of a token, which does not say. */
      readonly granted: Granted | null;
    }
  | { readonly ok: false; readonly problem: Problem }
);

type Granted = Readonly<Record<string, string>>;

const Installation = z.object({
  id: z.int(),
  suspended_at: z.string().nullish(),
  permissions: z.record(z.string(), z.string()),
});
const Issued = z.object({ token: z.string().min(1), expires_at: z.iso.datetime() });

/** A new token is asked for so long before the old one ends, so that it does not end on the way. */
const marginMs = 5 * 60_000;

/** Where an installation's token is asked for, and nothing else is posted to: https://docs.github.com/rest/apps/apps#create-an-installation-access-token-for-an-app */
export const tokenPath = /^\/app\/installations\/\d+\/access_tokens$/;

/** Proves who asks: a token as it is, or one of an App's installation, which lives for an hour and is asked for anew. */
export function tokensOf(
  { organization, token, app }: Config,
  { root, transport, io }: { readonly root: string; readonly transport: Transport; readonly io: Io },
): () => Promise<Token> {
  if (app === undefined) {
    const own: Token = { ok: true, value: token ?? '', granted: null, exchanges: [] };
    return () => Promise.resolve(own);
  }
  let held: { readonly value: string; readonly granted: Granted; readonly until: number } | null = null;
  let under: Promise<Token> | null = null;
  const sign = async (): Promise<Token> => {
    const asking = new Asking(app, root, transport, io);
    const issued = await asking.token(organization);
    const { exchanges } = asking;
    if (!('token' in issued)) return { ok: false, problem: issued, exchanges };
    const { token: value, granted } = issued;
    held = { value, granted, until: Date.parse(issued.expires_at) - marginMs };
    return { ok: true, value, granted, exchanges };
  };
  return async () => {
    if (held && io.now().getTime() < held.until)
      return { ok: true, value: held.value, granted: held.granted, exchanges: [] };
    if (under) return { ...(await under), exchanges: [] }; // those who ask meanwhile wait for the same token
    under = sign();
    try {
      return await under;
    } finally {
      under = null;
    }
  };
}

/** The requests of one sign-in. */
class Asking {
  readonly exchanges: Exchange[] = [];
  readonly #app: App;
  readonly #root: string;
  readonly #transport: Transport;
  readonly #io: Io;

  constructor(app: App, root: string, transport: Transport, io: Io) {
    this.#app = app;
    this.#root = root;
    this.#transport = transport;
    this.#io = io;
  }

  async token(
    organization: string,
  ): Promise<(z.output<typeof Issued> & { readonly granted: Granted }) | Problem> {
    const proof = await this.#proof();
    if (proof === null)
      return refused('the private key of the App cannot be read: give the PEM file that GitHub made');
    const installation = await this.#installation(proof, organization);
    if (!('id' in installation)) return installation;
    const answer = await this.#send('POST', `/app/installations/${installation.id}/access_tokens`, proof);
    if (!isAnswer(answer)) return answer;
    const issued = answer.status === 201 ? parsed(Issued, answer) : null;
    if (issued) return { ...issued, granted: installation.permissions };
    return answer.status === 201 ? notUnderstood() : problemOf('GitHub App', answer);
  }

  /** Which installation of the App is the one of this organisation, and what it was given. */
  async #installation(proof: string, organization: string): Promise<z.output<typeof Installation> | Problem> {
    const { installation } = this.#app;
    const path =
      installation === undefined
        ? `/orgs/${organization}/installation`
        : `/app/installations/${installation}`;
    const answer = await this.#send('GET', path, proof);
    if (!isAnswer(answer)) return answer;
    if (answer.status === 401)
      return refused(
        'GitHub refuses the App: check `id`, the private key, and the clock of this machine',
        401,
      );
    if (answer.status === 404)
      return installation === undefined
        ? refused(`the App is not installed in ${organization}: install it there`, 404)
        : refused(
            `the App has no installation ${installation}: install it in ${organization}, or leave \`installation\` out`,
            404,
          );
    if (answer.status !== 200) return problemOf('GitHub App', answer);
    const found = parsed(Installation, answer);
    if (!found) return notUnderstood();
    return typeof found.suspended_at === 'string'
      ? refused(`the installation of the App in ${organization} is suspended: an owner can lift that`, 200)
      : found;
  }

  async #proof(): Promise<string | null> {
    const { default: githubAppJwt } = await import('universal-github-app-jwt');
    const now = Math.floor(this.#io.now().getTime() / 1000);
    try {
      return (await githubAppJwt({ id: this.#app.id, privateKey: this.#app.privateKey, now })).token;
    } catch {
      return null; // whatever is wrong with the key, its text is not repeated
    }
  }

  async #send(method: 'GET' | 'POST', path: string, proof: string): Promise<Answer | Problem> {
    const headers = {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${proof}`,
      'user-agent': 'exhibit',
      'x-github-api-version': '2022-11-28',
    };
    const facts = { operation: null, input: null, secrets: [], cost: 1, exchanges: this.exchanges };
    // What the installation may read is told by the first; the second holds the token.
    const call = { ...facts, credentials: method === 'POST' };
    const url = new URL(`${this.#root}${path}`);
    try {
      return await this.#transport.send({ method, url, headers, body: null }, call);
    } catch (error) {
      if (error instanceof NetworkFailure) return failureOf('GitHub App', error);
      throw error;
    }
  }
}

function isAnswer(came: Answer | Problem): came is Answer {
  return 'bytes' in came;
}

function parsed<T>(schema: z.ZodType<T>, { bytes }: Answer): T | null {
  try {
    return schema.safeParse(JSON.parse(new TextDecoder().decode(bytes))).data ?? null;
  } catch {
    return null;
  }
}

function refused(text: string, status = 0): Problem {
  return {
    outcome: 'denied',
    reason: 'credentials-refused',
    status,
    code: null,
    text: `GitHub App: ${text}`,
  };
}

function notUnderstood(): Problem {
  const text = 'GitHub App: the answer is not the one of a sign-in';
  return { outcome: 'failed', reason: 'not-understood', status: 200, code: null, text };
}
