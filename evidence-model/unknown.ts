import { z } from 'zod';

/** What a source did not say, and why. It is a value of its own: never a default, never false, never empty. */
export const Unknown = z.strictObject({ unknown: z.string().min(1) });
export type Unknown = z.output<typeof Unknown>;

export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && 'unknown' in value;
}

/** The value, or unknown for this reason where the source left it out or said null. */
export function known<T>(value: T | null | undefined, reason: string): T | Unknown {
  return value ?? { unknown: reason };
}
