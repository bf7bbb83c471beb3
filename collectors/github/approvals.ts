import { z } from 'zod';
import { accountOf, Actor } from './actor.ts';

export const Review = z.object({
  state: z.enum(['APPROVED', 'CHANGES_REQUESTED', 'COMMENTED', 'DISMISSED', 'PENDING']),
  submittedAt: z.iso.datetime({ offset: true }).nullable(),
  author: Actor,
  commit: z.object({ oid: z.string() }).nullish(),
});

/** What settles a reviewer's opinion: a comment leaves it as it was. */
const opinions = ['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED'];

/**
 * Who had approved when it was merged: a reviewer's last opinion by then counts, and nobody's of his own work. Reviewers
 * whose account is gone are nobody that could be named, so they are not counted.
 */
export function approvalsOf(
  reviews: readonly z.output<typeof Review>[],
  {
    author,
    mergedAt,
    head,
  }: { readonly author: z.output<typeof Actor>; readonly mergedAt: string; readonly head: string },
): { readonly approvers: string[]; readonly approversOfLast: string[] } {
  const last = new Map<string, z.output<typeof Review>>();
  const inTime = reviews
    .filter(({ submittedAt }) => submittedAt !== null && Date.parse(submittedAt) <= Date.parse(mergedAt))
    .sort((a, b) => Date.parse(a.submittedAt ?? '') - Date.parse(b.submittedAt ?? ''));
  for (const review of inTime) {
    const reviewer = accountOf(review.author);
    if (typeof reviewer !== 'string' || reviewer === 'gone' || !opinions.includes(review.state)) continue;
    last.set(reviewer, review);
  }
  const own = accountOf(author);
  const approved = [...last].filter(([reviewer, { state }]) => state === 'APPROVED' && reviewer !== own);
  return {
    approvers: approved.map(([reviewer]) => reviewer).sort(),
    approversOfLast: approved
      .filter(([, { commit }]) => commit?.oid === head)
      .map(([reviewer]) => reviewer)
      .sort(),
  };
}
