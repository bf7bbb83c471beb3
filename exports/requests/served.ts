import type { Answer } from '../../controls/answers/answer.ts';
import { controls } from '../../controls/index.ts';
import { questionnaires } from '../../controls/questionnaire.ts';
import { ofOneReading, requests, type Request } from '../../controls/requests.ts';
import { answersOf } from '../answered.ts';
import type { Packet } from '../exporter.ts';
import { own } from '../coverage.ts';
import { systemName } from '../systems.ts';
import { filesServing } from './files-serving.ts';
import { lackingOf, listsOf, tellsOf, type Cause, type Lists } from './lacking.ts';

export const servings = ['served', 'in part', 'not served'] as const;
export type Serving = (typeof servings)[number];

/** What a packet hands over of one request of an auditor, and what it does not. */
export interface ServedRequest {
  readonly id: string;
  readonly references: readonly string[];
  readonly about: string;
  readonly asks: Request['asks'];
  readonly serving: Serving;
  /** Why it is not wholly served; empty only where it is. */
  readonly causes: readonly Cause[];
  /** What of it is here, in words. */
  readonly covers: readonly string[];
  /** Where that is: paths of this packet, and folders of it, which end with a slash. */
  readonly files: readonly string[];
  readonly tests: Answer['measures'];
  /** What nothing here says, whatever was read. */
  readonly notCovered: readonly string[];
  /** Who hands over the rest; empty where there is none. */
  readonly leftTo: readonly string[];
}

/** Every request, in the order of the catalogue, by what this packet holds and what of it was really read. */
export function servedRequests(packet: Packet): ServedRequest[] {
  const asked = questionnaires.filter(({ id }) => id === 'auditor');
  return answersOf(packet.judgement, packet.judgement.asOf, asked).map((answer) => {
    const question = asked.flatMap(({ questions }) => questions).find(({ id }) => id === answer.question);
    const request = requests[answer.question];
    if (!question || !request) throw new Error(`nothing says how ${answer.question} can be served`);
    return servedOf(packet, answer, request, listsOf(packet.judgement, question));
  });
}

function servedOf(packet: Packet, answer: Answer, request: Request, lists: Lists): ServedRequest {
  const { question: id, references, about, measures: tests } = answer;
  const told = packet.period && request.overPeriod ? request.overPeriod : null;
  const here = tellsOf(packet, answer, request, lists);
  const causes = lackingOf(packet, answer, request, lists);
  const serving: Serving = !here ? 'not served' : causes.length > 0 ? 'in part' : 'served';
  const notCovered = [
    ...answer.doesNotCover.filter((text) => told === null || text !== ofOneReading),
    ...(told?.lacks ?? []),
  ];
  return {
    ...{ id, references, about, asks: request.asks, serving, causes, tests, notCovered },
    covers: here ? [told?.covers ?? [], answer.covers?.what ?? []].flat() : [],
    files: here ? filesServing(packet, answer, request, lists) : [],
    leftTo: serving === 'served' ? [] : leftTo(packet, answer, request, causes, lists),
  };
}

/** Who hands over what is not here, by why it is not. */
function leftTo(
  { period }: Packet,
  { person, untoldControls }: Answer,
  { overPeriod }: Request,
  causes: readonly Cause[],
  { readings }: Lists,
): string[] {
  const has = (...codes: Cause['code'][]) => causes.some(({ code }) => codes.includes(code));
  const systems = new Set([
    ...readings.flatMap((each) => (isWhole(each) ? [] : [each.collector])),
    ...controls.flatMap(({ id, collectors }) => (untoldControls.includes(id) ? collectors : [])),
  ]);
  const administered = [...systems].filter((each) => each !== own.collector).map(systemName);
  return [
    ...(person === null ? [] : [person]),
    ...(has('not read', 'read in part') && administered.length > 0
      ? [`Whoever administers ${administered.sort().join(', ')}, for what was not told`]
      : []),
    ...(has('no dataset', 'other systems') ? ['Whoever runs the systems that are not read'] : []),
    ...(has('not handed over') ? ['Whoever keeps the records of employees'] : []),
    ...(has('one date') && !period && overPeriod
      ? ['A packet of the period (soc2-type2), for what it holds of it']
      : []),
    ...(has('period read in part') ? ['Nobody any more, for nights that were not read'] : []),
    ...(person === null ? ['The company, for the rest'] : []),
  ];
}

function isWhole({ snapshot, reasons }: Lists['readings'][number]): boolean {
  return snapshot?.end.outcome === 'complete' && reasons.length === 0;
}
