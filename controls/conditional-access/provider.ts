import { Domain, Federation } from '../../evidence-model/kinds.ts';
import { isUnknown, type Unknown } from '../../evidence-model/unknown.ts';
import { need, type Need, type Whole } from '../control.ts';
import { told } from '../told.ts';
import type { AccessNeeds } from './tenant.ts';

/** What must be needed to say where people of a tenant sign in. */
export const providerNeeds = {
  domains: need(Domain, ['signIn']),
  federations: need(Federation, ['domain', 'issuer', 'secondFactor']),
};
type ProviderNeeds = {
  readonly [K in keyof typeof providerNeeds]: (typeof providerNeeds)[K] extends Need<infer V> ? V : never;
};

/** The identity provider in whose place the tenant asks, for people of a federated domain. */
export type Provider =
  | { readonly is: 'here' }
  | { readonly is: 'elsewhere'; readonly issuer: string; readonly proofTaken: boolean }
  | { readonly is: 'unknown'; readonly why: string };

const here: Provider = { is: 'here' };

/** Where people sign in, by the domain that they are called by. */
export function providerOf(whole: Whole<ProviderNeeds>): (name: string | Unknown) => Provider {
  const open = whole.open('domains');
  const signIns = told(whole.related('domains'), ['signIn']);
  const domains = new Map<string, string>();
  for (const view of whole.related('domains')) {
    const [known] = told([view], ['signIn']).known;
    if (known) domains.set(view.id.toLowerCase(), known.signIn);
  }
  const { known, untold: lost } = told(whole.related('federations'), ['domain', 'issuer', 'secondFactor']);
  const federations = new Map(known.map((each) => [each.domain.toLowerCase(), each]));
  return (name) => {
    if (isUnknown(name)) return { is: 'unknown', why: name.unknown };
    // Who was invited signs in at home, and is asked here all the same.
    if (/#ext#/i.test(name)) return here;
    const domain = name.slice(name.lastIndexOf('@') + 1).toLowerCase();
    const signIn = domains.get(domain);
    if (signIn === 'managed') return here;
    if (signIn === undefined) {
      const why = open ?? signIns.untold?.reason ?? `the domain ${domain} is not among those of the tenant`;
      return { is: 'unknown', why: `where people of ${domain} sign in is not known: ${why}` };
    }
    const federation = federations.get(domain);
    if (!federation)
      return {
        is: 'unknown',
        why: `people of ${domain} sign in at a provider that is not named: ${lost?.reason ?? whole.open('federations') ?? 'the tenant does not tell it'}`,
      };
    const { issuer, secondFactor } = federation;
    return { is: 'elsewhere', issuer, proofTaken: secondFactor.toLowerCase() !== 'rejectmfabyfederatedidp' };
  };
}

/** Why what is asked here may be proved where nobody reads. */
export function doubtOf(provider: Provider): string | null {
  if (provider.is === 'unknown') return provider.why;
  return provider.is === 'elsewhere' && provider.proofTaken
    ? `the sign-in, and the second factor, are those of ${provider.issuer}, which is not read`
    : null;
}

/** Of each account of a tenant, why what is asked of it may be proved where nobody reads. */
export function provedElsewhere(
  whole: Whole<ProviderNeeds & Pick<AccessNeeds, 'people'>>,
): (account: string) => string | null {
  const provider = providerOf(whole);
  const doubts = new Map<string, string | null>();
  for (const view of whole.related('people')) {
    const { known, untold } = told([view], ['name']);
    const name = known[0]?.name ?? { unknown: untold?.reason ?? 'what it is called is not told' };
    doubts.set(view.id, doubtOf(provider(name)));
  }
  return (account) => {
    const doubt = doubts.get(account);
    return doubt === undefined ? `${account} was not read` : doubt;
  };
}
