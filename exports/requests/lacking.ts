import type { Answer, Measure } from '../../controls/answers/answer.ts';
import { notDue } from '../../controls/answers/not-due.ts';
import { controls } from '../../controls/index.ts';
import type { Question } from '../../controls/questionnaire.ts';
import type { Request } from '../../controls/requests.ts';
import { own } from '../coverage.ts';
import type { Packet } from '../exporter.ts';
import type { Judgement } from '../judge.ts';
import type { JudgedDataset } from '../newest-reading.ts';
import { isRead } from '../systems.ts';
import { daysLacking, nightCounts } from '../type2/ledger-facts.ts';

/** Why a request is not wholly served, as one word to filter by and as a sentence. */
export interface Cause {
  readonly code:
    | 'person-only'
    | 'not read'
    | 'read in part'
    | 'no dataset'
    | 'not handed over'
    | 'other systems'
    | 'one date'
    | 'period read in part'
    | 'reach';
  readonly text: string;
}

/** What evidence of a request there can be, and what was due that lists it. */
export interface Lists {
  readonly reach: 'whole' | 'part';
  /** The sources that it is about, those that are no longer configured among them; all, where it is about no kind of source. */
  readonly concerns: (source: string) => boolean;
  readonly kinds: readonly string[];
  readonly readings: readonly JudgedDataset[];
  /** Kinds of which nothing that was due makes a list. */
  readonly missing: readonly string[];
  /** What would list them at a source and was not due. */
  readonly notDue: readonly string[];
}

const nothing = { kinds: [], reach: 'part', collectors: [], controls: [] } as const;

export function listsOf({ plan, datasets }: Judgement, { evidence }: Question): Lists {
  const { kinds, reach, collectors, controls: bearing } = evidence ?? nothing;
  const tests = controls.filter(({ id }) => bearing.some(({ control }) => control === id));
  const about = new Set([...collectors, ...tests.flatMap((test) => test.collectors)]);
  const collectorOf = (source: string) => plan.sources.find(({ id }) => id === source)?.collector;
  const speech = ({ source, dataset, snapshot }: JudgedDataset) =>
    snapshot?.header.kinds ??
    plan.sources.find(({ id }) => id === source)?.datasets.find(({ id }) => id === dataset)?.kinds ??
    {};
  const lists = (reading: JudgedDataset, kind: string) => (speech(reading)[kind]?.lists ?? false) !== false;
  const readings = datasets.filter((each) => kinds.some((kind) => lists(each, kind)));
  return {
    ...{ reach, kinds, readings },
    concerns: (source) => {
      const collector = collectorOf(source);
      return collector === undefined || about.has(collector) || about.isSubsetOf(new Set([own.collector]));
    },
    notDue: notDue(kinds, plan.sources),
    missing: kinds.filter((kind) => !readings.some((each) => lists(each, kind))),
  };
}

/** So many readings and tests are told by name in one cell. */
const most = 4;

/** Whether anything at all of what is asked for is here. */
export function tellsOf(
  { judgement, period }: Packet,
  { drafted, measures }: Answer,
  request: Request,
  { kinds, readings, concerns }: Lists,
): boolean {
  const { declares, overPeriod } = request;
  if (drafted === 'person-only' || isOnlyOverTime({ period }, request)) return false;
  if (declares === 'leavers' && judgement.plan.register.leavers === null) return false;
  if (period && overPeriod?.after === true) return period.since !== null;
  if (period && overPeriod)
    return period.ledger.coverage.some(
      ({ source, nights }) => concerns(source) && nights.some(({ complete }) => complete),
    );
  const restsOn = kinds.length + measures.length;
  return restsOn === 0 || declares !== undefined || readings.some(isRead) || measures.some(isTold);
}

/** Whether it asks for what came to pass, and nothing of that is told here. */
function isOnlyOverTime(
  { period }: Pick<Packet, 'period'>,
  { asks, byOneDate, overPeriod }: Request,
): boolean {
  return asks === 'period' && !byOneDate && !(period && overPeriod);
}

/** Whether a test came to something, be it that there is nothing of what it is about. */
function isTold({ status, n, fail, excepted, noData, manual }: Measure): boolean {
  return n + fail + excepted > 0 || (status === 'not-applicable' && noData + manual === 0);
}

