import { type Case, denied, unknown } from '../told.ts';
import { exchange } from '../worlds/mail.ts';

const set = (settings: Readonly<Record<string, unknown>>) => exchange({ settings });

export const cases: readonly Case[] = [
  ['it is marked', exchange(), 'pass'],
  ['some is not', set({ outsideUnmarked: ['pay.example'] }), 'fail'],
  [
    'some is not, which the policy names',
    set({ outsideUnmarked: ['Pay.example'] }),
    'pass',
    { unmarked: ['pay.Example'] },
  ],
  ['Outlook marks none', set({ outsideMarked: false }), 'no-data'],
  ['whether it is marked is not told', set({ outsideMarked: unknown }), 'no-data'],
  ['whose is not is not told', set({ outsideUnmarked: unknown }), 'no-data'],
  ['it is refused', denied(exchange(), 'microsoft365/exchange-external-in-outlook'), 'no-data'],
];
