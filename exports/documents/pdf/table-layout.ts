import type { PageColumn, Text } from '../document.ts';
import { spread } from './lines.ts';
import { looks } from './theme.ts';

/** Between the text of a cell and its column's edges. */
export const padding = { x: 4, y: 3.4 } as const;

/** Rows that are measured before widths are decided. */
const sampled = 300;
/** What a column may claim before others are asked: a long text wraps well, a word that is parted does not. */
const widest = { line: 330, word: 110 } as const;

/** How wide each column is, so that together they fill the width: as much as words need first, then by what lines would like. */
export function widthsOf(
  columns: readonly PageColumn[],
  rows: Iterable<readonly Text[]>,
  width: number,
): readonly number[] {
  const wants = columns.map(({ title }) => {
    const head = spread(title, looks.head);
    return { line: head.word, word: head.word, over: 0, all: 0 };
  });
  let seen = 0;
  for (const cells of rows) {
    for (const [n, want] of wants.entries()) {
      const { line, word } = spread(cells[n] ?? '', looks.cell);
      want.line = Math.max(want.line, Math.min(line, widest.line));
      want.all += line;
      want.over = Math.max(want.over, line - widest.line);
      want.word = Math.max(want.word, Math.min(word, widest.word));
    }
    if ((seen += 1) >= sampled) break;
  }
  const room = width - columns.length * 2 * padding.x;
  const least = wants.map(({ word }) => word);
  // One long text among short ones may wrap: what most of a column needs counts, not what its longest cell would like.
  const likes = wants.map(({ line, word, all }) =>
    Math.max(word, Math.min(line, (1.6 * all) / Math.max(1, seen))),
  );
  const inner = shared(room, least, likes, wraps(wants, columns));
  return inner.map((each) => each + 2 * padding.x);
}

function shared(
  room: number,
  least: readonly number[],
  likes: readonly number[],
  columns: readonly { readonly isNumber: boolean; readonly grows: number }[],
): readonly number[] {
  const [needed, liked] = [sum(least), sum(likes)];
  // Too many columns: numbers keep what they need, the others give up the same part, and words break.
  if (needed >= room) {
    const kept = sum(least.filter((_, n) => columns[n]?.isNumber === true));
    const part = kept < room ? (room - kept) / (needed - kept) : room / needed;
    return least.map((each, n) => (columns[n]?.isNumber === true && kept < room ? each : each * part));
  }
  if (liked > room) {
    const part = (room - needed) / (liked - needed);
    return least.map((each, n) => each + ((likes[n] ?? each) - each) * part);
  }
  const grows = columns.map((column) => column.grows);
  const all = sum(grows);
  return likes.map((each, n) => each + (all === 0 ? 0 : ((room - liked) * (grows[n] ?? 0)) / all));
}

/** What is left goes to text that wraps, or else to all text; numbers stay where the eye can compare them. */
function wraps(
  wants: readonly { readonly line: number; readonly over: number }[],
  columns: readonly PageColumn[],
) {
  const isNumber = (n: number) => columns[n]?.align === 'right';
  const any = wants.some(({ over }, n) => over > 0 && !isNumber(n));
  return wants.map(({ line, over }, n) => ({
    isNumber: isNumber(n),
    grows: isNumber(n) ? 0 : any ? Math.max(0, over) : line,
  }));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
