import type { Line } from './lines.ts';
import type { Look } from './theme.ts';

/** An element of the structure that is read out. */
export interface Element {
  end(): void;
}

export interface ElementOptions {
  readonly title?: string;
  /** What the text is, where the page cannot show it so. */
  readonly actual?: string;
  readonly scope?: 'Row' | 'Column';
}

/** Where something stands, from the left and the top of the page, in points. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * What pages are drawn on. Everything is either part of the structure that is read out, or an artifact of paper: lines,
 * bands, what stands on each page.
 */
export interface Canvas {
  newPage(): void;
  /** The whole document. */
  readonly root: Element;
  element(type: string, parent: Element, options?: ElementOptions): Element;
  /** Draws on this page what an element says. */
  say(element: Element, type: string, draw: () => void): void;
  artifact(draw: () => void, type?: 'Pagination' | 'Layout'): void;
  /** One line of text: within `say` or `artifact`. */
  line(line: Line, x: number, top: number, look: Pick<Look, 'size' | 'leading'>): void;
  rule(box: Omit<Box, 'height'>, ink: string, weight: number): void;
  band(box: Box, ink: string): void;
  frame(box: Box, ink: string): void;
  bookmark(text: string, level: 2 | 3, y: number): void;
}

const nobody: Element = { end: () => undefined };

/**
 * Nothing is drawn on it. Of how many pages a page is one must be known before the first is written: they are counted on
 * this, so that no page has to be held.
 */
export const blank: Canvas = {
  newPage: () => undefined,
  root: nobody,
  element: () => nobody,
  say: () => undefined,
  artifact: () => undefined,
  line: () => undefined,
  rule: () => undefined,
  band: () => undefined,
  frame: () => undefined,
  bookmark: () => undefined,
};
