import {
  Account,
  Directory,
  DirectoryUser,
  FederationRoute,
  IdentityProvider,
} from '../../evidence-model/kinds.ts';
import type { Subject } from '../../evidence-model/subject.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import type { Evidence } from '../evaluate.ts';
import { shortfalls } from '../readings.ts';
import { isOfCenter } from '../role-trust.ts';
import { DerivedSubject } from './derived-subject.ts';
import { untold, type Told } from './facts.ts';
import type { Tenant } from './microsoft365.ts';
import type { Relied } from './relied.ts';
import type { Row } from './rows.ts';

interface Assured {
  readonly leadsTo: Told<string>;
  readonly required: Told<boolean>;
  readonly by: string;
}

/**
 * The ways by which people of another directory come into AWS: Identity Center, and providers that an account trusts by
 * SAML. Those by OpenID Connect sign in programs.
 */
export function routesOf(evidence: Evidence, rows: readonly Row[], relied: Relied): Subject[] {
  const clouds = new Set(evidence.sources.flatMap(({ id, collector }) => (collector === 'aws' ? [id] : [])));
  const byDirectory = new Map<string, Row[]>();
  for (const row of rows) {
    if (row.facts.directory === 'none' || row.holder.fields.get('enabled')?.value === false) continue;
    const key = JSON.stringify([row.account.source, row.facts.directory]);
    const list = byDirectory.get(key) ?? [];
    byDirectory.set(key, list);
    list.push(row);
  }
  const whole = new Map<string, Assured>();
  const routes: Subject[] = [];
  for (const directory of evidence.subjects.of(Directory.name)) {
    const owner = directory.fields.get('owner')?.value;
    // Members of an organisation see the directory of it, which is told of at its owner.
    const elsewhere = typeof owner === 'string' && owner !== directory.fields.get('cloudAccount')?.value;
    if (!clouds.has(directory.source) || elsewhere) continue;
    const users = byDirectory.get(JSON.stringify([directory.source, directory.id])) ?? [];
    const open =
      typeof owner === 'string'
        ? openListing(evidence, directory.source, DirectoryUser.name)
        : 'whose it is, is not told';
    routes.push(routeOf(directory, users, byUsers(directory, users, open, relied)));
  }
  for (const provider of evidence.subjects.of(IdentityProvider.name)) {
    if (!clouds.has(provider.source) || provider.fields.get('protocol')?.value === 'oidc') continue;
    if (isOfCenter(provider.id)) {
      const centers = routes.filter(({ source, id }) => source === provider.source && id.includes(':sso:'));
      routes.push(routeOf(provider, [], ofCenters(centers)));
      continue;
    }
    const statement = relied.statement(provider.source, provider.id);
    if (statement.is !== 'tenant') {
      const why =
        statement.is === 'none' ? statement.why : 'a provider that is trusted by SAML keeps no people itself';
      routes.push(routeOf(provider, [], { leadsTo: untold(why), required: untold(why), by: why }));
      continue;
    }
    const { source } = statement.tenant;
    const found = whole.get(source) ?? everybodyOf(evidence, statement.tenant);
    whole.set(source, found);
    routes.push(routeOf(provider, [], { ...found, by: `${found.by}, ${statement.words}` }));
  }
  return routes;
}

/** Whoever comes by way of it comes by way of an Identity Center of the same source. */
function ofCenters(centers: readonly Subject[]): Assured {
  const why = 'it is called as one of Identity Center, and which one is not known';
  const [center, ...others] = centers;
  if (!center || others.length > 0) return { leadsTo: untold(why), required: untold(why), by: why };
  const value = (field: string) => center.fields.get(field)?.value;
  return {
    leadsTo: value('leadsTo') as Told<string>,
    required: value('mfaRequired') as Told<boolean>,
    by: `it is that of Identity Center, by its name; ${String(value('mfaBy'))}`,
  };
}

function routeOf(of: Subject, users: readonly Row[], { leadsTo, required, by }: Assured): Subject {
  // Who is in a directory may be many: what named them is cited as a whole.
  const listed = users.flatMap(({ account }) => account.citations);
  const pages = new Map(listed.map((each) => [`${each.dataset} ${each.artifact}`, { ...each, pointer: '' }]));
  const { source, id } = of;
  const origin = { source, id, from: [of], besides: [...pages.values()] };
  return new DerivedSubject(FederationRoute, origin, {
    called: of.fields.get('name')?.value ?? untold('it is not told'),
    leadsTo,
    mfaRequired: required,
    mfaBy: by,
  });
}

/** Everybody whom a directory lets in, as far as it is known where they sign in. */
function byUsers(
  { source, id }: Subject,
  users: readonly Row[],
  open: string | null,
  relied: Relied,
): Assured {
  const statement = relied.statement(source, id);
  if (statement.is === 'none')
    return { leadsTo: untold(statement.why), required: untold(statement.why), by: statement.why };
  const leadsTo = statement.is === 'tenant' ? statement.tenant.source : 'itself';
  const found = together(users.map(({ account, facts }) => [account.id, facts.mfa.required, facts.mfa.by]));
  return { leadsTo, ...unlessOpen(found, open) };
}

/** Why a listing of a source may be more than was read. */
function openListing({ readings }: Evidence, source: string, kind: string): string | null {
  const listings = readings.filter((each) => each.source === source && each.kinds[kind]?.lists === true);
  const [open] = listings.length > 0 ? shortfalls(listings) : [`${source}: nobody lists who signs in there`];
  return open ?? null;
}

/** That all are asked stands only where there are no others. */
function unlessOpen(found: ReturnType<typeof together>, open: string | null) {
  return open !== null && found.required === true ? { required: untold(open), by: open } : found;
}

/** Everybody of a tenant, since AWS knows none of those whom a provider says it is. */
function everybodyOf(evidence: Evidence, tenant: Tenant): Assured {
  const accounts = evidence.subjects
    .of(Account.name)
    .filter(({ source, fields }) => source === tenant.source && fields.get('enabled')?.value !== false);
  const found = together(
    accounts.map((account) => {
      const name = account.fields.get('name')?.value;
      const its = typeof name === 'string' ? tenant.elsewhere(name) : null;
      return [account.id, its?.required ?? untold('what it is called is not told'), its?.by ?? ''];
    }),
  );
  return { leadsTo: tenant.source, ...unlessOpen(found, openListing(evidence, tenant.source, Account.name)) };
}

/** All of these must be asked. One who is not is named, before one of whom it is not known. */
function together(
  each: readonly (readonly [id: string, required: Told<boolean>, by: string])[],
): Pick<Assured, 'required' | 'by'> {
  const open = each.filter(([, required]) => required === false);
  const [first] = open;
  if (first)
    return {
      required: false,
      by: `${open.length} of ${each.length} are not asked, ${first[0]} for one: ${first[2]}`,
    };
  const unclear = each.filter(([, required]) => isUnknown(required));
  const [one] = unclear;
  if (one && isUnknown(one[1]))
    return {
      required: untold(
        `of ${unclear.length} of ${each.length} it is not known, of ${one[0]} for one: ${one[1].unknown}`,
      ),
      by: one[2],
    };
  return { required: true, by: `all ${each.length} who can sign in are asked for a second factor` };
}
