import type { Answer, Measure, TestedAnswer } from '../../controls/answers/answer.ts';
import type { Basis } from '../basis.ts';

/** What the answer sheets of customers have room for. */
const most = 500;
const more = ' Shortened: not every count and limit has room here.';

/**
 * One cell for a customer: what was measured with its counts and limits, or what the company states in its own words.
 * It holds no name: whatever else the company wrote stays at home. What has no room is left out whole, and that is said.
 */
export function commentOf(answer: Answer, company: TestedAnswer | null, basis: Basis): string {
  switch (basis) {
    case 'to be settled':
      return 'The company answered otherwise than the evidence shows, or than all of it bears out. It is to be settled before this is answered.';
    case 'company to answer':
      return fitting([
        'The company answers this.',
        ...(answer.person === null ? [] : [`To be said: ${answer.person}.`]),
      ]);
    case 'company states':
      return fitting([
        ...(company?.text === undefined ? [] : [company.text]),
        `Stated by the company on ${company?.answeredOn ?? ''}; the evidence read by software does not show it.`,
      ]);
    case 'measured':
      return fitting([...(company?.text === undefined ? [] : [company.text]), ...measured(answer)]);
    case 'declined':
      return '';
  }
}

/** The first count and every limit are told before the other counts are. */
function measured(answer: Answer): Sentence[] {
  const { asOf, covers, drafted, measures, exceptions, outside, neverCovered, ownLimits } = answer;
  const accepted = exceptions.reduce((sum, { count }) => sum + count, 0);
  const counted = measures.filter(({ N, weight }) => N > 0 && weight !== 'bears');
  const others = [...outside.undeclared, ...outside.present];
  return [
    ...(drafted === 'qualified' ? ['With limits.'] : []),
    `As of ${asOf.slice(0, 10)} (UTC). ${covers?.what ?? ''}.`,
    ...counted.map((each, n) => ({ text: `Shown for ${counts(each)}.`, last: n > 0 })),
    ...(accepted > 0 ? [`${accepted} accepted exceptions.`] : []),
    ...(ownLimits.length > 0 ? ['Measured by limits of the company’s own policy.'] : []),
    ...(others.length > 0 ? [`Not covered: ${others.join('; ')}.`] : []),
    ...(neverCovered.length > 0 ? [`Never looked at: ${neverCovered.join('; ')}.`] : []),
  ].map((each) => (typeof each === 'string' ? { text: each, last: false } : each));
}

function counts({ n, N, population }: Measure): string {
  return `${n} of ${N} ${population ?? 'things'}`;
}

interface Sentence {
  readonly text: string;
  /** Whether others are to have room before it. */
  readonly last: boolean;
}

/** Those sentences that have room, in their order. */
function fitting(said: readonly (string | Sentence)[]): string {
  const sentences = said.map((each) => (typeof each === 'string' ? { text: each, last: false } : each));
  const joined = (some: readonly Sentence[]) => some.map(({ text }) => text).join(' ');
  if (joined(sentences).length <= most) return joined(sentences);
  const kept = new Set<Sentence>();
  for (const sentence of sentences.toSorted((a, b) => Number(a.last) - Number(b.last)))
    if (joined([...kept, sentence]).length + more.length <= most) kept.add(sentence);
  return `${joined(sentences.filter((each) => kept.has(each)))}${more}`.trimStart();
}
