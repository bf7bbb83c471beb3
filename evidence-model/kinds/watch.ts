import { z } from 'zod';
import { kind } from '../kind.ts';
import { place } from './place.ts';
import { time } from './time.ts';

/** A service of the vendor's that looks for what is wrong. */
export const Scanner = kind('scanner', {
  ...place,
  name: z.string(),
  type: z.enum(['threats', 'posture', 'posture-standard', 'vulnerabilities', 'access']),
  enabled: z.boolean(),
  /** Parts of it that are switched on, in the vendor's words. */
  features: z.array(z.string()),
});

/** Whether something is looked at by a scanner of vulnerabilities. */
export const ScanCoverage = kind('scan-coverage', {
  ...place,
  resource: z.string(),
  /** The vendor's own word, such as AWS_EC2_INSTANCE. */
  type: z.string(),
  /** What of it is looked at, in the vendor's word, such as PACKAGE. */
  scan: z.string(),
  scanned: z.boolean(),
  /** Why, or why not, in the vendor's words. */
  because: z.string(),
  lastScannedAt: time,
});

/** What writes down how things are set up, and how that changes. */
export const ConfigurationRecorder = kind('configuration-recorder', {
  ...place,
  name: z.string(),
  records: z.enum(['all', 'some']),
  recording: z.boolean(),
});

/** What the vendor took for an attack, and what came of it. */
export const Incident = kind('incident', {
  at: time,
  name: z.string(),
  /** The vendor's own words, such as `high`, `resolved` and `truePositive`. */
  severity: z.string(),
  state: z.string(),
  classification: z.string(),
  /** When somebody or something last changed it. */
  changedAt: time,
});
