import type { Tone } from '../table.ts';
import type { FaceName } from './fonts.ts';

/** Inks that stay apart when they are printed in black. */
export const inks = {
  ink: '#1c2024',
  soft: '#4f5863',
  line: '#c3cad2',
  rule: '#8a94a0',
  band: '#f0f2f5',
  good: '#1f6a3d',
  bad: '#a1261a',
  warn: '#7a4a00',
  hand: '#47468a',
  mute: '#4f5863',
} as const;

/** The mark before a word that has a tone: it says without colour what the colour says. */
export const signs: Readonly<Record<Tone, string>> = {
  good: '✓\u00a0',
  bad: '✕\u00a0',
  warn: '!\u00a0',
  hand: '✎\u00a0',
  mute: '–\u00a0',
};

export interface Look {
  readonly face: FaceName;
  readonly size: number;
  /** From one baseline to the next. */
  readonly leading: number;
  readonly ink: string;
}

export const looks = {
  title: { face: 'bold', size: 20, leading: 25, ink: inks.ink },
  lead: { face: 'sans', size: 11.5, leading: 16, ink: inks.soft },
  h2: { face: 'bold', size: 12.5, leading: 16, ink: inks.ink },
  h3: { face: 'bold', size: 10, leading: 13.5, ink: inks.ink },
  body: { face: 'sans', size: 9, leading: 13, ink: inks.ink },
  term: { face: 'sans', size: 8.5, leading: 13, ink: inks.soft },
  cell: { face: 'sans', size: 7.8, leading: 10.6, ink: inks.ink },
  head: { face: 'bold', size: 7.4, leading: 10, ink: inks.soft },
  small: { face: 'sans', size: 7.2, leading: 9.6, ink: inks.soft },
} as const satisfies Readonly<Record<string, Look>>;

/** How much smaller what is set in the face of machines is, which looks larger. */
export const codeScale = 0.9;

/** Points. */
export const papers = { a4: [595.28, 841.89], letter: [612, 792] } as const;
export const margins = { left: 54, right: 54, top: 62, bottom: 66 } as const;
export const gaps = { paragraph: 6, heading: 18, block: 9 } as const;
