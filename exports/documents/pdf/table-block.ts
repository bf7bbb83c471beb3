import type { Block, PageColumn, Text } from '../document.ts';
import { flow, wordsOf } from './flow.ts';
import { linesOf, type Line } from './lines.ts';
import type { Element } from './canvas.ts';
import type { Pages } from './pages.ts';
import { padding, widthsOf } from './table-layout.ts';
import { gaps, inks, looks } from './theme.ts';

type TableBlock = Extract<Block, { type: 'table' }>;

/** A row taller than this part of a page goes on over it; a lower one moves as a whole. */
const parted = 0.2;

interface Place {
  readonly x: number;
  readonly width: number;
  readonly column: PageColumn;
}

/** A table over as many pages as it takes, its header on each. */
export function setTable(pages: Pages, parent: Element, { columns, rows, more }: TableBlock): void {
  if (more !== undefined) note(pages, parent, more);
  const places = placesOf(pages, columns, widthsOf(columns, rows(), pages.width));
  const heads = columns.map(({ title }, n) => linesOf(title, looks.head, inner(places, n)));
  const headHeight = heightOf(heads, looks.head.leading);
  const table = pages.canvas.element('Table', parent);
  pages.ensure(headHeight + 3 * looks.cell.leading);
  const headRow = pages.canvas.element('TR', pages.canvas.element('THead', table));
  const cells = columns.map(({ title }) => pages.telling('TH', headRow, title, { scope: 'Column' }));
  drawHead(pages, places, heads, headHeight, cells);
  for (const cell of cells) cell.end();
  const body = pages.canvas.element('TBody', table);
  const again = () => drawHead(pages, places, heads, headHeight, null);
  let any = false;
  for (const row of rows()) {
    any = true;
    setRow(pages, body, places, row, again);
  }
  table.end();
  pages.y += 4;
  if (!any) note(pages, parent, 'There are none.');
  if (more !== undefined && any) note(pages, parent, more);
  pages.y += gaps.paragraph;
}

function note(pages: Pages, parent: Element, text: string): void {
  flow(pages, parent, 'P', text, looks.small);
  pages.y += 4;
}

function placesOf(pages: Pages, columns: readonly PageColumn[], widths: readonly number[]): Place[] {
  let x = pages.left;
  return columns.map((column, n) => {
    const width = widths[n] ?? 0;
    const place = { x, width, column };
    x += width;
    return place;
  });
}

function inner(places: readonly Place[], n: number): number {
  return (places[n]?.width ?? 0) - 2 * padding.x;
}

function heightOf(cells: readonly (readonly Line[])[], leading: number): number {
  return Math.max(1, ...cells.map(({ length }) => length)) * leading + 2 * padding.y;
}

/** The header as what the columns are called, where it first stands; on later pages it is there for the eye alone. */
function drawHead(
  pages: Pages,
  places: readonly Place[],
  heads: readonly (readonly Line[])[],
  height: number,
  cells: readonly Element[] | null,
): void {
  pages.canvas.band({ x: pages.left, y: pages.y, width: pages.width, height }, inks.band);
  const draw = (n: number) => drawCell(pages, places[n], heads[n] ?? [], looks.head, height);
  for (const n of places.keys()) {
    const cell = cells?.[n];
    if (cell) pages.canvas.say(cell, 'TH', () => draw(n));
    else pages.canvas.artifact(() => draw(n), 'Pagination');
  }
  pages.y += height;
  pages.rule(inks.rule, 0.8);
}

function setRow(
  pages: Pages,
  body: Element,
  places: readonly Place[],
  row: readonly Text[],
  again: () => void,
): void {
  const cells = places.map((_, n) => linesOf(row[n] ?? '', looks.cell, inner(places, n)));
  const { leading } = looks.cell;
  const height = heightOf(cells, leading);
  const turn = () => {
    pages.next();
    again();
  };
  if (height > pages.room && height < parted * pages.height) turn();
  else if (pages.room < 2 * leading + 2 * padding.y) turn();
  const tr = pages.canvas.element('TR', body);
  const elements = places.map(({ column }, n) => {
    const words = wordsOf(row[n] ?? '');
    return column.heads === true
      ? pages.telling('TH', tr, words, { scope: 'Row' })
      : pages.telling('TD', tr, words);
  });
  const longest = Math.max(1, ...cells.map(({ length }) => length));
  for (let from = 0; from < longest;) {
    const fit = Math.max(1, Math.floor((pages.room - 2 * padding.y) / leading));
    const part = cells.map((lines) => lines.slice(from, from + fit));
    const tall = heightOf(part, leading);
    for (const [n, place] of places.entries()) {
      const lines = part[n] ?? [];
      const element = elements[n];
      if (element && (lines.length > 0 || from === 0))
        pages.canvas.say(element, place.column.heads === true ? 'TH' : 'TD', () =>
          drawCell(pages, place, lines, looks.cell, tall),
        );
    }
    pages.y += tall;
    from += fit;
    if (from < longest) turn();
    else pages.rule();
  }
  tr.end();
}

function drawCell(
  pages: Pages,
  place: Place | undefined,
  lines: readonly Line[],
  look: { readonly size: number; readonly leading: number },
  height: number,
): void {
  if (!place) return;
  const { x, width, column } = place;
  // Headers stand on the line below them, cells hang from the one above.
  const lead = look === looks.head ? height - padding.y - lines.length * look.leading : padding.y;
  for (const [n, line] of lines.entries()) {
    const at = column.align === 'right' ? x + width - padding.x - line.width : x + padding.x;
    pages.canvas.line(line, at, pages.y + lead + n * look.leading, look);
  }
}
