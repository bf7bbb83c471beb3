import type { Stretch } from '../period/intervals.ts';
import type { Period } from '../period/period.ts';

/** Something that came to be otherwise: after the one time and by the other. */
export interface PeriodEvent {
  readonly what: 'joined' | 'left' | 'moved' | 'gained' | 'lost' | 'failed' | 'happened' | 'set-otherwise';
  /** The population, control or part of the plan. */
  readonly about: string;
  readonly source: string;
  readonly id: string;
  readonly name: string | null;
  readonly detail: string;
  /** `null` where nothing tells that it was otherwise before. */
  readonly after: string | null;
  readonly by: string;
  /** The line of the source's own log that tells of it. */
  readonly log: string | null;
}

/** Everything that happened in a period, one after another, as far as readings, logs and plans tell. */
export function eventsOf(period: Period): PeriodEvent[] {
  return [
    ...movements(period),
    ...moved(period),
    ...powers(period),
    ...failures(period),
    ...set(period),
  ].sort((a, b) => Date.parse(a.by) - Date.parse(b.by));
}

function movements({ rollForward }: Period): PeriodEvent[] {
  return rollForward.flatMap(({ population, source, joined, left }) =>
    (['joined', 'left'] as const).flatMap((what) =>
      (what === 'joined' ? joined : left).map(({ id, name, after, by, untold, event }): PeriodEvent => ({
        ...{ what, about: population, source, id, name, after, by, log: event?.id ?? null },
        detail: untold > 0 ? `${untold} readings in between could not tell` : '',
      })),
    ),
  );
}

function moved({ movers }: Period): PeriodEvent[] {
  return movers.map(({ source, id, name, what, from, to, after, by, event }) => ({
    ...{ what: 'moved', about: what, source, id, name, after, by, log: event?.id ?? null },
    detail: `from ${from} to ${to}`,
  }));
}

function powers({ privilegeChanges }: Period): PeriodEvent[] {
  return privilegeChanges.map(
    ({ change, source, account, name, how, role, scope, told, after, by, event }) => ({
      ...{ what: change, about: role ?? 'not told', source, name, after, by, log: event?.id ?? null },
      id: account ?? 'not told',
      detail: [how, scope, told].filter((each) => each !== null).join('; '),
    }),
  );
}

/** Failures that began in the period, and what happened and failed. One that began before it is told with the intervals. */
function failures({ controls, days }: Period): PeriodEvent[] {
  return controls.flatMap(({ control, things, items }) => [
    ...things.flatMap(({ source, id, name, stretches }) =>
      stretches
        .filter((stretch) => isNew(stretch, days.begins))
        .map(({ earliestStart, first, reason }): PeriodEvent => ({
          ...{ what: 'failed', about: control, source, id, name, after: earliestStart, by: first },
          ...{ detail: reason ?? '', log: null },
        })),
    ),
    ...(items ?? [])
      .filter(({ status }) => status === 'fail')
      .map(({ source, id, name, at, judgedAt, reason }): PeriodEvent => ({
        ...{ what: 'happened', about: control, source, id, name, after: at, by: at ?? judgedAt },
        ...{ detail: reason ?? '', log: null },
      })),
  ]);
}

const isNew = ({ state, first }: Stretch, begins: string) =>
  state === 'fail' && Date.parse(first) >= Date.parse(begins);

function set({ changes }: Period): PeriodEvent[] {
  return changes.map(({ slot, at, what, name, before, after }) => ({
    ...{ what: 'set-otherwise', about: what, source: 'exhibit', id: name, name: null },
    detail: `from ${JSON.stringify(before)} to ${JSON.stringify(after)}, as ${slot} pinned it`,
    ...{ after: null, by: at, log: null },
  }));
}
