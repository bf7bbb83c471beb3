import type { ReasonCode } from '../../evidence-model/outcome.ts';
import type { Paging } from './scope.ts';

export type Next =
  | { readonly to: 'end' }
  | { readonly to: 'page'; readonly token: string }
  /** The answer does not say how it goes on, so what came is not known to be all. */
  | { readonly to: 'lost'; readonly reason: ReasonCode; readonly text: string };

/**
 * Where a listing goes on. IAM may give fewer items than asked for and still have more, so only its own word counts
 * (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html). A token that came
 * before never leads on: it would lead in circles.
 */
export function nextOf(
  { out, more, under }: Paging,
  whole: Readonly<Record<string, unknown>>,
  seen: ReadonlySet<string>,
): Next {
  const answer = (under === undefined ? whole : whole[under]) as typeof whole | undefined;
  if (answer === undefined) return lost(`${under ?? ''} is not there`);
  const token = answer[out];
  const has = token !== undefined && token !== '';
  if (has && typeof token !== 'string') return lost(`${out} is not a token`);
  if (more !== undefined) {
    const says = answer[more];
    if (typeof says !== 'boolean') return lost(`${more} does not say whether there is more`);
    if (says && !has) return lost(`${more} says that there is more, and ${out} not where`);
    if (!says && has) return lost(`${more} says that there is no more, and ${out} where it goes on`);
  }
  if (typeof token !== 'string' || token === '') return { to: 'end' };
  if (seen.has(token)) return { to: 'lost', reason: 'repeated-page', text: `${out} came twice` };
  return { to: 'page', token };
}

function lost(text: string): Next {
  return { to: 'lost', reason: 'not-understood', text };
}
