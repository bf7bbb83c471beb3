import { z } from 'zod';
import type { Unknown } from '../../evidence-model/unknown.ts';
import { accountOf, Actor } from './actor.ts';

export const Review = z.object({
  state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING']),
  submittedAt: z.iso.datetime({ offset: true }).nullable(),
  author: Actor,
});

/** Why reviews that go on behind the first hundred say nothing of who approved. */
export const severalPages = 'it has more reviews than GitHub gives at once';

/** What settles a reviewer's opinion: a comment leaves it as it was. */
const opinions = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'];

/**
 * Who is known to have approved by the time of the merge: a reviewer's last opinion by then counts, and nobody's of his
 * own work. Reviewers whose account is gone are nobody that could be named, so they are not counted. An approval that
 * was taken back may have held until then: GitHub does not tell when that was.
 */
export function approversOf(
  reviews: readonly z.output<typeof Review>[],
  { author, mergedAt }: { readonly author: z.output<typeof Actor>; readonly mergedAt: string },
): string[] | Unknown {
  const last = new Map<string, string>();
  const inTime = reviews
    .filter(({ submittedAt }) => submittedAt !== null && Date.parse(submittedAt) <= Date.parse(mergedAt))
    .sort((a, b) => Date.parse(a.submittedAt ?? '') - Date.parse(b.submittedAt ?? ''));
  const own = accountOf(author);
  for (const { state, author: by } of inTime) {
    const reviewer = accountOf(by);
    if (typeof reviewer !== 'string' || reviewer === 'gone' || reviewer === own) continue;
    if (opinions.includes(state)) last.set(reviewer, state);
  }
  const having = (state: string) => [...last].flatMap(([reviewer, each]) => (each === state ? reviewer : []));
  const approved = having('APPROVED');
  return approved.length === 0 && having('DISMISSED').length > 0
    ? { unknown: 'a review was taken back, and GitHub does not tell whether before the merge' }
    : approved.sort();
}
