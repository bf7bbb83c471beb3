import { z } from 'zod';
import type { Problem } from '../collector.ts';

const Paged = z.object({ '@odata.nextLink': z.string().optional() });

/**
 * Where a listing goes on, or why it cannot be followed; `null` at its end. The link is followed as it is given:
 * https://learn.microsoft.com/graph/paging. A tenant repeats a skip token at times, so that a page whose link was met
 * before is read no second time and the listing is not whole.
 */
export function nextPage(
  value: unknown,
  root: string,
  seen: Set<string>,
  what: string,
): string | Problem | null {
  const paged = Paged.safeParse(value);
  const next = paged.success ? paged.data['@odata.nextLink'] : undefined;
  const problem = (outcome: Problem['outcome'], reason: Problem['reason'], text: string): Problem => ({
    outcome,
    reason,
    status: 200,
    code: null,
    text: `${what}: ${text}`,
  });
  if (!paged.success) return problem('failed', 'not-understood', 'the link to the next page is none');
  if (next === undefined) return null;
  if (!URL.canParse(next) || !new URL(next).href.startsWith(root))
    return problem('failed', 'foreign-link', 'the next page is at another place than this source');
  if (seen.has(next))
    return problem('truncated', 'repeated-page', 'the listing leads back to a page that was read');
  seen.add(next);
  return next;
}
