import type { Tone } from './table.ts';

export type Paper = 'a4' | 'letter';

/**
 * A stretch of text that looks other than what is around it. A `file` is a path in the same packet, a
 * `section` the text of a heading of level 2 of the same document; both can be followed on a page to scroll.
 */
export interface Span {
  readonly text: string;
  readonly style: 'strong' | 'code' | 'file' | 'section' | 'soft' | Tone;
}

/** Text with some of it set apart. A line feed starts a new line. A word with a tone gets a mark, so that colour is never all. */
export type Text = string | readonly (string | Span)[];

/** A column of a table on a page. */
export interface PageColumn {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** Its cells are what the rows are about. */
  readonly heads?: boolean;
}

export type Block =
  | { readonly type: 'heading'; readonly level: 2 | 3; readonly text: string }
  | { readonly type: 'paragraph'; readonly text: Text }
  | { readonly type: 'list'; readonly items: readonly Text[]; readonly numbered?: boolean }
  /** Terms and what is said of each. */
  | { readonly type: 'facts'; readonly items: readonly (readonly [term: string, said: Text])[] }
  | { readonly type: 'callout'; readonly title: string; readonly text: Text; readonly tone?: Tone }
  | {
      readonly type: 'table';
      readonly columns: readonly PageColumn[];
      /** As often as they are asked for: they are measured before they are set. */
      readonly rows: () => Iterable<readonly Text[]>;
      /** What is told before and behind it where not all rows are here. */
      readonly more?: string;
    }
  /** Lines to write on, by hand. */
  | { readonly type: 'sign'; readonly fields: readonly string[] }
  | { readonly type: 'break' };

/** What every page of every document says. */
export const disclaimer = 'Facts collected by software; not an audit opinion';

/** A document before it has a form: pages to print or a page to scroll, which say the same. */
export interface Document {
  readonly title: string;
  /** What it is, below its title. */
  readonly lead: string;
  readonly organization: string;
  readonly packet: string;
  readonly asOf: string;
  /** The days that it tells of, where it tells of more than one moment. */
  readonly period?: string;
  /** What every page says above all else: that it is a draft, and whatever else keeps it from being taken for final. */
  readonly standing: readonly { readonly mark: string; readonly text: string }[];
  readonly paper: Paper;
  readonly landscape?: boolean;
  readonly blocks: readonly Block[];
}
