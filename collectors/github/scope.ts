import { z } from 'zod';
import { datasetsOf } from '../dataset.ts';
import { Secret } from '../secret.ts';

/** A GitHub App that is installed in the organisation. */
const App = z.strictObject({
  /** The App's id or its client id, as its settings show them. */
  id: z.union([z.int().positive(), z.string().min(1)]),
  /** PEM, as GitHub makes it. */
  privateKey: Secret,
  /** Found by itself, unless given. */
  installation: z.int().positive().optional(),
});
export type App = z.output<typeof App>;

/** The settings of one GitHub organisation. Secrets come resolved. */
export const Config = z
  .strictObject({
    /** The login of the organisation, as it stands in its address. */
    organization: z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,38})$/),
    token: Secret.optional(),
    app: App.optional(),
    /** The root of the API: GitHub Enterprise Server (`…/api/v3`) and data residency have their own. */
    url: z.url({ protocol: /^https?$/ }).default('https://api.github.com'),
  })
  .refine(({ token, app }) => (token === undefined) !== (app === undefined), {
    message: 'give either `token` or `app`',
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
  /** Where in the answer the connection stands that is read page by page; its `pageInfo` leads on, by `$after`. */
  readonly connection?: string;
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
