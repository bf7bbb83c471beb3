import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bookPlaces, rulePlaces } from '../../exports/code-digest.ts';

const program = new URL('../../', import.meta.url);
const covered = (file: string, places: readonly string[]) =>
  places.some((place) => file === place || file.startsWith(`${place}/`));

/** Every file of the program whose code runs where this one does, itself among them. Types alone decide nothing. */
function reached(file: string, found = new Set<string>()): ReadonlySet<string> {
  if (found.has(file)) return found;
  found.add(file);
  const text = readFileSync(new URL(file, program), 'utf8');
  for (const [, clause = '', path = ''] of text.matchAll(/^(?:import|export)\s([^;]*?)from '(\.[^']+)'/gm)) {
    const names = clause.replaceAll(/[{}]/g, '').split(',');
    const isType = clause.startsWith('type ') || names.every((name) => /^\s*(type\s|$)/.test(name));
    if (!isType)
      reached(new URL(path, new URL(file, program)).pathname.slice(program.pathname.length), found);
  }
  return found;
}

/** It says what the rules are, and is none. */
const saysOnly = ['exports/code-digest.ts'];

test('whatever decides results is among the rules that a judgement names', () => {
  const files = [...reached('exports/judge.ts')].filter((file) => /^(exports|controls)\//.test(file));
  expect(files).toContain('exports/review-populations.ts');
  expect(files.filter((file) => !covered(file, [...rulePlaces, ...saysOnly]))).toEqual([]);
});

test('whatever decides what is in the book of a period is among what a kept one must have been made by', () => {
  const files = [...reached('exports/period/keep-book.ts')].filter((file) =>
    /^(exports|controls)\//.test(file),
  );
  expect(files).toContain('exports/period/populations.ts');
  expect(files.filter((file) => !covered(file, [...bookPlaces, ...saysOnly]))).toEqual([]);
});
