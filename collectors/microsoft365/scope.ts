import { z } from 'zod';
import { datasetsOf } from '../dataset.ts';
import { Secret } from '../secret.ts';

const root = z.url({ protocol: /^https$/ });

/** What the application proves itself with: a client secret, or a certificate whose private key never leaves. */
const Credential = z.union([
  z.strictObject({ clientSecret: Secret }),
  z.strictObject({
    /** PEM, PKCS #8. */
    privateKey: Secret,
    /** PEM. It is no secret, but it is found where the key is. */
    certificate: Secret,
  }),
]);
export type Credential = z.output<typeof Credential>;

/** The settings of one Microsoft 365 tenant. Secrets come resolved. */
export const Config = z.strictObject({
  /** The tenant's id, or one of its domains. */
  tenant: z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9.-]{0,62}[A-Za-z0-9])$/),
  /** The id of the application that may read. */
  clientId: z.guid(),
  credential: Credential,
  /** The root of Microsoft Graph: national clouds have their own. */
  url: root.default('https://graph.microsoft.com'),
  /** Where tokens come from: national clouds have their own. */
  authority: root.default('https://login.microsoftonline.com'),
});
export type Config = z.output<typeof Config>;

/** What of the settings requests and records depend on. */
export interface Scope extends Readonly<Record<string, unknown>> {
  readonly tenant: string;
  readonly url: string;
}

export function scopeOf({ tenant, url }: Config): Scope {
  return { tenant, url };
}

/** One read, as data: a path under `/v1.0` with its options. */
export interface Request {
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

/** Types Microsoft 365 datasets by what Microsoft 365 sessions understand. */
export const dataset = datasetsOf<Scope, Request>();

export function listing(path: `/${string}`, query: Readonly<Record<string, string>> = {}): Request {
  return { path, query, eventual: false, paged: true };
}

export function single(path: `/${string}`, query: Readonly<Record<string, string>> = {}): Request {
  return { path, query, eventual: false, paged: false };
}

/** Asks how many there are of a listing, beside reading it. */
export function counting(path: `/${string}`): Request {
  return {
    path,
    query: { $count: 'true', $top: '1', $select: 'id' },
    eventual: true,
    paged: false,
  };
}
