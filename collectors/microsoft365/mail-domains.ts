import { domainToASCII } from 'node:url';
import { getDomain } from 'tldts';
import { z } from 'zod';
import { Domain } from '../../evidence-model/kinds.ts';
import { each, type Each } from '../dataset.ts';
import { domains } from './domains.ts';
import type { Scope } from './scope.ts';

/** Domains that Microsoft lends to every tenant, with records of its own: https://learn.microsoft.com/entra/fundamentals/add-custom-domain */
const lent = /\.(?:onmicrosoft\.(?:com|us|de)|partner\.onmschina\.cn)$/i;

/** Every domain of the tenant whose owner was proven, and what else the company says it owns. */
export const eachMailDomain = each(
  domains,
  Domain,
  ['verified'],
  ({ id, verified }) => verified && !lent.test(id),
  { besides: ({ domains: others = [] }: Scope) => others },
  // Whoever is named by the settings has an id and nothing else, and no more is asked for.
) as Each<never> as Each<OfDomain>;

/** A domain that is asked about. */
export interface OfDomain {
  readonly id: string;
}

/** What it takes beside the list of domains, which Graph gives. */
export const resolverPermissions = ['Requests by HTTPS to the resolver that is configured'];

/** One answer of a resolver, as `readDnsMessage` reads it, to a question of this type. */
export const answered = (type: 'MX' | 'TXT') =>
  z.object({
    name: z.string(),
    type: z.literal(type),
    exists: z.boolean(),
    signed: z.boolean(),
    records: z.array(z.string()),
  });

/** As a resolver is asked for it. Throws where that is no name of a host. */
export function nameOf({ id }: OfDomain): string {
  const name = domainToASCII(id);
  if (name === '') throw new Error('it is no name of a host');
  return name;
}

/** Nothing is told by an answer about something else. */
export function expectName(name: string, expected: readonly string[]): void {
  if (!expected.includes(name)) throw new Error('the answer is about another name');
}

/**
 * The domain that was registered, by the list of public suffixes: what receivers ask where a domain says nothing itself.
 * Some use all of the list, some the part of the registries alone: `null` where that makes a difference, and `none`
 * where there is no such domain. https://www.rfc-editor.org/rfc/rfc7489#section-3.2
 */
export function organizationalDomainOf(name: string): string | null {
  const [registries, all] = [false, true].map((allowPrivateDomains) =>
    getDomain(name, { validateHostname: false, allowPrivateDomains }),
  );
  return registries === all ? (all ?? 'none') : null;
}

/** The name itself and those above it, up to the registered domain, at each of which some receivers may look. */
export function namesUpFrom(name: string): string[] {
  const registered = getDomain(name, { validateHostname: false }) ?? name;
  const labels = name.split('.');
  const above = labels.map((_, n) => labels.slice(n).join('.'));
  return above.slice(0, Math.max(1, above.indexOf(registered) + 1));
}
