import { withoutMarks } from '../../marks.ts';
import type { Canvas, Element, ElementOptions } from './canvas.ts';
import type { Document } from '../document.ts';
import { shortfallOf } from './fonts.ts';
import { inks, margins, papers } from './theme.ts';

export interface PageSize {
  readonly width: number;
  readonly height: number;
}

export function sizeOf({ paper, landscape = false }: Pick<Document, 'paper' | 'landscape'>): PageSize {
  const [short, long] = papers[paper];
  return landscape ? { width: long, height: short } : { width: short, height: long };
}

/** Pages being filled from top to bottom. */
export class Pages {
  readonly canvas: Canvas;
  readonly #size: PageSize;
  readonly #onPage: (page: number) => void;
  /** Where the next thing begins, from the top of the page. */
  y: number = margins.top;
  count = 0;
  /** How many characters are shown otherwise than they are, because no face has them, and because they are marks. */
  missing = 0;
  marked = 0;

  /** `onPage` puts on a page what stands on every one. */
  constructor(canvas: Canvas, size: PageSize, onPage: (page: number) => void) {
    this.canvas = canvas;
    this.#size = size;
    this.#onPage = onPage;
    this.next();
  }

  get left(): number {
    return margins.left;
  }

  get width(): number {
    return this.#size.width - margins.left - margins.right;
  }

  /** What is left of the page. */
  get room(): number {
    return this.#size.height - margins.bottom - this.y;
  }

  /** What a whole page has. */
  get height(): number {
    return this.#size.height - margins.bottom - margins.top;
  }

  get isFresh(): boolean {
    return this.y <= margins.top;
  }

  next(): void {
    this.count += 1;
    this.y = margins.top;
    this.canvas.newPage();
    this.#onPage(this.count);
  }

  /** Goes on at the next page where so much has no room on this one. */
  ensure(height: number): void {
    if (height > this.room && !this.isFresh) this.next();
  }

  gap(height: number): void {
    if (!this.isFresh) this.y += height;
  }

  /** An element for a text. Where the page cannot show it as it is, the element says what it is. */
  telling(type: string, parent: Element, text: string, options: ElementOptions = {}): Element {
    const { missing, marked, backwards } = shortfallOf(text);
    this.missing += missing;
    this.marked += marked;
    const actual = missing > 0 || backwards ? { actual: withoutMarks(text.toWellFormed()) } : {};
    return this.canvas.element(type, parent, { ...options, ...actual });
  }

  /** A line across, where the next thing begins. */
  rule(ink: string = inks.line, weight = 0.5): void {
    this.canvas.rule({ x: this.left, y: this.y, width: this.width }, ink, weight);
  }
}
