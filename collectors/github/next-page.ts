import { z } from 'zod';
import { resolve } from '../../evidence-model/pointer.ts';
import type { Problem } from '../collector.ts';
import type { Query } from './scope.ts';

/** A page of a listing that was answered. */
interface Answered {
  /** Where it was asked for. */
  readonly url: string;
  readonly link: string | null;
  readonly items: number | null;
}

/**
 * Where a listing goes on, or why it cannot be followed; `null` at its end. GitHub's own rule is to follow the link as
 * given: https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api#using-link-headers. A full
 * page without a link is not taken for the last: a header is easily lost on the way.
 */
export function nextPage(
  { url, link, items }: Answered,
  root: string,
  seen: Set<string>,
  what: string,
): string | Problem | null {
  const problem = problemIn(what);
  const links = linksOf(link ?? '');
  if (links === null)
    return problem('failed', 'not-understood', 'the links to other pages are not understood');
  const next = links.find(({ rels }) => rels.includes('next'));
  if (!next) {
    if (links.some(({ rels }) => rels.includes('last')))
      return problem('failed', 'not-understood', 'there are later pages, and no link to the next');
    return items === null ? null : afterFull(url, items, seen);
  }
  const to = URL.canParse(next.url, root) ? new URL(next.url, root) : null;
  if (!to?.href.startsWith(root))
    return problem('failed', 'foreign-link', 'the next page is at another place than this source');
  if (!asksTheSame(new URL(url), to))
    return problem('failed', 'foreign-link', 'the next page is one of another listing');
  if (seen.has(to.href))
    return problem('truncated', 'repeated-page', 'the listing leads back to a page that was read');
  seen.add(to.href);
  return to.href;
}

/**
 * Where something is that was renamed or moved since, by its number; `null` where the answer does not lead there.
 * https://docs.github.com/rest/using-the-rest-api/best-practices-for-using-the-rest-api#follow-redirects
 */
export function movedTo(
  { status, url }: { readonly status: number; readonly url: string },
  location: string | null,
  root: string,
): string | null {
  if (![301, 302, 307].includes(status) || location === null || !URL.canParse(location, url)) return null;
  const to = new URL(location, url);
  const byNumber = /^(repositories|organizations)\/\d+(\/|$)/.test(to.href.slice(root.length));
  return to.href.startsWith(root) && byNumber && asksTheSame(new URL(url), to) ? to.href : null;
}

/**
 * Behind which item a connection of GraphQL goes on, or why that is not known; `null` at its end.
 * https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api
 */
export function cursorIn(
  value: unknown,
  { connection, until }: { readonly connection: string; readonly until?: Query['until'] },
  seen: Set<string>,
  what: string,
): string | Problem | null {
  const problem = problemIn(what);
  if (isNull(value, connection)) return null;
  const found = Connection.safeParse(resolve(value, connection)).data;
  if (!found) return problem('failed', 'not-understood', 'the answer does not say whether there is more');
  const { hasNextPage, endCursor } = found.pageInfo;
  if (!hasNextPage || (until && passed(found.nodes ?? [], until))) return null;
  if (typeof endCursor !== 'string')
    return problem('failed', 'not-understood', 'there are later pages, and no cursor to the next');
  if (seen.has(endCursor))
    return problem('truncated', 'repeated-page', 'the listing leads back to a page that was read');
  seen.add(endCursor);
  return endCursor;
}

const Connection = z.object({
  pageInfo: z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullish() }),
  nodes: z.array(z.unknown()).optional(),
});

/** Whether GitHub says that there is nothing in which this listing could be, such as no identity provider. */
function isNull(value: unknown, connection: string): boolean {
  const steps = connection.split('/').slice(1);
  return steps.some((_, n) => n > 1 && resolve(value, `/${steps.slice(0, n + 1).join('/')}`) === null);
}

/** Whether the oldest of these, which come from new to old, is older than what is asked for. */
function passed(nodes: readonly unknown[], { field, before }: NonNullable<Query['until']>): boolean {
  const at = resolve(nodes.at(-1), `/${field}`);
  return typeof at === 'string' && Date.parse(at) < Date.parse(before);
}

const problemIn =
  (what: string) =>
  (outcome: Problem['outcome'], reason: Problem['reason'], text: string): Problem => ({
    outcome,
    reason,
    status: 200,
    code: null,
    text: `${what}: ${text}`,
  });

/** The page behind one that is full, which holds nothing where that was the last; `null` behind one that is not full. */
function afterFull(url: string, items: number, seen: Set<string>): string | null {
  const next = new URL(url);
  if (items === 0 || items < Number(next.searchParams.get('per_page') ?? 30)) return null;
  next.searchParams.set('page', String(Number(next.searchParams.get('page') ?? 1) + 1));
  seen.add(next.href);
  return next.href;
}

/** What differs from page to page: a number, or a cursor. */
const positions = ['page', 'after', 'before', 'cursor'];

/** GitHub's links keep the query as it was asked, though not the path. */
function asksTheSame(asked: URL, next: URL): boolean {
  return [...asked.searchParams].every(
    ([name, value]) => positions.includes(name) || next.searchParams.get(name) === value,
  );
}

/** RFC 8288 links; `null` where the header is none. */
function linksOf(header: string): { readonly url: string; readonly rels: readonly string[] }[] | null {
  const one = /^\s*<([^>]*)>((?:\s*;\s*[\w!#$&+.^`|~-]+\*?(?:\s*=\s*(?:"[^"]*"|[^\s",;]+))?)*)\s*(?:,|$)/;
  const links = [];
  for (let rest = header; rest.trim() !== '';) {
    const [whole, url = '', parameters = ''] = one.exec(rest) ?? [];
    if (whole === undefined) return null;
    const [, quoted, plain = ''] = /;\s*rel\s*=\s*(?:"([^"]*)"|([^\s",;]+))/i.exec(parameters) ?? [];
    links.push({ url, rels: (quoted ?? plain).toLowerCase().split(/\s+/) });
    rest = rest.slice(whole.length);
  }
  return links;
}
