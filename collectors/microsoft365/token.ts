import { X509Certificate } from 'node:crypto';
import { AuthError, ConfidentialClientApplication, type INetworkModule } from '@azure/msal-node';
import { z } from 'zod';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import type { Exchange } from '../../evidence-model/snapshot.ts';
import type { Io, Problem } from '../collector.ts';
import { NetworkFailure } from '../transport/network.ts';
import { UndeclaredRequest, type Call, type Transport } from '../transport/transport.ts';
import { failureOf } from '../problems.ts';
import { exchangeRole } from './exchange-consent.ts';
import { beyondReading, rolesBeyondReading } from './granted.ts';
import { identityRequest, Issued } from './managed-identity.ts';
import { certificateEnded, noToken, tooMuch } from './problems.ts';
import type { Config, Credential } from './scope.ts';

/** https://learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow#error-response */
const Refusal = z.object({ error: z.string(), error_codes: z.array(z.int()).default([]) });

/** A token, or why there is none. `exchanges` are the requests that it took; their answers are never kept. */
export type Token = { readonly exchanges: readonly Exchange[] } & (
  { readonly ok: true; readonly value: string } | { readonly ok: false; readonly problem: Problem }
);

/** Gives a token; another one in the place of `refused`, which no longer counts although its time has not come. */
export type Tokens = (refused?: string) => Promise<Token>;

/** Signs in as the application. Tokens are held in memory by MSAL, which asks for a new one before the old one ends. */
export function tokensOf(
  config: Config,
  resource: string,
  transport: () => Transport,
  io: Pick<Io, 'now' | 'environment'>,
): Tokens {
  let heard = nothingHeard();
  const call: Omit<Call, 'exchanges'> = {
    operation: null,
    input: null,
    credentials: true,
    secrets: [],
    cost: 0,
  };
  const send = async (
    method: 'GET' | 'POST',
    url: string,
    options: { headers?: object; body?: string } = {},
  ) => {
    try {
      const { status, headers, bytes } = await transport().send(
        {
          method,
          url: new URL(url),
          headers: { ...(options.headers as Record<string, string> | undefined) },
          body: options.body === undefined ? null : new TextEncoder().encode(options.body),
        },
        { ...call, exchanges: heard.exchanges },
      );
      const body: unknown = JSON.parse(new TextDecoder().decode(bytes));
      heard.refusal = Refusal.safeParse(body).data ?? null;
      return { status, headers: { ...headers }, body: body as never };
    } catch (error) {
      if (error instanceof NetworkFailure) heard.failure = error;
      if (error instanceof UndeclaredRequest) heard.undeclared = error;
      throw error;
    }
  };
  const networkClient: INetworkModule = {
    sendGetRequestAsync: (url, options) => send('GET', url, options),
    sendPostRequestAsync: (url, options) => send('POST', url, options),
  };
  const { credential } = config;
  const acquire =
    'managedIdentity' in credential
      ? askMachine(config, resource, io, async (url, headers) => (await send('GET', url, { headers })).body)
      : askEntra(config, resource, credential, networkClient);
  let held = '';
  const sign = async (skipCache: boolean): Promise<Token> => {
    heard = nothingHeard();
    const ended = endOf(config.credential);
    if (ended !== null && ended < io.now())
      return { ok: false, problem: certificateEnded(ended), exchanges: heard.exchanges };
    try {
      const token = await acquire(skipCache);
      if (token !== null && token !== '') {
        const allowed = resource === config.exchange ? [exchangeRole] : [];
        const more = [
          ...beyondReading(token).filter((role) => !allowed.includes(role)),
          ...rolesBeyondReading(token),
        ];
        if (more.length > 0) return { ok: false, problem: tooMuch(more), exchanges: heard.exchanges };
        held = token;
        return { ok: true, value: token, exchanges: heard.exchanges };
      }
      return { ok: false, problem: problemIn(null, heard), exchanges: heard.exchanges };
    } catch (error) {
      return { ok: false, problem: problemIn(error, heard), exchanges: heard.exchanges };
    }
  };
  let under: Promise<Token> | null = null;
  // Those who ask meanwhile wait for the same token.
  return async (refused) => {
    while (under) {
      const token = await under;
      if (refused === undefined || !token.ok || token.value !== refused) return { ...token, exchanges: [] };
    }
    // Of many who were refused at once the first asks anew for all.
    const asking = sign(refused !== undefined && refused === held);
    under = asking;
    try {
      return await asking;
    } finally {
      under = null;
    }
  };
}

/**
 * How the machine that it runs on is asked for a token. MSAL could, but holds the first way out that it was given for as
 * long as the process lives, and every night has its own.
 */
