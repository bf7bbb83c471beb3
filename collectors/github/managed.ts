import type { Unknown } from '../../evidence-model/unknown.ts';
import type { Scope } from './scope.ts';

/**
 * Why GitHub's own word on second factors says nothing of an account: somebody else signs it in. `null` where GitHub
 * does. An enterprise that manages its accounts gives them a login with an underscore, which no other login can have:
 * https://docs.github.com/enterprise-cloud@latest/admin/managing-iam/iam-configuration-reference/username-considerations-for-external-authentication
 */
export function signedInElsewhere(login: string, { url }: Pick<Scope, 'url'>): Unknown | null {
  const { hostname, pathname } = new URL(url);
  // Data residency knows managed accounts alone, and names them without one.
  // https://docs.github.com/enterprise-cloud@latest/admin/data-residency/about-github-enterprise-cloud-with-data-residency
  if (hostname.endsWith('.ghe.com') || login.includes('_')) return { unknown: managed };
  return pathname.replace(/\/$/, '').endsWith('/api/v3') ? { unknown: own } : null;
}

/** What a listing of accounts tells of how they sign in: no list of second factors can say more than it does here. */
export function signInOf(login: string, scope: Pick<Scope, 'url'>) {
  const elsewhere = signedInElsewhere(login, scope);
  if (elsewhere === null) return { managed: false };
  const whether = elsewhere.unknown === managed ? true : elsewhere;
  return { managed: whether, mfaEnabled: elsewhere, mfaSecure: elsewhere };
}

const managed =
  'an enterprise manages the account and its identity provider signs it in, so GitHub does not tell its second factor';
const own =
  'GitHub Enterprise Server may leave signing in to an identity provider and does not tell for whom, so its lists of second factors do not decide';
