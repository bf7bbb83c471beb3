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

/** Whether a program that looks for attacks watches what runs on a machine. */
export const SensorCoverage = kind('sensor-coverage', {
  ...place,
  /** The machine. */
  resource: z.string(),
  /** It is there and tells what it sees. */
  healthy: z.boolean(),
  /** Why not, in the vendor's words. */
  because: z.string(),
  /** When that last changed. */
  toldAt: time,
});

/** What writes down how things are set up, and how that changes. */
export const ConfigurationRecorder = kind('configuration-recorder', {
  ...place,
  name: z.string(),
  records: z.enum(['all', 'some']),
  recording: z.boolean(),
});

/** What gathers how things are set up from other places, so that it can be seen in one. */
export const ConfigurationAggregator = kind('configuration-aggregator', {
  ...place,
  name: z.string(),
  /** It gathers from every account of the organisation, or from those that it names. */
  of: z.enum(['organization', 'accounts']),
  accounts: z.array(z.string()),
  allRegions: z.boolean(),
});

/** What watches numbers, and tells somebody when they are out of bounds. */
export const Alarm = kind('alarm', {
  ...place,
  name: z.string(),
  /** Of numbers, or of other alarms. */
  type: z.enum(['metric', 'composite']),
  /** What it watches: metrics as `namespace/name`, or the vendor's rule about other alarms. */
  watches: z.array(z.string()),
  /** It does something when it goes off. */
  active: z.boolean(),
  /** What it does then, as the vendor names that: mostly topics. */
  actions: z.array(z.string()),
});

/** Where news are given out to whoever subscribed. */
export const Topic = kind('topic', {
  ...place,
  /** How many get them, and how many have not yet said that they want to. */
  confirmed: z.number().int(),
  pending: z.number().int(),
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
