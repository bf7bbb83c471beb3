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

/** One answer of a resolver, as `readDnsMessage` reads it. */
export const Answered = z.object({
  name: z.string(),
  exists: z.boolean(),
  signed: z.boolean(),
  records: z.array(z.string()),
});

/** As a resolver is asked for it. */
export function nameOf({ id }: OfDomain): string {
  return id.toLowerCase();
}

/**
 * The domain that was registered, by the list of public suffixes: what receivers ask where a domain says nothing itself.
 * https://www.rfc-editor.org/rfc/rfc7489#section-3.2
 */
export function organizationalDomainOf(name: string): string | null {
  return getDomain(name, { validateHostname: false });
}
