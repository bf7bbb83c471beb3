import { codeFrom } from '../problems.ts';
import type { Problem } from '../collector.ts';

type Verdict = Pick<Problem, 'outcome' | 'reason' | 'text' | 'grant'>;

const noPremium: Verdict = {
  outcome: 'not-licensed',
  reason: 'licence-missing',
  grant: ['Microsoft Entra ID P1'],
  text: 'Microsoft says that the tenant has no Entra ID P1 licence; it says so at times to a licensed tenant too, where Directory.Read.All is missing',
};
const denied = (text: string): Verdict => ({ outcome: 'denied', reason: 'permission-missing', text });
const refused = (text: string): Verdict => ({ outcome: 'denied', reason: 'credentials-refused', text });
const failed = (reason: Problem['reason'], text: string): Verdict => ({ outcome: 'failed', reason, text });

/** Codes that say more than the status they come with, which is not always the same. */
const codes: Readonly<Record<string, Verdict>> = {
  Authentication_RequestFromNonPremiumTenantOrB2CTenant: noPremium,
  AadPremiumLicenseRequired: {
    outcome: 'not-licensed',
    reason: 'licence-missing',
    grant: ['Microsoft Entra ID P2'],
    text: 'Microsoft says that the tenant has no Entra ID P2 or Governance licence',
  },
  Authentication_ApplicationHasNoDirectoryReadAccess: {
    ...denied('the application may not read the directory'),
    grant: ['Directory.Read.All'],
  },
};

/** What a refusal means, by its code and status. */
export function problemOf(what: string, status: number, code: string | null): Problem {
  const verdict = (code === null ? null : codes[code]) ?? byStatus(status);
  const said = code === null ? String(status) : `${status} ${code}`;
  return { ...verdict, status, code, text: `${what}: ${verdict.text} (${said})` };
}

function byStatus(status: number): Verdict {
  if (status === 401) return refused('Microsoft Graph refuses the token');
  if (status === 403) return denied('the application may not read it');
  if (status === 429) return failed('throttled', 'Microsoft asks to wait longer than this night');
  if (status >= 500) return failed('server-error', 'Microsoft Graph failed');
  return failed('unexpected-answer', 'Microsoft Graph did not answer the question');
}

/** Why there is no token. `codes` are Entra's own numbers, which tell more than the word: https://learn.microsoft.com/entra/identity-platform/reference-error-codes */
export function noToken(error: string, status: number, numbers: readonly number[]): Problem {
  const word = codeFrom(error) ?? 'unreadable';
  const meaning = numbers.map((number) => refusals[number]).find((text) => text !== undefined);
  const text = meaning ?? 'the application cannot sign in';
  const said = [word, ...numbers.map((number) => `AADSTS${number}`)].join(' ');
  return {
    outcome: 'denied',
    reason: 'credentials-refused',
    status,
    code: word,
    text: `Microsoft Entra: ${text} (${said})`,
  };
}

/** Nothing is asked with a certificate that is past its time: Entra would only refuse it. */
export function certificateEnded(at: Date): Problem {
  return {
    ...refused(
      `Microsoft Entra: by the clock of this machine the certificate ended on ${at.toISOString().slice(0, 10)}: make a new one and add it to the application`,
    ),
    status: 0,
    code: null,
  };
}

/** The application may do more than read. What it may not do, it cannot be made to do: so nothing is asked with it. */
export function tooMuch(permissions: readonly string[]): Problem {
  const named = permissions.map((name) => codeFrom(name) ?? 'one that cannot be named').join(', ');
  return {
    outcome: 'failed',
    reason: 'refused-request',
    status: 0,
    code: null,
    text: `Microsoft Entra: the application was granted more than reading, so that nothing is asked with it: take ${named} away from it`,
  };
}

const refusals: Readonly<Record<number, string>> = {
  700016: 'the application is not known in this tenant: check clientId, and that consent was given',
  7000215: 'the client secret is wrong: the value is needed, not its id',
  7000222: 'the client secret has expired: make a new one',
  50013: 'the assertion is not signed by the issuer that the application trusts',
  700024:
    'the assertion, or what the certificate signed, is past its time: the platform writes a new one, or a clock is wrong',
  700212: 'the assertion is made for another audience: api://AzureADTokenExchange is wanted',
  700213: 'no federated credential of the application has the issuer and subject of the assertion',
  700027: 'the certificate is not one of the application, or the clock of this machine is wrong',
  90002: 'there is no such tenant: check tenant',
};
