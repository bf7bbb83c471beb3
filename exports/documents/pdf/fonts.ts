import { create, type Font } from 'fontkit';
import { marks, replacement, withoutMarks } from '../../marks.ts';
import { fontFile } from './font-files.ts';

const files = {
  sans: 'DejaVuSansCondensed.ttf',
  bold: 'DejaVuSansCondensed-Bold.ttf',
  mono: 'DejaVuSansMono.ttf',
} as const;
export type FaceName = keyof typeof files;

/** Hebrew, Arabic and what else runs from right to left, and is shaped by the letters around it. */
const rightToLeft = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;

/** One face: what it can show, and how wide that is. */
class Face {
  readonly #font: Font;
  readonly #widths = new Map<number, number>();
  readonly #has = new Map<string, boolean>();

  readonly #unitsPerEm: number;

  constructor(file: string) {
    this.#font = opening(file);
    this.#unitsPerEm = this.#font.unitsPerEm;
  }

  has(character: string): boolean {
    const known = this.#has.get(character) ?? this.#font.hasGlyphForCodePoint(character.codePointAt(0) ?? 0);
    this.#has.set(character, known);
    return known;
  }

  width(text: string, size: number): number {
    if (rightToLeft.test(text)) return this.#em(this.#font.layout(text).advanceWidth) * size;
    let sum = 0;
    for (const character of text) sum += this.#widthOf(character.codePointAt(0) ?? 0);
    return this.#em(sum) * size;
  }

  #widthOf(codePoint: number): number {
    const known = this.#widths.get(codePoint);
    if (known !== undefined) return known;
    const width = this.#font.glyphForCodePoint(codePoint).advanceWidth;
    this.#widths.set(codePoint, width);
    return width;
  }

  #em(units: number): number {
    return units / this.#unitsPerEm;
  }
}

/**
 * A font for pdfkit to set one document with. Plain text is set letter by letter, as it was measured, and each letter
 * says itself which character it is; only what runs from right to left is shaped. fontkit remembers glyphs by whoever
 * asked for them first, so no font is used for two documents.
 */
export function settable(name: FaceName): Font {
  const font = opening(files[name]);
  const letters = new Map<number, { id: number; advanceWidth: number; codePoints: readonly number[] }>();
  const letter = (codePoint: number) => {
    const known = letters.get(codePoint);
    if (known) return known;
    const { id, advanceWidth } = font.glyphForCodePoint(codePoint);
    const made = { id, advanceWidth, codePoints: [codePoint] };
    letters.set(codePoint, made);
    return made;
  };
  const layout = (text: string) => {
    if (rightToLeft.test(text)) return font.layout(text);
    const glyphs = Array.from(text, (character) => letter(character.codePointAt(0) ?? 0));
    const positions = glyphs.map(({ advanceWidth }) => ({
      ...{ xAdvance: advanceWidth, yAdvance: 0, xOffset: 0, yOffset: 0 },
    }));
    return { glyphs, positions, advanceWidth: glyphs.reduce((sum, each) => sum + each.advanceWidth, 0) };
  };
  return Object.assign(Object.create(font) as Font, { layout });
}

function opening(file: string): Font {
  const font = create(bytesOf(file));
  if (!('hasGlyphForCodePoint' in font)) throw new Error(`${file} is not one font`);
  return font;
}

const read = new Map<string, Buffer>();

function bytesOf(file: string): Buffer {
  const known = read.get(file) ?? fontFile(file);
  read.set(file, known);
  return known;
}

const opened = new Map<FaceName, Face>();

/** A face, read when it is first needed. */
export function face(name: FaceName): Face {
  const known = opened.get(name) ?? new Face(files[name]);
  opened.set(name, known);
  return known;
}

export const faceNames = Object.keys(files) as readonly FaceName[];

/** What every face has, and nothing has to be looked up for. */
const plain = /^[ -~]*$/;

/** What of a text is shown otherwise than it is. */
export interface Shortfall {
  /** Characters that no face has. */
  readonly missing: number;
  /** Control characters and marks of direction, which are shown and not obeyed. */
  readonly marked: number;
  /** Whether some of it runs from right to left, so that the order of letters on the page is not that of the text. */
  readonly backwards: boolean;
}

export function shortfallOf(text: string): Shortfall {
  if (plain.test(text)) return { missing: 0, marked: 0, backwards: false };
  const missing = Array.from(withoutMarks(text.normalize('NFC'))).filter(
    (character) => !/[\s]/.test(character) && !faceNames.some((name) => face(name).has(character)),
  );
  return {
    missing: missing.length,
    marked: text.match(marks)?.length ?? 0,
    backwards: rightToLeft.test(text),
  };
}

/** Text of one face and one direction. */
export interface Stretch {
  readonly text: string;
  readonly face: FaceName;
  readonly backwards: boolean;
}

/**
 * Text as the faces can show it: where one lacks a character another steps in, and what none has stands as a mark that
 * everybody sees, never as nothing.
 */
export function stretches(text: string, wanted: FaceName): readonly Stretch[] {
  if (plain.test(text)) return text === '' ? [] : [{ text, face: wanted, backwards: false }];
  const found: { text: string; face: FaceName; backwards: boolean }[] = [];
  for (const character of withoutMarks(text.normalize('NFC')).replaceAll(/\s/g, ' ')) {
    const can = [wanted, ...faceNames].find((each) => face(each).has(character));
    const shown = can === undefined ? replacement : character;
    const of = can ?? 'sans';
    const backwards = rightToLeft.test(shown);
    const last = found.at(-1);
    if (last?.face === of && last.backwards === backwards) last.text += shown;
    else found.push({ text: shown, face: of, backwards });
  }
  return found;
}
