import type { Text } from '../document.ts';
import { linesOf, type Line } from './lines.ts';
import type { Element } from './canvas.ts';
import type { Pages } from './pages.ts';
import type { Look } from './theme.ts';

/** A text without its looks. */
export function wordsOf(text: Text): string {
  return typeof text === 'string'
    ? text
    : text.map((span) => (typeof span === 'string' ? span : span.text)).join('');
}

/** Text as an element of the structure, over as many pages as it takes; of what is parted two lines stay together. */
export function flow(
  pages: Pages,
  parent: Element,
  type: string,
  text: Text,
  look: Look,
  at: { readonly x?: number; readonly width?: number } = {},
): void {
  const { x = pages.left, width = pages.width } = at;
  const lines = linesOf(text, look, width);
  const element = pages.telling(type, parent, wordsOf(text));
  flowLines(pages, element, type, lines, look, x);
  element.end();
}

export function flowLines(
  pages: Pages,
  element: Element,
  type: string,
  lines: readonly Line[],
  look: Look,
  x: number,
): void {
  for (let from = 0; from < lines.length;) {
    const left = lines.length - from;
    let fit = Math.floor(pages.room / look.leading);
    if (fit < left) {
      if (left - fit < 2) fit = left - 2;
      if (fit < 2) fit = 0;
    }
    if (fit <= 0) {
      if (pages.isFresh) fit = Math.max(1, Math.floor(pages.room / look.leading));
      else {
        pages.next();
        continue;
      }
    }
    const part = lines.slice(from, from + fit);
    const top = pages.y;
    pages.canvas.say(element, type, () => {
      for (const [n, line] of part.entries()) pages.canvas.line(line, x, top + n * look.leading, look);
    });
    pages.y += part.length * look.leading;
    from += part.length;
    if (from < lines.length) pages.next();
  }
}
