import type { Canvas } from './canvas.ts';
import { disclaimer, type Document } from '../document.ts';
import { moment } from '../moment.ts';
import { linesOf, type Line } from './lines.ts';
import type { PageSize } from './pages.ts';
import { inks, looks, margins, type Look } from './theme.ts';

/** What stands on every page: whose it is, what it is not, and where one is. */
export function setFurniture(
  canvas: Canvas,
  size: PageSize,
  { title, lead, packet, asOf, period, standing }: Document,
  at: { readonly page: number; readonly of: number },
): void {
  const { left } = margins;
  const width = size.width - left - margins.right;
  const write = (text: string, x: number, top: number, room: number, isRight = false) => {
    const line = fitting(text, room);
    canvas.artifact(
      () => canvas.line(line, isRight ? x + room - line.width : x, top, looks.small),
      'Pagination',
    );
  };
  const top = 28;
  let right = left + width;
  for (const { mark } of standing.toReversed()) right = setMark(canvas, mark, right, top) - 6;
  if (at.page > 1) write(`${title} · ${lead}`, left, top + 1, right - left - 8);
  const foot = size.height - margins.bottom + 22;
  canvas.rule({ x: left, y: foot - 5, width }, inks.line, 0.5);
  const most = width * 0.72;
  const of = period === undefined ? '' : ` · ${period}`;
  write(`Packet ${packet.slice(0, 16)}${of} · as of ${moment(asOf)}`, left, foot, most);
  write(disclaimer, left, foot + looks.small.leading, most);
  write(`Page ${at.page} of ${at.of}`, left + most, foot, width - most, true);
}

/** A framed word that ends at `right`; where it begins is returned. */
function setMark(canvas: Canvas, mark: string, right: number, top: number): number {
  const look: Look = { ...looks.head, ink: inks.warn, size: 8 };
  const [line] = linesOf(mark, look, right);
  if (!line) return right;
  const width = line.width + 12;
  canvas.frame({ x: right - width, y: top - 1, width, height: look.leading + 4 }, inks.warn);
  canvas.artifact(() => canvas.line(line, right - width + 6, top + 1, look), 'Pagination');
  return right - width;
}

/** One line, its end left out where there is no room for it. */
function fitting(text: string, width: number): Line {
  let kept = text;
  for (;;) {
    const [line, ...others] = linesOf(kept === text ? text : `${kept}…`, looks.small, width);
    if (line && others.length === 0) return line;
    kept = Array.from(kept).slice(0, -1).join('').trimEnd();
  }
}
