import type { AcceptedClass, Answer, Measure } from '../../controls/answers/answer.ts';
import { restsOn } from '../../controls/answers/rests.ts';
import { form } from '../../controls/insurer/form.ts';
import { basisOf } from '../basis.ts';
import { isTyped, valueOf } from '../files/answers.ts';

/** A wording in two parts, the second of which limits the first. They are never told apart from each other. */
export interface Wording {
  readonly shows: string;
  readonly limits: string;
}

/**
 * An answer in words of ours and values that are chosen or counted: as of when, for which kinds of systems, n of N, what
 * was accepted, on what it rests; and what could not be told and what it does not speak of. What sources, people and
 * systems are called, and what anybody wrote, is in the wording of the twin.
 */
export function wordingOf(answer: Answer, asked: string): Wording {
  const { covers, measures, exceptions, untoldControls, ownLimits } = answer;
  const beyond = beyondOf(answer);
  if (covers === null)
    return {
      shows: 'Only a person can answer this.',
      limits: sentence('Not read by any source', beyond).join(' '),
    };
  const systems = [...new Set(covers.systems.map(({ system }) => system))];
  const counted = measures.filter(({ status, N }) => status !== null && N > 0);
  const none = measures.filter(({ status, N }) => N === 0 && status === 'not-applicable');
  const said = [
    ...counted.map(countText),
    ...none.map(({ control, population }) => `there are no ${population ?? 'such things'} (${control})`),
  ];
  return {
    shows: [
      `As of ${answer.asOf.slice(0, 10)} ${answer.asOf.slice(11, 16)} UTC, for ${listed(systems) || 'no system, because nothing was read that bears on this'}: ${said.join('; ') || 'nothing was counted'}.`,
      ...(asked === '' ? [] : [asked]),
      ...sentence('Exceptions', exceptions.map(acceptedText)),
      ...sentence('Basis', [...new Set(counted.flatMap(restsOn))]),
    ].join(' '),
    limits: [
      ...sentence('Could not be told, or not for all', [...new Set(untoldControls)]),
      ...sentence('Limits that the company set otherwise than is usual', ownLimits),
      ...sentence('Not covered', beyond),
    ].join(' '),
  };
}

/** What the company answered, as far as it may be read here. */
export function companyText(answer: Answer): string {
  if (basisOf(answer) === 'declined') return 'declined';
  if (answer.stored.length === 0) return 'company to answer';
  return answer.stored
    .map((stored) => `${isTyped(answer) ? valueOf(stored) : 'answered in words'} (${stored.answeredOn})`)
    .join('; ');
}

/** What evidence never says, and kinds of systems that no source reads, with what was declared of them. */
export function beyondOf({ neverCovered, outside }: Answer): string[] {
  return [
    ...neverCovered,
    ...grouped('there, and not read', outside.present),
    ...grouped('nobody declared whether there are any', outside.undeclared),
    ...grouped('declared absent', outside.absent),
  ];
}

function grouped(what: string, kinds: readonly string[]): string[] {
  return kinds.length === 0 ? [] : [`${what}: ${kinds.join('; ')}`];
}

/** How a class of exceptions is called where only words of ours may be. */
export function classNamed(written: string): { readonly class: string; readonly why: string } {
  const name = written
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, ' ')
    .trim();
  const why = form.exceptionClasses[name];
  return why === undefined
    ? { class: 'another class', why: 'called by words of the company, which it keeps' }
    : { class: name, why };
}

function acceptedText({ control, count, class: written }: AcceptedClass): string {
  return `${count} of ${control} (${classNamed(written).class})`;
}

export function countText({ control, n, N, population, ...others }: Measure): string {
  const { fail, excepted, noData, manual, notApplicable } = others;
  const parts = [
    [fail, 'fail'],
    [excepted, 'excepted'],
    [noData, 'could not be told'],
    [manual, 'by hand'],
    [notApplicable, 'not concerned'],
  ] as const;
  const rest = parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
  const concerned = notApplicable > 0 ? `, ${n} of the ${N - notApplicable} that it concerns` : '';
  return `${n} of ${N} ${population ?? 'things'} pass ${control}${concerned}${rest.length > 0 ? ` (${rest.join(', ')})` : ''}`;
}

function sentence(what: string, items: readonly string[]): string[] {
  return items.length === 0 ? [] : [`${what}: ${items.join('; ')}.`];
}

function listed(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : names.join('');
}
