import { z } from 'zod';
import { datasetsOf } from '../dataset.ts';
import { Secret } from '../secret.ts';

/** The settings of one GitHub organisation. Secrets come resolved. */
export const Config = z.strictObject({
  /** The login of the organisation, as it stands in its address. */
  organization: z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/),
  token: Secret,
  /** The root of the API: GitHub Enterprise Server and data residency have their own. */
  url: z.url({ protocol: /^https?$/ }).default('https://api.github.com'),
});
export type Config = z.output<typeof Config>;

/** What of the settings requests and records depend on. */
export interface Scope extends Readonly<Record<string, unknown>> {
  readonly organization: string;
  readonly url: string;
}

export function scopeOf({ organization, url }: Config): Scope {
  return { organization, url };
}

/** A declared GraphQL query; its text is the declaration, and no other text is sent. */
export interface Query {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
}

/** One read, as data: a path with its parameters, or a declared query. */
export type Request =
  | {
      readonly path: `/${string}`;
      readonly parameters: Readonly<Record<string, string | number>>;
      /** Whether a Link header leads on to more pages. */
      readonly paged: boolean;
    }
  | Query;

/** Types GitHub datasets by what GitHub sessions understand. */
export const dataset = datasetsOf<Scope, Request>();

/** A listing in pages of the largest size: https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export function listing(path: `/${string}`, parameters: Readonly<Record<string, string | number>>): Request {
  return { path, parameters: { per_page: 100, ...parameters }, paged: true };
}

export function single(path: `/${string}`, parameters: Readonly<Record<string, string | number>>): Request {
  return { path, parameters, paged: false };
}
