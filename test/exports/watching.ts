import { digest } from '../../evidence-model/digest.ts';
import { saidBy, type LogEvent } from '../../exports/period/log-lines.ts';
import { Series, type State } from '../../exports/period/series.ts';
import { TimeBook } from '../../exports/period/time-book.ts';

export const at = (day: number, time = '02:30') => `2026-03-${String(day).padStart(2, '0')}T${time}:00.000Z`;
export const days = {
  from: '2026-03-02',
  to: '2026-03-10',
  timeZone: 'UTC',
  begins: at(2, '00:00'),
  ends: at(10, '00:00'),
};

type Nights = Readonly<Record<string, readonly (State | null)[]>>;

/** A book of nights from the second of March on, in each of which things of a series were so; `null` where they were not named. */
export function bookOf(
  series: Readonly<Record<string, Nights>>,
  {
    source = 'tenant',
    events = [],
    names = {},
  }: {
    readonly source?: string;
    readonly events?: readonly LogEvent[];
    readonly names?: Readonly<Record<string, string>>;
  } = {},
): TimeBook {
  const ids = [
    ...new Set([...Object.values(series).flatMap((each) => Object.keys(each)), ...Object.keys(names)]),
  ];
  const count = Math.max(
    ...Object.values(series).flatMap((each) => Object.values(each).map(({ length }) => length)),
  );
  return new TimeBook({
    nights: Array.from({ length: count }, (_, n) => ({
      ...{ slot: `2026030${2 + n}T023000Z`, due: at(2 + n), begun: at(2 + n), at: at(2 + n) },
      ...({ kind: 'scheduled', plan: digest('plan'), rehearsal: false, line: n, prev: '' } as const),
    })),
    things: ids.map((id) => ({ source, id, name: names[id] ?? null })),
    series: Object.entries(series).map(([id, things]) => {
      const made = new Series();
      for (let night = 0; night < count; night += 1)
        made.take(
          night,
          'wholly',
          Object.entries(things).flatMap(([thing, states]): [number, State][] => {
            const state = states[night];
            return state ? [[ids.indexOf(thing), state]] : [];
          }),
        );
      return { id, source, scope: '{}', ...made.data, reasons: [], times: [], counts: [] };
    }),
    results: [],
    events,
  });
}

/** A line of a directory's log about these. */
export const lineOf = (
  activity: string,
  when: string,
  targets: readonly string[],
  more: Partial<LogEvent> = {},
): LogEvent => ({
  ...{ source: 'tenant', id: `${activity} ${when}`, at: when, activity, targets },
  ...{ says: saidBy(activity), role: null, properties: [], ...more },
});
