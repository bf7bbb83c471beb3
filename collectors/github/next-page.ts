import type { Problem } from '../collector.ts';

/**
 * Where a listing goes on, or why it cannot be followed; `null` at its end. GitHub's own rule is to follow the link as
 * given: https://docs.github.com/rest/using-the-rest-api/using-pagination-in-the-rest-api#using-link-headers
 */
export function nextPage(
  link: string | null,
  root: string,
  seen: Set<string>,
  what: string,
): string | Problem | null {
  const next = linksOf(link ?? '').find(({ rel }) => rel === 'next');
  if (!next) return null;
  const problem = (outcome: Problem['outcome'], reason: Problem['reason'], text: string): Problem => ({
    outcome,
    reason,
    status: 200,
    code: null,
    text: `${what}: ${text}`,
  });
  const url = URL.canParse(next.url, root) ? new URL(next.url, root) : null;
  if (!url?.href.startsWith(root))
    return problem('failed', 'foreign-link', 'the next page is at another place than this source');
  if (seen.has(url.href))
    return problem('truncated', 'repeated-page', 'the listing leads back to a page that was read');
  seen.add(url.href);
  return url.href;
}

/** RFC 8288 links, as far as GitHub writes them. */
function linksOf(header: string): { readonly url: string; readonly rel: string }[] {
  return [...header.matchAll(/<([^>]*)>((?:\s*;\s*[a-z]+="[^"]*")*)/g)].map(
    ([, url = '', parameters = '']) => ({
      url,
      rel: /;\s*rel="([^"]*)"/.exec(parameters)?.[1] ?? '',
    }),
  );
}
