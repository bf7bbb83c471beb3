import { controls } from '../../controls/index.ts';
import { daysOf } from '../../exports/period/calendar-days.ts';
import { openBook } from '../../exports/period/index-file.ts';
import type { BetweenReadings } from '../../exports/period/between-readings.ts';
import { periodOf, type ControlOver, type Period } from '../../exports/period/period.ts';
import { datesGiven } from '../dates.ts';
import { table } from '../output/table.ts';
import type { View } from './view.ts';

/** Results over a period, with who came, went, moved, gained or lost power, what was not read, and what was changed of the rules. */
export const period: View = async ({ configuration, archive }, { from, to }) => {
  const days = datesGiven(from, to);
  const { history, book, rules } = await openBook(configuration.paths.vault, archive, controls);
  const found = await periodOf(history, book, daysOf(history, days.from, days.to), rules, controls);
  return { value: found, text: textOf(found) };
};

function textOf(found: Period): string {
  const { days, nights } = found;
  const judged = found.controls.filter(({ operatesSince }) => operatesSince !== null);
  const head =
    `from ${days.from} to ${days.to}, that day not in it (${days.timeZone})${found.rehearsal ? ', a rehearsal' : ''}\n` +
    `${nights.read} of ${nights.due} nights were read, ${nights.byHand} times somebody read by hand, and ${nights.unannounced} times it was read at an hour that nobody knew beforehand\n` +
    'What is told is so at each reading. How far logs of the sources tell of the time between two readings stands below.\n';
  const rest = found.controls.length - judged.length;
  return [
    head,
    table(
      [
        'control',
        'severity',
        'worked from',
        'observed',
        'incomplete',
        'not observed',
        'pass',
        'fail',
        'excepted',
      ],
      judged.map((control) => [
        control.control,
        control.severity,
        (control.operatesSince ?? '').slice(0, 10),
        control.daysObserved,
        control.daysIncomplete,
        control.daysNotObserved,
        daysThat(control, 'pass'),
        daysThat(control, 'fail'),
        daysThat(control, 'excepted'),
      ]),
    ),
    rest > 0 ? `${rest} other controls could not be told at any reading\n` : '',
    section(
      'failures',
      ['control', 'source', 'subject', 'began after', 'and by', 'last seen', 'ended by'],
      failures(judged),
    ),
    section(
      'between readings',
      ['control', 'source', 'covered by a log', 'with changes', 'not observed', 'why'],
      judged.flatMap(({ control, between }) =>
        between.map(({ source, days: spans, daysCovered, daysChanged, daysNotObserved }) => [
          control,
          source,
          `${daysCovered + daysChanged} of ${daysCovered + daysChanged + daysNotObserved} days`,
          daysChanged,
          daysNotObserved,
          whyOf(spans),
        ]),
      ),
    ),
    section(
      'who came and went',
      [
        'population',
        'source',
        'opening',
        'joined',
        'left',
        'closing',
        'source counts',
        'not clear',
        'without a log',
        'not told in',
      ],
      found.rollForward.map(
        ({ population, source, opening, joined, left, closing, counted, unclear, unexplained, untold }) => [
          population,
          source,
          opening?.count ?? null,
          joined.length,
          left.length,
          closing?.count ?? null,
          counted?.closing ?? null,
          unclear.length,
          unexplained.length,
          `${untold.length} readings`,
        ],
      ),
    ),
    section(
      'who moved within the company',
      ['source', 'account', 'what', 'from', 'to', 'after', 'and by', 'at, as the log says'],
      found.movers.map(({ source, id, name, what, from, to, after, by, event }) => [
        ...[source, name ?? id, whatMoved[what], from, to, after, by, event?.at ?? null],
      ]),
    ),
    section(
      'who gained and lost power',
      ['source', 'account', 'change', 'what', 'where', 'after', 'and by', 'at, as the log says'],
      found.privilegeChanges.map(({ source, account, name, change, how, role, scope, after, by, event }) => [
        ...[source, name ?? account, change, [how, role].filter((part) => part !== null).join(' ')],
        ...[scope, after, by, event?.at ?? null],
      ]),
    ),
    section(
      'not wholly read',
      ['source', 'dataset', 'from', 'to', 'nights', 'why'],
      found.coverage.flatMap(({ source, dataset, gaps }) =>
        gaps.map(({ from, to, nights: missing, cause }) => [source, dataset, from, to, missing, cause]),
      ),
    ),
    section(
      'changes of what is read and how it is judged',
      ['since', 'what', 'name', 'before', 'after'],
      found.changes.map(({ at, what, name, before, after }) => [
        at,
        what,
        name,
        JSON.stringify(before),
        JSON.stringify(after),
      ]),
    ),
  ]
    .filter((part) => part !== '')
    .join('\n');
}

const whatMoved = { department: 'department', jobTitle: 'job title' } as const;

function section(title: string, head: readonly string[], rows: Parameters<typeof table>[1]): string {
  return rows.length === 0 ? '' : `${title}\n${table(head, rows)}`;
}

function daysThat({ days }: ControlOver, status: string): number {
  return days.filter((span) => span.status === status).reduce((sum, span) => sum + lengthOf(span), 0);
}

const lengthOf = ({ from, to }: { readonly from: string; readonly to: string }) =>
  1 + (Date.parse(to) - Date.parse(from)) / 86_400_000;

/** Why most of the days are not observed, and how many other reasons there are. */
function whyOf(spans: BetweenReadings['days']): string {
  const days = new Map<string, number>();
  for (const span of spans)
    for (const { text } of span.because) days.set(text, (days.get(text) ?? 0) + lengthOf(span));
  const [first, ...others] = [...days].sort(([, a], [, b]) => b - a);
  if (!first) return '';
  return others.length === 0 ? first[0] : `${first[0]}; for other days or reasons: ${others.length} more`;
}

function failures(judged: readonly ControlOver[]): (string | null)[][] {
  return judged.flatMap(({ control, things, items }) => [
    ...things.flatMap(({ source, id, name, stretches }) =>
      stretches
        .filter(({ state }) => state === 'fail')
        .map(({ earliestStart, first, last, latestEnd }) => [
          control,
          source,
          name ?? id,
          earliestStart,
          first,
          last,
          latestEnd,
        ]),
    ),
    ...(items ?? [])
      .filter(({ status }) => status === 'fail')
      .map(({ source, id, name, at, judgedAt }) => [control, source, name ?? id, at, at, judgedAt, null]),
  ]);
}
