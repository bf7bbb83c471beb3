import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Io, Problem } from '../collector.ts';
import { ask, type Answered } from './asking.ts';
import type { Client } from './clients.ts';
import type { AwsCredentials } from './sdk.ts';
import type { Config, Service } from './scope.ts';

/** Taken on again before AWS ends it, so that no request goes out with credentials that end on the way. */
const refreshBeforeMs = 5 * 60_000;

export type Entered =
  /** Whose credentials sign there, and what was asked to get them. */
  | { readonly ok: true; readonly as: string | null; readonly exchanges: readonly Exchange[] }
  | { readonly ok: false; readonly problem: Problem; readonly exchanges: readonly Exchange[] };

type Failed = Entered & { readonly ok: false };
type Identified =
  { readonly ok: true; readonly account: string; readonly exchanges: readonly Exchange[] } | Failed;

/** Gets into accounts: with the configured credentials into their own, with the read role into the others. */
export class Identities {
  readonly #config: Config;
  readonly #io: Io;
  readonly #clientOf: (service: Service) => Promise<Client>;
  readonly #assumed = new Map<string, AwsCredentials>();
  readonly #under = new Map<string, Promise<Entered>>();
  #chain: (() => Promise<AwsCredentials>) | null = null;
  #own: string | null = null;
  #identifying: Promise<Identified> | null = null;

  constructor(config: Config, io: Io, clientOf: (service: Service) => Promise<Client>) {
    this.#config = config;
    this.#io = io;
    this.#clientOf = clientOf;
  }

  /** Makes sure that there are credentials for the account. The questions that this took belong to whoever came first. */
  async enter(account: string | null): Promise<Entered> {
    if (account === null || this.#isFresh(account)) return { ok: true, as: account, exchanges: [] };
    const under = this.#under.get(account);
    if (under) return { ...(await under), exchanges: [] };
    const entering = this.#enter(account).finally(() => this.#under.delete(account));
    this.#under.set(account, entering);
    return entering;
  }

  /** The credentials that sign; for an account, those that entering it brought. */
  async credentialsOf(as: string | null): Promise<AwsCredentials> {
    if (as === null) return this.#configured();
    const found = this.#assumed.get(as);
    if (!found) throw new Error('an account was asked before it was entered');
    return found;
  }

  async #enter(account: string): Promise<Entered> {
    const own = await this.#identity();
    if (!own.ok) return own;
    const { exchanges } = own;
    if (own.account === account) return { ok: true, as: null, exchanges };
    const assumed = await this.#assume(account);
    return { ...assumed, exchanges: [...exchanges, ...assumed.exchanges] };
  }

  /** Whose the configured credentials are. It is asked once; those who wait for the answer do not ask again. */
  async #identity(): Promise<Identified> {
    if (this.#own !== null) return { ok: true, account: this.#own, exchanges: [] };
    if (this.#identifying) return { ...(await this.#identifying), exchanges: [] };
    this.#identifying = this.#identify().finally(() => {
      this.#identifying = null;
    });
    return this.#identifying;
  }

  async #identify(): Promise<Identified> {
    const answered = await this.#ask('GetCallerIdentity', {}, 'with the configured credentials');
    if (!answered.ok) return answered;
    const account = answered.value['Account'];
    if (typeof account !== 'string') return unread(answered, 'sts:GetCallerIdentity names no account');
    this.#own = account;
    return { ok: true, account, exchanges: answered.exchanges };
  }

  async #assume(account: string): Promise<Entered> {
    const { partition, role, externalId } = this.#config;
    const where = `of the role ${role} in account ${account}`;
    const input = {
      RoleArn: `arn:${partition}:iam::${account}:role/${role}`,
      RoleSessionName: 'exhibit',
      ...(externalId === undefined ? {} : { ExternalId: externalId }),
    };
    const answered = await this.#ask('AssumeRole', input, where);
    if (!answered.ok) return { ...answered, problem: inAccount(answered.problem, role, account) };
    const credentials = credentialsIn(answered.value['Credentials']);
    if (!credentials) return unread(answered, `sts:AssumeRole ${where} gave no credentials`);
    this.#assumed.set(account, credentials);
    return { ok: true, as: account, exchanges: answered.exchanges };
  }

  async #ask(
    operation: 'AssumeRole' | 'GetCallerIdentity',
    input: Readonly<Record<string, unknown>>,
    where: string,
  ): Promise<Answered> {
    return ask(await this.#clientOf('sts'), {
      service: 'sts',
      operation,
      input,
      unsaid: ['ExternalId'],
      credentials: operation === 'AssumeRole',
      secrets: [],
      where,
    });
  }

  #isFresh(account: string): boolean {
    if (account === this.#own) return false;
    const expiration = this.#assumed.get(account)?.expiration;
    return expiration !== undefined && expiration.getTime() - this.#io.now().getTime() > refreshBeforeMs;
  }

  async #configured(): Promise<AwsCredentials> {
    const { credentials } = this.#config;
    if (credentials) return credentials;
    if (!this.#chain) {
      const { fromNodeProviderChain } = await import('@aws-sdk/credential-providers');
      this.#chain = fromNodeProviderChain();
    }
    return this.#chain();
  }
}

function credentialsIn(value: unknown): AwsCredentials | null {
  if (typeof value !== 'object' || value === null) return null;
  const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = value as Readonly<
    Record<string, unknown>
  >;
  if (
    typeof AccessKeyId !== 'string' ||
    typeof SecretAccessKey !== 'string' ||
    typeof SessionToken !== 'string' ||
    typeof Expiration !== 'string'
  )
    return null;
  return {
    accessKeyId: AccessKeyId,
    secretAccessKey: SecretAccessKey,
    sessionToken: SessionToken,
    expiration: new Date(Expiration),
  };
}

/** A role that cannot be taken on is the account's own trouble, and its operator's to mend. */
function inAccount(problem: Problem, role: string, account: string): Problem {
  return problem.reason === 'permission-missing'
    ? {
        ...problem,
        text: `${problem.text}: create the role ${role} in account ${account}, and let it trust the credentials of this source`,
      }
    : problem;
}

function unread({ exchanges }: Answered, text: string): Failed {
  const status = exchanges.at(-1)?.status ?? 0;
  return {
    ok: false,
    exchanges,
    problem: { outcome: 'failed', reason: 'not-understood', status, code: null, text },
  };
}