function askMachine(
  config: Config,
  resource: string,
  { now, environment }: Pick<Io, 'now' | 'environment'>,
  send: (url: string, headers: Readonly<Record<string, string>>) => Promise<unknown>,
): Acquire {
  let held: z.output<typeof Issued> | null = null;
  return async (renew) => {
    const until = held === null ? 0 : held.expires_on * 1000 - marginMs;
    if (renew || held === null || now().getTime() >= until) {
      const { url, headers } = identityRequest(config, resource, environment);
      held = Issued.safeParse(await send(url, headers)).data ?? null;
    }
    return held === null ? null : held.access_token;
  };
}

/** A new token is asked for so long before the old one ends, so that it does not end on the way. */
const marginMs = 5 * 60_000;

/** A token; another one where the one that is held is refused. */
type Acquire = (renew: boolean) => Promise<string | null>;

/** How Entra is asked for a token, by what the application proves itself with. */
function askEntra(
  { authority: root, tenant, clientId }: Config,
  resource: string,
  credential: Proof,
  networkClient: INetworkModule,
): Acquire {
  const authority = `${root.replace(/\/$/, '')}/${tenant}`;
  const application = new ConfidentialClientApplication({
    auth: {
      clientId,
      authority,
      // The authority is the configured one, so that nobody else is asked whether it is one.
      knownAuthorities: [new URL(authority).host],
      ...proofOf(credential),
    },
    system: { networkClient },
  });
  return async (skipCache) => {
    const token = await application.acquireTokenByClientCredential({
      scopes: [`${resource.replace(/\/$/, '')}/.default`],
      skipCache,
    });
    return token?.accessToken ?? null;
  };
}

/** What the requests of one sign-in came to, beside what MSAL makes of it. */
interface Heard {
  readonly exchanges: Exchange[];
  failure: NetworkFailure | null;
  undeclared: UndeclaredRequest | null;
  refusal: z.output<typeof Refusal> | null;
}

function nothingHeard(): Heard {
  return { exchanges: [], failure: null, undeclared: null, refusal: null };
}

function problemIn(error: unknown, { exchanges, failure, undeclared, refusal }: Heard): Problem {
  if (undeclared) throw undeclared;
  if (failure) return failureOf('Microsoft Entra', failure);
  const status = exchanges.at(-1)?.status ?? 0;
  const failed = (reason: Problem['reason'], text: string): Problem => ({
    outcome: 'failed',
    reason,
    status,
    code: null,
    text: `Microsoft Entra: ${text}`,
  });
  if (status === 429) return failed('throttled', 'it gave no token for now (429)');
  if (status >= 500) return failed('server-error', `it gave no token (${status})`);
  if (refusal) return withClock(noToken(refusal.error, status, refusal.error_codes), exchanges.at(-1));
  if (error instanceof AuthError) return noToken(error.errorCode, status, []);
  return failed('not-understood', 'the answer is not the one of a token end point');
}

/** Entra lets clocks differ by five minutes: https://learn.microsoft.com/entra/identity-platform/certificate-credentials#assertion-format */
const clocksMayDiffer = 5;

/** What is refused for its time may be right but for the clock of this machine. */
function withClock(problem: Problem, exchange: Exchange | undefined): Problem {
  const minutes = Math.round((Date.parse(exchange?.at ?? '') - Date.parse(exchange?.date ?? '')) / 60_000);
  if (!(Math.abs(minutes) >= clocksMayDiffer)) return problem;
  const which = minutes > 0 ? 'ahead' : 'behind';
  return {
    ...problem,
    text: `${problem.text}; the clock of this machine is ${Math.abs(minutes)} minutes ${which} of Microsoft's: set it`,
  };
}

/** When the certificate of a credential ends; `null` where there is none. */
function endOf(credential: Credential): Date | null {
  return 'certificate' in credential ? parsed(credential.certificate).validToDate : null;
}

function parsed(certificate: string): X509Certificate {
  try {
    return new X509Certificate(certificate);
  } catch {
    throw new OperatorError('microsoft365: credential.certificate is not a certificate in PEM');
  }
}

type Proof = Exclude<Credential, { managedIdentity: unknown }>;

function proofOf(credential: Proof) {
  if ('clientSecret' in credential) return { clientSecret: credential.clientSecret };
  if ('assertion' in credential) return { clientAssertion: credential.assertion };
  const { certificate, privateKey } = credential;
  const thumbprintSha256 = parsed(certificate).fingerprint256.replaceAll(':', '');
  return { clientCertificate: { thumbprintSha256, privateKey } };
}
