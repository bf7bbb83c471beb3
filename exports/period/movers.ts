import type { Days } from './calendar-days.ts';
import { positions, type LogEvent } from './log-lines.ts';
import type { TimeBook } from './time-book.ts';
import { traits, type Trait } from './traits.ts';
import { turnsIn, type Turn } from './turns.ts';

/** Somebody who stayed and came to work elsewhere in the company, or as something else. */
export interface Mover extends Pick<Turn, 'after' | 'by' | 'untold'> {
  readonly source: string;
  readonly id: string;
  readonly name: string | null;
  readonly what: Trait['id'];
  /** What it was and what it became; `none` where the directory names nothing. */
  readonly from: string;
  readonly to: string;
  /** The last line of the directory's own log in between that says that it was changed; `null` where none does. */
  readonly event: Pick<LogEvent, 'id' | 'at' | 'activity'> | null;
}

/** Whoever moved, as far as departments and job titles are read. Whoever left and came back elsewhere came and went, and did not move. */
export function movers(book: TimeBook, { begins, ends }: Days): Mover[] {
  const until = book.nights.filter(({ due }) => due < ends).length;
  const after = book.nights.filter(({ due }) => due < begins).length - 1;
  return traits
    .flatMap(({ id: what }) =>
      book.toldOf(`trait/${what}`).flatMap(({ source, series }) => {
        const lines = book.linesOf(source);
        return [...turnsIn(series, book.nights, { after, until })].flatMap((turn): Mover[] => {
          const [from, to] = [valueIn(turn.from), valueIn(turn.to)];
          if (from === null || to === null) return [];
          const { id, name } = book.things.get(turn.thing);
          const found = lines.findLast(
            (event) =>
              event.targets.includes(id) &&
              event.properties.includes(positions[what]) &&
              event.at >= turn.after &&
              event.at <= turn.by,
          );
          const event = found ? { id: found.id, at: found.at, activity: found.activity } : null;
          return [
            { source, id, name, what, from, to, after: turn.after, by: turn.by, untold: turn.untold, event },
          ];
        });
      }),
    )
    .sort((a, b) => Date.parse(a.by) - Date.parse(b.by));
}

const valueIn = (state: string) => (state.startsWith('=') ? state.slice(1) : null);
