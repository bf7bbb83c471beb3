import { z } from 'zod';
import served from './questionnaires/requests.json' with { type: 'json' };

/** What of a request an auditor can be handed over a period. Whatever it needs beside that stands with the question. */
const OverPeriod = z.strictObject({
  covers: z.string(),
  /** Where it is in a packet of a period. */
  files: z.array(z.string()).min(1),
  /** What of it nothing that is read over a period tells. */
  lacks: z.array(z.string()),
  /** Whether it is about the time after the period. */
  after: z.boolean().default(false),
});

/** A request of an auditor as one who hands things over looks at it. */
export const Request = z.strictObject({
  /** Whether it is about how things are on a date, about what came to pass in a period, or both. */
  asks: z.enum(['date', 'period', 'both']),
  /** Of one over a period: whether what is told of one date serves a part of it. */
  byOneDate: z.boolean().default(true),
  /** What the company must have handed over for it to be served at all. */
  declares: z.enum(['leavers']).optional(),
  /** `undefined` where no table of a period is about it. */
  overPeriod: OverPeriod.optional(),
});
export type Request = z.output<typeof Request>;

/** How each request of auditors can be served, by its id. */
export const requests: Readonly<Record<string, Request>> = z.record(z.string(), Request).parse(served);

/** What questions say that no single reading covers, and readings over a period do. */
export const ofOneReading = 'one reading tells how things are, not what came and went in a period';
