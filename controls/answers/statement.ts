import { restsOn } from './rests.ts';
import { firstSentence, limitsIn } from './words.ts';
import type { AcceptedClass, Answer, CoveredSystem, Measure } from './answer.ts';

type Facts = Pick<
  Answer,
  'asOf' | 'type' | 'doesNotCover' | 'untold' | 'exceptions' | 'ownLimits' | 'person' | 'files'
> & {
  readonly measures: readonly Measure[];
  readonly covers: Answer['covers'];
  readonly personOnly: boolean;
};

/**
 * The wording of an answer: as of when, for what, n of N, what was accepted, what it does not cover, on what it rests.
 * It names the systems that were read, never all there are, and shares are never turned into a hundred.
 */
export function statementOf(facts: Facts): string {
  const {
    asOf,
    covers,
    measures,
    exceptions,
    ownLimits,
    untold,
    doesNotCover,
    person,
    files,
    personOnly,
    type,
  } = facts;
  const when = `${asOf.slice(0, 10)} ${asOf.slice(11, 16)} UTC`;
  const asked = person === null ? [] : [`Left to a person: ${person}.`];
  if (personOnly)
    return [
      'Only a person can answer this.',
      ...asked,
      ...(doesNotCover.length > 0 ? [`Not read by any source: ${doesNotCover.join('; ')}.`] : []),
    ].join(' ');
  const known = measures.filter(({ status }) => status !== null);
  const counted = known.filter(({ N }) => N > 0);
  const none = known.filter(({ N, status }) => N === 0 && status === 'not-applicable');
  const said = [
    ...counted.map(sentence),
    ...none.map(({ control, population }) => `there are no ${population ?? 'such things'} (${control})`),
  ];
  const limits = counted.flatMap(({ control, assertion }) => {
    const told = limitsIn(assertion ?? '');
    return told === '' ? [] : [`${control}: ${told}`];
  });
  const bases = [...new Set(counted.flatMap(restsOn))];
  const systems = systemsIn(covers?.systems ?? []);
  const scope = `As of ${when}, for ${systems === '' ? 'no system, because nothing was read that bears on this' : systems}`;
  const handed = type === 'request' && files.length > 0 ? [`Handed over in ${files.join(', ')}`] : [];
  const body = [...handed, ...said];
  return [
    `${scope}: ${body.length > 0 ? body.join('; ') : 'nothing was counted'}.`,
    ...(exceptions.length > 0 ? [`Exceptions: ${exceptions.map(accepted).join('; ')}.`] : []),
    ...(ownLimits.length > 0
      ? [`Set by the policy of the company in place of what is usual: ${ownLimits.join('; ')}.`]
      : []),
    ...(untold.length > 0 ? [`Could not be told: ${untold.join('; ')}.`] : []),
    ...(limits.length > 0 ? [`Limits of these tests: ${limits.join(' ')}`] : []),
    ...(doesNotCover.length > 0 ? [`Not covered by this statement: ${doesNotCover.join('; ')}.`] : []),
    ...asked,
    ...(bases.length > 0 ? [`Basis: ${bases.join('; ')}.`] : []),
  ].join(' ');
}

function sentence({
  control,
  n,
  N,
  fail,
  excepted,
  noData,
  manual,
  notApplicable,
  ...texts
}: Measure): string {
  const parts = [
    `${fail} fail`,
    `${excepted} excepted`,
    `${noData} could not be told`,
    `${manual} by hand`,
    `${notApplicable} not concerned`,
  ].filter((part) => !part.startsWith('0 '));
  const rest = parts.length > 0 ? ` (${parts.join(', ')})` : '';
  const claim = texts.assertion === null ? '' : `, of which it asks: “${firstSentence(texts.assertion)}”`;
  return `${n} of ${N} ${texts.population ?? 'things'} pass ${control}${rest}${claim}`;
}

function accepted({ control, count, safeguard, class: name }: AcceptedClass): string {
  return `${count} of ${control} (${name}), with ${safeguard}`;
}

function systemsIn(covered: readonly CoveredSystem[]): string {
  const names = covered.map(({ system, source }) => `${system} (${source})`);
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('');
}
