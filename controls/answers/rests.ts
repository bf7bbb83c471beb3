import type { Measure } from './answer.ts';

const levels = {
  capable: 'a second factor is set up, which does not mean that it is asked for',
  required: 'required at the reading',
  observed: 'observed in sign-ins',
  strength: 'the kind of second factor that is required',
} as const;

/**
 * What the counts of a measure rest on, in words. A level is shown only by what passes; what could not be told shows
 * nothing. What somebody stated is never called what happened, and days of which not all was read are never called whole.
 */
export function restsOn({ level, days, isStated, isOpen, n, fail, excepted }: Measure): string[] {
  if (level !== null) return n > 0 ? [levels[level]] : [];
  if (n + fail + excepted === 0) return [];
  if (isStated)
    return [
      days === null
        ? 'what somebody who is named stated, which no source tells'
        : `what somebody who is named stated, held against what a source logged in ${days} days and no further back`,
    ];
  if (days === null) return ['settings and records as they were read'];
  return [
    isOpen
      ? `what happened in ${days} days, as far as it was read; there may be more`
      : `what happened in ${days} days`,
  ];
}
