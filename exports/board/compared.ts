import { grades, type Grade } from '../../controls/board/outcomes.ts';
import { ranking, type Status } from '../../controls/finding.ts';
import type { Before } from './before.ts';
import type { Counted, Standing } from './stand.ts';

/** What became of an outcome since the quarter before; `unknown` where nothing tells how it was. */
export type Change = 'worse' | 'better' | 'same' | 'unknown';

type CountedBefore = NonNullable<Before['reading']>['outcomes'][number]['counted'][number];

/** How an outcome stands, beside how it stood. */
export interface Compared extends Standing {
  readonly change: Change;
  readonly before: { readonly grade: Grade; readonly counted: readonly CountedBefore[] } | null;
}

const order: readonly Change[] = ['worse', 'unknown', 'better', 'same'];

/** What worsened comes first, then what stands worst; otherwise in the order in which outcomes are written down. */
export function compared(standings: readonly Standing[], reading: Before['reading']): Compared[] {
  return standings
    .map((standing): Compared => {
      const before = reading?.outcomes.find(({ id }) => id === standing.outcome.id) ?? null;
      return { ...standing, before, change: changeOf(standing, before) };
    })
    .sort(
      (a, b) =>
        Number(b.change === 'worse') - Number(a.change === 'worse') ||
        grades.indexOf(b.grade) - grades.indexOf(a.grade) ||
        order.indexOf(a.change) - order.indexOf(b.change),
    );
}

/** Worse where anything of it is: a better answer does not hide that more fail of one of its parts. */
function changeOf({ grade, counted }: Standing, before: Compared['before']): Change {
  if (!before) return 'unknown';
  const steps = [
    Math.sign(grades.indexOf(grade) - grades.indexOf(before.grade)),
    ...counted.map((now) => stepOf(now, before.counted)),
  ];
  if (steps.some((step) => step > 0)) return 'worse';
  return steps.some((step) => step < 0) ? 'better' : 'same';
}

/** Above 0 where a part is worse than it was: its result is, or more fail. */
function stepOf(now: Counted, all: readonly CountedBefore[]): number {
  const before = all.find(({ part }) => part === now.part);
  if (!before) return 0;
  const results = rank(before.status) - rank(now.status);
  return results === 0 ? Math.sign(now.fail - before.fail) : Math.sign(results);
}

const rank = (status: Status | null) => ranking.indexOf(status ?? 'no-data');
