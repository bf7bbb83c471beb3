import { Organization } from '../../evidence-model/kinds.ts';
import { daysBetween } from '../days.ts';
import type { Federation, Register } from '../declarations.ts';
import type { Evidence } from '../evaluate.ts';
import { untold, type Mfa } from './facts.ts';
import type { Tenant } from './microsoft365.ts';

/** How many days somebody's word for where people sign in counts, which no API tells. */
const statementDays = 90;

/** Where other systems have people signed in, and what that takes there. */
export interface Relied {
  /** Of whoever is called so at the provider of this issuer. */
  readonly byIssuer: (issuer: string, name: string) => Mfa;
  /** What people call that provider: a source of ours, or one that nobody reads. */
  readonly called: (issuer: string) => string;
  /** Of whoever is called so, by way of a provider of a cloud for which somebody said where it leads. */
  readonly byStatement: (source: string, provider: string, name: string) => Mfa;
  /** What somebody said of such a provider. */
  readonly statement: (source: string, provider: string) => Statement;
}

/** Where a provider leads, as somebody said, or why nobody's word counts. */
export type Statement =
  | { readonly is: 'tenant'; readonly tenant: Tenant; readonly words: string }
  | { readonly is: 'itself'; readonly words: string }
  | { readonly is: 'none'; readonly why: string };

/** The tenant that an issuer names: https://learn.microsoft.com/entra/identity-platform/reference-saml-tokens and access-token-claims-reference */
const entra =
  /^https:\/\/(?:sts\.windows\.net|login\.microsoftonline\.com)\/([0-9a-f-]{36})\/?(?:v2\.0\/?)?$/i;

/** The directories that are sources of ours, by the ids that others know them by. */
export function reliedOn(
  { subjects, asOf }: Evidence,
  tenants: ReadonlyMap<string, Tenant>,
  { federations }: Pick<Register, 'federations'>,
): Relied {
  const byId = new Map<string, Tenant>();
  for (const { source, id } of subjects.of(Organization.name)) {
    const tenant = tenants.get(source);
    if (tenant) byId.set(id.toLowerCase(), tenant);
  }
  const tenantOf = (issuer: string) => byId.get((entra.exec(issuer)?.[1] ?? '').toLowerCase());
  const unread = (issuer: string) => nobodyKnows(`the sign-in is that of ${issuer}, which is not read`);
  const said = new Map<string, Federation>();
  for (const each of federations) said.set(JSON.stringify([each.source, each.provider]), each);
  const statement = (source: string, provider: string): Statement => {
    const found = said.get(JSON.stringify([source, provider]));
    if (!found)
      return {
        is: 'none',
        why: `no API of AWS tells where whoever comes by way of ${provider} signs in, and nobody wrote it down`,
      };
    const { leadsTo, statedBy, statedOn } = found;
    const age = daysBetween(`${statedOn}T00:00:00.000Z`, asOf);
    const words = `as ${statedBy} said on ${statedOn}`;
    if (statedOn > asOf.slice(0, 10) || age > statementDays)
      return {
        is: 'none',
        why: `where whoever comes by way of ${provider} signs in was said on ${statedOn}, which counts for ${statementDays} days`,
      };
    if (leadsTo === 'itself') return { is: 'itself', words };
    const tenant = tenants.get(leadsTo);
    return tenant
      ? { is: 'tenant', tenant, words }
      : { is: 'none', why: `whoever comes by way of ${provider} signs in at ${leadsTo}, which is not read` };
  };
  return {
    byIssuer: (issuer, name) => tenantOf(issuer)?.elsewhere(name) ?? unread(issuer),
    called: (issuer) => tenantOf(issuer)?.source ?? `${issuer}, which is not read`,
    statement,
    byStatement: (source, provider, name) => {
      const found = statement(source, provider);
      if (found.is === 'none') return nobodyKnows(found.why);
      if (found.is === 'tenant') {
        const its = found.tenant.elsewhere(name);
        return { ...its, by: `${its.by}, ${found.words}` };
      }
      return {
        capable: true,
        required: true,
        observed: untold('no API of AWS tells it'),
        phishingResistant: untold('no API of AWS tells it'),
        by: `the directory asks everybody for a second factor, ${found.words}`,
      };
    },
  };
}

/** Nothing is known of a sign-in, for this reason. */
export function nobodyKnows(why: string): Mfa {
  const unknown = untold(why);
  return { capable: unknown, required: unknown, observed: unknown, phishingResistant: unknown, by: why };
}