/** Everything that keeps a request from being wholly served; of a request that takes a person alone nothing else is said. */
export function lackingOf(packet: Packet, answer: Answer, request: Request, lists: Lists): Cause[] {
  if (answer.drafted === 'person-only')
    return [{ code: 'person-only', text: 'no evidence that is read can show it' }];
  const time = ofTime(packet, request, lists);
  // What one date does not serve at all is served no better where more was read of that date.
  if (isOnlyOverTime(packet, request)) return time;
  return [
    ...unread(answer, lists),
    ...others(answer),
    ...time,
    ...(request.declares === 'leavers' && packet.judgement.plan.register.leavers === null
      ? [{ code: 'not handed over' as const, text: 'the company handed no list of leavers over' }]
      : []),
    ...(lists.reach === 'part'
      ? [{ code: 'reach' as const, text: 'no reading shows more of it than is named as being here' }]
      : []),
  ];
}

/** Lists that nothing makes or that were not wholly read, and tests that could not be told for all that they are about. */
function unread(
  { measures, untold, untoldControls }: Answer,
  { readings, missing, notDue: left }: Lists,
): Cause[] {
  const short = readings.filter(
    ({ snapshot, reasons }) => snapshot?.end.outcome !== 'complete' || reasons.length > 0,
  );
  const open = new Set(untoldControls);
  const tests = measures.filter(({ control }) => open.has(control));
  const why = (control: string) => untold.find((text) => text.startsWith(`${control}: `)) ?? control;
  return [
    ...missing.map((kind): Cause => ({ code: 'no dataset', text: `nothing that was due lists ${kind}` })),
    ...capped(left, 'datasets').map(([text, more]): Cause => ({
      code: 'no dataset',
      text: `${text}${more}`,
    })),
    ...capped(short, 'readings').map(([reading, more]): Cause => ({
      code: isRead(reading) ? 'read in part' : 'not read',
      text: `${reading.dataset} of ${reading.source}: ${whyShort(reading)}${more}`,
    })),
    ...capped(tests, 'tests').map(([test, more]): Cause => ({
      code: isTold(test) ? 'read in part' : 'not read',
      text: `${why(test.control)}${more}`,
    })),
  ];
}

/** The first few, the last of them with how many more there are. */
function capped<T>(all: readonly T[], what: string): (readonly [T, string])[] {
  const more = all.length - most;
  return all
    .slice(0, most)
    .map((each, n) => [each, n === most - 1 && more > 0 ? `, and ${more} more ${what}` : ''] as const);
}

function whyShort({ snapshot, reasons }: JudgedDataset): string {
  const texts = [...(snapshot?.end.reasons ?? []), ...reasons].map(({ text }) => text);
  const [first = 'it was not wholly read'] = texts;
  const outcome = snapshot && snapshot.end.outcome !== 'complete' ? `${snapshot.end.outcome}: ` : '';
  return `${outcome}${first}${texts.length > 1 ? `, and ${texts.length - 1} more reasons` : ''}`;
}

/** Systems that are asked about and that no source reads, whether there are any or nobody said. */
function others({ outside }: Answer): Cause[] {
  const said = [
    ['are there and are not read', outside.present],
    ['may be there: nobody declared whether there are any', outside.undeclared],
  ] as const;
  return said.flatMap(([how, names]): Cause[] =>
    names.length === 0 ? [] : [{ code: 'other systems', text: `these ${how}: ${names.join(', ')}` }],
  );
}

/** What is asked over a period and told of one date, or of a period that was not wholly read. */
function ofTime({ period }: Packet, { asks, overPeriod }: Request, { concerns }: Lists): Cause[] {
  if (asks === 'date') return [];
  if (!period)
    return [{ code: 'one date', text: 'it is asked for a period, and this packet tells of one date' }];
  if (!overPeriod)
    return [
      { code: 'one date', text: 'it is asked for a period, and what is here of it is of the last reading' },
    ];
  if (overPeriod.after)
    return period.since ? [] : [{ code: 'not read', text: 'nothing was read after the period' }];
  const { due, read } = nightCounts(period);
  const { notRead, notDue } = daysLacking(period);
  const told = new Set(period.bridged.map(({ source, dataset, slot }) => `${source} ${dataset} ${slot}`));
  const short = period.ledger.coverage.flatMap(({ source, dataset, nights }) =>
    nights.filter(
      ({ slot, complete }) => concerns(source) && !complete && !told.has(`${source} ${dataset} ${slot}`),
    ),
  );
  return notRead.length + notDue.length + short.length === 0
    ? []
    : [
        {
          code: 'period read in part',
          text: `${read} of ${due} nights that were due in the period were read, none was due on ${notDue.length} days, and ${short.length} readings of datasets were not whole: data/period/coverage.csv`,
        },
      ];
}
