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
    /**
     * The enterprise that the organisation belongs to, by its slug as it stands in its address, and a classic token of
     * one of its owners, with which nothing else is asked.
     */
    enterprise: z
      .strictObject({ slug: z.string().regex(/^[A-Za-z0-9](?:[A-Za-z0-9-]{0,59})$/), token: Secret })
      .optional(),
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
  /** An App may do what it was given; a token may do what its holder may, and no more than it was given. */
  readonly by: 'app' | 'token';
  /** Only where it is read. */
  readonly enterprise?: string;
}

export function scopeOf({ organization, url, app, enterprise }: Config): Scope {
  const by = app === undefined ? 'token' : 'app';
  return { organization, url, by, ...(enterprise !== undefined && { enterprise: enterprise.slug }) };
}

/** A declared GraphQL query; its text is the declaration, and no other text is sent. */
export interface Query {
  readonly query: string;
  readonly variables: Readonly<Record<string, string>>;
  /** Asked with the token of an owner of the enterprise. */
  readonly ofEnterprise?: true;
  /** Where in the answer the connection stands that is read page by page; its `pageInfo` leads on, by `$after`. */
  readonly connection?: string;
  /** Of a connection from new to old: the field that says how new a node is, and what is too old to be asked for. */
  readonly until?: { readonly field: string; readonly before: string };
}

/** One read, as data: a path with its parameters, or a declared query. */
export type Request =
  | {
      readonly path: `/${string}`;
      readonly parameters: Readonly<Record<string, string | number>>;
      /** Whether there are more pages: counted off, or each led to by the Link header of the one before alone. */
      readonly paged: 'number' | 'cursor' | false;
    }
  | Query;

/** Types GitHub datasets by what GitHub sessions understand. */
export const dataset = datasetsOf<Scope, Request>();

/** A listing in pages of the largest size: https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api */
export function listing(path: `/${string}`, parameters: Readonly<Record<string, string | number>>): Request {
  return { path, parameters: { per_page: 100, ...parameters }, paged: 'number' };
}

/** A listing in which only the Link header leads on; it knows no page by number. */
export function cursorListing(
  path: `/${string}`,
  parameters: Readonly<Record<string, string | number>>,
): Request {
  return { path, parameters: { per_page: 100, ...parameters }, paged: 'cursor' };
}

export function single(path: `/${string}`, parameters: Readonly<Record<string, string | number>>): Request {
  return { path, parameters, paged: false };
}

/** A listing of GraphQL. In the text `$after` must lead on, and the connection tell `pageInfo`. */
export function connection(
  at: `/data/${string}`,
  query: string,
  variables: Readonly<Record<string, string>>,
  more: Pick<Query, 'until' | 'ofEnterprise'> = {},
): Query {
  return { query, variables, connection: at, ...more };
}

/** Why a field is unknown that GitHub could have given. */
export const silent = 'GitHub does not tell it';

/** A time of GitHub's in the form that records want, where there is one. */
export function timeOf(text: string): string;
export function timeOf(text: string | null | undefined): string | null | undefined;
export function timeOf(text: string | null | undefined): string | null | undefined {
  return typeof text === 'string' ? new Date(text).toISOString() : text;
}

/** A time that may not have come: GitHub says so with null, and by leaving it out it says nothing. */
export function timeOrNever(text: string | null | undefined): string | null | undefined {
  return text === null ? 'never' : timeOf(text);
}

/** A list inside an item, which is read as far as it comes with it. */
export const part = <Item extends z.ZodType>(item: Item) =>
  z.object({ nodes: z.array(item), pageInfo: z.object({ hasNextPage: z.boolean() }) });

/** All that is in it; an item whose list goes on is not understood, so that nobody takes a part for the whole. */
export function wholeOf<T>(
  what: string,
  { nodes, pageInfo }: z.output<ReturnType<typeof part<z.ZodType<T>>>>,
): readonly T[] {
  if (pageInfo.hasNextPage) throw new Error(`there are more ${what} than GitHub gives at once`);
  return nodes;
}
