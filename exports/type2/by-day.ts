import type { BetweenReadings } from '../period/between-readings.ts';
import type { ControlOver, DayStatus } from '../period/period.ts';
import type { PeriodFacts } from './period-facts.ts';
import { daysRead } from './ledger-facts.ts';

/** What is known of the time between readings at all sources of a control: never more than at the worst of them. */
export type Between = BetweenReadings['days'][number]['status'];
const worstFirst = ['not-observed', 'changed', 'covered'] as const satisfies readonly Between[];

/** One control on one day. */
export interface ControlDay {
  readonly control: ControlOver;
  readonly date: string;
  readonly status: DayStatus;
  readonly due: number;
  readonly read: number;
  /** The slots of the day, read or not. */
  readonly slots: readonly string[];
  readonly missed: readonly string[];
  readonly between: Between;
  readonly because: readonly string[];
}

/** Every control on every day of a period, also where there was no night. */
export function* controlDays({ period, days, ledger }: PeriodFacts): Iterable<ControlDay> {
  const each = daysRead(ledger.nights, days);
  for (const control of period.controls) {
    const statuses = spread(control.days);
    const between = control.between.map(({ days: spans }) => spread(spans));
    for (const { date, due, read, nights } of each) {
      const told = between.map((source) => source.get(date));
      const states = told.map((span) => span?.status ?? 'not-observed');
      yield {
        ...{ control, date, due, read },
        status: statuses.get(date)?.status ?? 'not-observed',
        slots: nights.map(({ slot }) => slot),
        missed: nights.filter((night) => !night.read).map(({ slot }) => slot),
        between: worstFirst.find((state) => states.includes(state)) ?? 'not-observed',
        because: [...new Set(told.flatMap((span) => (span?.because ?? []).map(({ cause }) => cause)))],
      };
    }
  }
}

/** Spans of days as one for each day. */
function spread<T extends { readonly from: string; readonly to: string }>(
  spans: readonly T[],
): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const span of spans)
    for (let at = Date.parse(span.from); at <= Date.parse(span.to); at += 86_400_000)
      found.set(new Date(at).toISOString().slice(0, 10), span);
  return found;
}
