import type { Unknown } from '../../evidence-model/unknown.ts';
import { isLoopback } from '../transport/loopback.ts';
import type { Scope } from './scope.ts';

/** Who signs an account in, as far as its login and its place tell. */
type SignIn = 'github' | 'provider' | 'unknown';

/**
 * An enterprise that manages its accounts gives them a login with an underscore, which no other login can have. Only the
 * account that it was set up with, which ends so, signs in with a password:
 * https://docs.github.com/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
 * With data residency all accounts are managed. Of any other place, such as GitHub Enterprise Server, nobody knows.
 */
function signInAt(login: string, { url }: Pick<Scope, 'url'>): SignIn {
  const place = new URL(url);
  const host = place.hostname.replace(/\.$/, '');
  // What runs on this machine is a stand-in, unless it has the path of a server.
  const isGithub = host === 'api.github.com' || (isLoopback(place) && place.pathname === '/');
  if (!isGithub && !host.endsWith('.ghe.com')) return 'unknown';
  if (/_admin$/i.test(login)) return 'unknown';
  return isGithub && !login.includes('_') ? 'github' : 'provider';
}

const reasons = {
  provider:
    'an enterprise manages the account and its identity provider signs it in, so GitHub does not tell its second factor',
  unknown:
    'whether GitHub or an identity provider signs the account in is not known, so no list of GitHub tells that it has a second factor',
} as const;

/** What a listing of accounts tells of how they sign in: no silence of another list can say more than it does here. */
export function signInOf(login: string, scope: Pick<Scope, 'url'>) {
  const by = signInAt(login, scope);
  if (by === 'github') return { managed: false };
  const elsewhere: Unknown = { unknown: reasons[by] };
  return { managed: by === 'provider' ? true : elsewhere, mfaEnabled: elsewhere, mfaSecure: elsewhere };
}

/** What it means that GitHub lists an account as lacking something: of one that somebody else signs in, nothing. */
export function lacks(login: string, scope: Pick<Scope, 'url'>): false | Unknown {
  const listed = 'GitHub lists it as lacking one, but';
  return signInAt(login, scope) === 'provider' ? { unknown: `${listed} ${reasons.provider}` } : false;
}

/** A setting that is on counts; that it is off says nothing where all accounts are signed in by somebody else, or may be. */
export function requirementAt(required: boolean, scope: Pick<Scope, 'url'>): boolean | Unknown {
  const by = signInAt('', scope);
  if (required || by === 'github') return required;
  return {
    unknown:
      'GitHub does not require a second factor itself, and an identity provider that may do so signs people in, or may, which is not read here',
  };
}
