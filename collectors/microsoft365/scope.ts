import { z } from 'zod';
import { datasetsOf } from '../dataset.ts';
import { Secret } from '../secret.ts';

/** https://www.rfc-editor.org/rfc/rfc1035#section-2.3.1, with the underscore that some use. */
const domainName = /^(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/;

const root = z.url({ protocol: /^https$/ });

/**
 * What the application proves itself with: a client secret, a certificate whose private key never leaves, or what the
 * platform that it runs on writes of it, anew every hour or so: https://learn.microsoft.com/entra/workload-id/workload-identity-federation
 */
const Credential = z.union(
  [
    z.strictObject({ clientSecret: Secret }),
    z.strictObject({
      /** PEM, PKCS #8. */
      privateKey: Secret,
      /** PEM. It is no secret, but it is found where the key is. */
      certificate: Secret,
    }),
    z.strictObject({ assertion: Secret }),
    /**
     * What Azure gives what runs there: https://learn.microsoft.com/entra/identity/managed-identities-azure-resources/overview
     * One of the user's own is named by `clientId`.
     */
    z.strictObject({ managedIdentity: z.enum(['system-assigned', 'user-assigned']) }),
  ],
  {
    error:
      'is one of these: clientSecret; privateKey with certificate; assertion; managedIdentity, which is system-assigned or user-assigned',
  },
);
export type Credential = z.output<typeof Credential>;

/** The settings of one Microsoft 365 tenant. Secrets come resolved. */
export const Config = z
  .strictObject({
    /** The tenant's id, or one of its domains. */
    tenant: z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,62}[A-Za-z0-9])$/),
    /** The id of the application that may read. */
    clientId: z.guid(),
    credential: Credential,
    /** The root of Microsoft Graph: national clouds have their own. */
    url: root.default('https://graph.microsoft.com'),
    /** Where tokens come from: national clouds have their own. */
    authority: root.default('https://login.microsoftonline.com'),
    /** The root of Exchange Online, which is asked in a way that Microsoft does not document. */
    exchange: root.optional(),
    /**
     * Whom to ask what the world is told about domains, by DNS over HTTPS. Not the resolver of the house, which may tell
     * its own people something else.
     */
    resolver: root
      .refine(
        (url) => !/[?#@]/.test(url),
        'is kept with what it answers: no query, no user and no secret belongs in it',
      )
      .optional(),
    /** Domains of the company that the tenant does not know, such as those that only keep others from having them. */
    domains: z
      .array(z.string().toLowerCase().regex(domainName))
      .refine((names) => new Set(names).size === names.length, 'names a domain twice')
      .optional(),
  })
  .refine(({ resolver, domains }) => domains === undefined || resolver !== undefined, {
    path: ['domains'],
    message: 'are only looked up with a `resolver`',
  });
export type Config = z.output<typeof Config>;

/** What of the settings requests and records depend on. */
export interface Scope extends Readonly<Record<string, unknown>> {
  readonly tenant: string;
  readonly url: string;
  /** Only where domains are looked up. */
  readonly resolver?: string;
  readonly domains?: readonly string[];
}

export function scopeOf({ tenant, url, resolver, domains }: Config): Scope {
  return { tenant, url, ...(resolver !== undefined && { resolver, domains: domains ?? [] }) };
}

/** What Microsoft offers in its preview alone, and nothing else of it may be asked. */
export const previewed: readonly RegExp[] = [
  /^\/auditLogs\/signIns$/,
  /^\/users\/[^/]+\/authentication\/requirements$/,
];

/** A question to the resolver. */
export interface Lookup {
  /** In lower case, without a dot at its end. */
  readonly name: string;
  readonly type: 'MX' | 'TXT';
  /** Whether the policies that the policy of a sender refers to are pages, too. */
  readonly follow: boolean;
}

/** One read of Graph, as data: a path under the version with its options. */
export interface Reading {
  readonly version: 'v1.0' | 'beta';
  /** What stands for the application's own id is put there by whoever signs. */
  readonly path: `/${string}`;
  readonly query: Readonly<Record<string, string>>;
  /**
   * Asks the index that counts and searches: https://learn.microsoft.com/graph/aad-advanced-queries. Without the header
   * that this stands for, Graph leaves a count out and says nothing.
   */
  readonly eventual: boolean;
  /** Whether `@odata.nextLink` leads on to more pages. */
  readonly paged: boolean;
}

/** Whether more was to be read: of what is asked for the newest of, the link to older ones is not followed. */
export function continues(page: unknown, requests: readonly unknown[]): boolean {
  const paged = requests.some((each) => (each as Partial<Reading>).paged === true);
  return paged && typeof page === 'object' && page !== null && '@odata.nextLink' in page;
}

/** In a path: the id of the application that asks, as its token names it. */
export const ownApplication = '{application}';

/** A cmdlet of Exchange Online that gets something. */
export interface Cmdlet {
  readonly cmdlet: `Get-${string}`;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
}

export type Request = Reading | Lookup | Cmdlet;

/** Types Microsoft 365 datasets by what Microsoft 365 sessions understand. */
export const dataset = datasetsOf<Scope, Request>();

type Query = Reading['query'];

export function listing(path: `/${string}`, query: Query = {}): Reading {
  return { version: 'v1.0', path, query, eventual: false, paged: true };
}

export function single(path: `/${string}`, query: Query = {}): Reading {
  return { ...listing(path, query), paged: false };
}

/** A listing of the preview: https://learn.microsoft.com/graph/versioning-and-support#beta-version */
export function preview(path: `/${string}`, query: Query): Reading {
  return { ...listing(path, query), version: 'beta' };
}

/** Asks how many there are of a listing, beside reading it. */
export function counting(path: `/${string}`, filter: Query = {}): Reading {
  return { ...single(path, { $count: 'true', $top: '1', $select: 'id', ...filter }), eventual: true };
}

const Counted = z.object({ '@odata.count': z.int().nonnegative() });

export function cmdlet(name: Cmdlet['cmdlet'], parameters: Cmdlet['parameters'] = {}): Cmdlet {
  return { cmdlet: name, parameters };
}

export function lookup(
  type: Lookup['type'],
  name: string,
  { follow }: Pick<Lookup, 'follow'> = { follow: false },
): Lookup {
  return { name, type, follow };
}

/** How many Graph says that there are; `null` where it left that out, as it does without the header. */
export function countIn(value: unknown): number | null {
  return Counted.safeParse(value).data?.['@odata.count'] ?? null;
}

/** An id inside a path. */
export function idIn(id: string): string {
  return encodeURIComponent(id);
}

/** Why a field is unknown that Graph could have told. */
export const silent = 'Microsoft Graph does not tell it';

/** A time of Graph's in the form that records want, where there is one. */
export function timeOf(text: string): string;
export function timeOf(text: string | null | undefined): string | null | undefined;
export function timeOf(text: string | null | undefined): string | null | undefined {
  return typeof text === 'string' ? new Date(text).toISOString() : text;
}

/** A time that may not have come: Graph says so with null, and by leaving it out it says nothing. */
export function timeOrNever(text: string | null | undefined): string | null | undefined {
  return text === null ? 'never' : timeOf(text);
}

/** A time as Graph writes it. */
export const Time = z.iso.datetime({ offset: true });
