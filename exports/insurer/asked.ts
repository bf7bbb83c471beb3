import type { Judgement } from '../judge.ts';
import { administratorsOf, coverageOf } from './accounts.ts';

/** What questions ask that no test counts: numbers and days alone. Empty where nobody told any. */
export function askedOf(question: string, judgement: Judgement): string {
  if (question === 'INS-PRIV-01') return administratorsText(judgement);
  return question === 'INS-BAK-04' ? minutesText(judgement) : '';
}

function administratorsText(judgement: Judgement): string {
  const by = new Map<string, number>();
  for (const { system, accounts } of administratorsOf(judgement))
    by.set(system, (by.get(system) ?? 0) + accounts);
  const untold = coverageOf(judgement).flatMap((row) =>
    row.class === 'not known whether administrators' ? [`${row.accounts} in ${row.system}`] : [],
  );
  const known = [...by].map(([system, accounts]) => `${accounts} in ${system}`);
  return [
    `Accounts of administrators that are not told to be switched off: ${known.join(', ') || 'none'}.`,
    ...(untold.length > 0 ? [`Not known whether they are: ${untold.join(', ')}.`] : []),
  ].join(' ');
}

/** What sorts of things were brought back is told in words of whoever states it, and stays with them. */
function minutesText({ plan, asOf }: Judgement): string {
  const today = asOf.slice(0, 10);
  const took = plan.declared.attestations.flatMap((each) =>
    each.topic === 'restore-test' &&
    each.stated.outcome === 'restored' &&
    each.statedOn <= today &&
    today <= each.validUntil
      ? [`${each.stated.minutes} minutes on ${each.stated.testedOn}`]
      : [],
  );
  return took.length === 0 ? '' : `How long it took, as it was stated: ${took.join('; ')}.`;
}
