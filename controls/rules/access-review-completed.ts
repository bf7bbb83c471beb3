import { z } from 'zod';
import { ConnectedSource, ReviewCampaign } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { any, fail, manual, pass, type Finding } from '../finding.ts';

export const accessReviewCompleted = control({
  id: 'access-review-completed',
  severity: 'high',
  assertion:
    'Of each connected source a review of its accounts is on record that was signed off at most as many days before each reading as the policy allows (95 unless it says otherwise), whose rows are exactly the accounts that one reading of that source had found, as the vault has them, at most so many days before it was signed off as the policy allows (21 unless it says otherwise), each with a decision of somebody who is named and is not, as far as it is known whose account it is, the one whose it is, the last made and the whole signed off at most as many days after it began. What the accounts may do, users of the identity center of AWS, and how well it was looked at, are not part of this statement.',
  board: 'Auditors’ favourite question; it catches access that nobody took back.',
  remedy: 'Export the accounts with `exhibit review export`, have every row decided, and sign it off.',
  collectors: ['microsoft365', 'github', 'aws'],
  population: 'connected sources',
  parameters: z.strictObject({
    maxAgeDays: z.number().int().min(1).max(400).default(95),
    maxDurationDays: z.number().int().min(1).max(90).default(21),
  }),
  over: need(ConnectedSource, ['name']),
  related: {
    campaigns: need(ReviewCampaign, [
      ...(['startedOn', 'readOn', 'signedOffOn', 'rows', 'undecided'] as const),
      ...(['byThemselves', 'lastDecidedOn', 'difference'] as const),
    ]),
  },
  test: (_, { asOf, related, parameters: { maxAgeDays, maxDurationDays } }) => {
    const today = asOf.slice(0, 10);
    const findings = related('campaigns').map((campaign) =>
      campaign.given(['startedOn', 'signedOffOn', 'lastDecidedOn'], (it): Finding => {
        const { startedOn, signedOffOn, lastDecidedOn } = it;
        const which = `review ${campaign.id} of ${startedOn}`;
        if (signedOffOn === 'none') return manual(`${which} is not signed off`);
        if (signedOffOn > today || startedOn > signedOffOn)
          return fail(`${which} is signed off on ${signedOffOn}, which cannot be`);
        if (daysBetween(signedOffOn, today) > maxAgeDays)
          return fail(`${which} was signed off on ${signedOffOn}, more than ${maxAgeDays} days ago`);
        return campaign.given(['rows', 'undecided'], ({ rows, undecided }) => {
          if (undecided > 0) return fail(`${which} left ${undecided} of ${rows} undecided`);
          if (lastDecidedOn !== 'none' && (lastDecidedOn > signedOffOn || lastDecidedOn < startedOn))
            return fail(
              `${which} has a decision of ${lastDecidedOn}, before it began or after it was signed off`,
            );
          const days = daysBetween(startedOn, signedOffOn);
          if (days > maxDurationDays)
            return fail(`${which} took ${days} days, and ${maxDurationDays} are the most`);
          return campaign.given(['readOn', 'difference', 'byThemselves'], (held) => {
            const { readOn, difference, byThemselves } = held;
            // Days here and there are told by different clocks.
            if (daysBetween(signedOffOn, readOn) > 1)
              return fail(`${which} is of accounts that were read on ${readOn}, after it was signed off`);
            if (daysBetween(readOn, signedOffOn) > maxDurationDays)
              return fail(
                `${which} is of accounts that were read on ${readOn}, more than ${maxDurationDays} days before it was signed off`,
              );
            if (difference !== 'none')
              return fail(`${which} is not of the accounts that were read: ${difference}`);
            if (byThemselves > 0)
              return fail(`${which} has ${byThemselves} decided by whoever they are about`);
            return pass(`${which} decided all ${rows} accounts and was signed off on ${signedOffOn}`);
          });
        });
      }),
    );
    return any(findings, fail('no review of its accounts is on record'));
  },
});
