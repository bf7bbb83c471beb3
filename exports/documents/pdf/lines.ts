import type { Span, Text } from '../document.ts';
import { face, stretches, type FaceName } from './fonts.ts';
import type { Tone } from '../table.ts';
import { codeScale, inks, signs, type Look } from './theme.ts';

/** A stretch of text with its look, as wide as it will be. */
export interface Piece {
  readonly text: string;
  readonly face: FaceName;
  readonly size: number;
  readonly ink: string;
  readonly backwards: boolean;
  readonly width: number;
}

export interface Line {
  readonly pieces: readonly Piece[];
  /** Without the space at its end. */
  readonly width: number;
}

/** What can be broken only where there is no other way: up to the next space. */
interface Word {
  readonly pieces: readonly Piece[];
  readonly width: number;
  /** What follows it: a space, the end of a line, or nothing. */
  readonly after: Piece | 'line' | null;
}

/** Widths are sums of fractions: what was measured to fit must fit when it is set. */
const rounding = 0.01;

/** Text as lines that are no wider than this. Spaces stay at the ends of lines, so that lines read on as text. */
export function linesOf(text: Text, look: Look, room: number): Line[] {
  const width = room + rounding;
  const lines: Line[] = [];
  let pieces: Piece[] = [];
  let used = 0;
  let trailing = 0;
  const end = () => {
    lines.push({ pieces: joined(pieces), width: used - trailing });
    pieces = [];
    used = 0;
    trailing = 0;
  };
  for (const word of wordsOf(text, look)) {
    if (used > 0 && used + word.width > width && word.width <= 2 * width) end();
    let left = word.pieces;
    // A word that no line can hold breaks where it must; a very long one goes on from where the line is.
    while (used + widthOf(left) > width) {
      const [fits, rest] = cutAt(left, width - used, used === 0);
      if (fits.length === 0 && used > 0) end();
      else {
        pieces.push(...fits);
        used += widthOf(fits);
        trailing = 0;
        left = rest;
        if (left.length === 0) break;
        end();
      }
    }
    pieces.push(...left);
    used += widthOf(left);
    trailing = 0;
    if (word.after === 'line') {
      // A space that nobody sees, so that what is parted by a line is parted for those who read the text alone.
      pieces.push(...piecesOf(' ', ' ', look));
      end();
    } else if (word.after) {
      pieces.push(word.after);
      used += word.after.width;
      trailing = word.after.width;
    }
  }
  if (pieces.length > 0 || lines.length === 0) end();
  return lines;
}

/** How wide the text is where nothing breaks it, and how wide the longest part of it is that should stay together. */
export function spread(text: Text, look: Look): { readonly line: number; readonly word: number } {
  let line = 0;
  let longest = 0;
  let word = 0;
  for (const { pieces, width, after } of wordsOf(text, look)) {
    // Most words need less than is known already: their parts are looked at only where it matters.
    if (width > word) word = Math.max(word, ...pieces.flatMap(partsOf));
    line += width;
    longest = Math.max(longest, line);
    if (after === 'line') line = 0;
    else if (after) line += after.width;
  }
  return { line: longest, word };
}

/** Behind these marks a word may be parted. */
const seam = /[/._\-:@#,;|=&?+]/;

const behindSeam = new RegExp(`(?<=${seam.source})`);

function partsOf({ text, face: of, size }: Piece): number[] {
  return text.split(behindSeam).map((part) => face(of).width(part, size));
}

function* wordsOf(text: Text, look: Look): Iterable<Word> {
  let pieces: Piece[] = [];
  for (const span of typeof text === 'string' ? [text] : text)
    for (const [token] of said(span).matchAll(/\n| +|[^\n ]+/g)) {
      const set = piecesOf(token === '\n' ? '' : token, span, look);
      if (token === '\n' || token.startsWith(' ')) {
        yield { pieces, width: widthOf(pieces), after: token === '\n' ? 'line' : (set[0] ?? null) };
        pieces = [];
      } else pieces.push(...set);
    }
  if (pieces.length > 0) yield { pieces, width: widthOf(pieces), after: null };
}

/** The text of a span, without what pages cannot hold. */
function said(span: string | Span): string {
  const text =
    typeof span === 'string' ? span : `${span.style in signs ? signs[span.style as Tone] : ''}${span.text}`;
  return text.toWellFormed().replaceAll(/\r\n|\u2028|\u2029/g, '\n');
}

function piecesOf(text: string, span: string | Span, look: Look): Piece[] {
  const { face: of, size, ink } = typeof span === 'string' ? look : lookOf(span, look);
  return stretches(text, of).map((stretch) => ({
    ...stretch,
    ...{ size, ink, width: face(stretch.face).width(stretch.text, size) },
  }));
}

function lookOf({ style }: Span, look: Look): Look {
  if (style === 'strong') return { ...look, face: 'bold' };
  if (style === 'code' || style === 'file') return { ...look, face: 'mono', size: look.size * codeScale };
  if (style === 'section') return look;
  if (style === 'soft') return { ...look, ink: inks.soft };
  return { ...look, face: 'bold', ink: inks[style] };
}

function widthOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { width }) => sum + width, 0);
}

/** As much of a word as has room, and the rest: behind a mark where one is near, and never within a character. */
function cutAt(pieces: readonly Piece[], room: number, must: boolean): [Piece[], Piece[]] {
  const fits: Piece[] = [];
  let used = 0;
  for (const [n, piece] of pieces.entries()) {
    if (used + piece.width <= room) {
      fits.push(piece);
      used += piece.width;
      continue;
    }
    const characters = piece.text.match(/.\p{M}*/gsu) ?? [];
    let count = 0;
    for (let width = used; count < characters.length; count += 1) {
      width += face(piece.face).width(characters[count] ?? '', piece.size);
      if (width > room) break;
    }
    const near = characters.slice(0, count).findLastIndex((each) => seam.test(each)) + 1;
    if (near > count - 14 && near > 0 && count < characters.length) count = near;
    // On a line of its own something has to fit, or there would be no end to it.
    if (must && count === 0 && fits.length === 0) count = 1;
    const [head, tail] = [characters.slice(0, count).join(''), characters.slice(count).join('')];
    if (head !== '') fits.push(resized(piece, head));
    return [fits, [...(tail === '' ? [] : [resized(piece, tail)]), ...pieces.slice(n + 1)]];
  }
  return [fits, []];
}

function resized(piece: Piece, text: string): Piece {
  return { ...piece, text, width: face(piece.face).width(text, piece.size) };
}

/** Neighbours of one look as one piece: what runs from right to left has its words in that order only together. */
function joined(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  for (const [n, piece] of pieces.entries()) {
    const last = found.at(-1);
    const between = piece.text.trim() === '' && last?.backwards === true && pieces[n + 1]?.backwards === true;
    const alike =
      last?.face === piece.face &&
      last.ink === piece.ink &&
      last.size === piece.size &&
      (last.backwards === piece.backwards || between);
    if (last && alike)
      found[found.length - 1] = { ...resized(last, last.text + piece.text), backwards: last.backwards };
    else found.push(piece);
  }
  return found;
}
