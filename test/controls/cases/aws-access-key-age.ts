import { type Case, unknown } from '../told.ts';
import { aws } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['thirty days', aws(), 'pass'],
  ['a hundred days', aws({ key: { rotatedAt: '2026-03-20T00:00:00Z' } }), 'fail'],
  ['not told', aws({ key: { rotatedAt: unknown } }), 'no-data'],
  ['switched off', aws({ key: { active: false } }), 'not-applicable'],
];
