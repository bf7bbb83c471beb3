import { z } from 'zod';

/** A moment that somebody names: an instant in UTC, or a date, which means the end of that day in UTC. */
export const Instant = z
  .union([z.iso.datetime(), z.iso.date().transform((date) => `${date}T23:59:59.999Z`)])
  .describe('2026-01-31T23:59:59Z, or 2026-01-31 for the end of that day in UTC');
