import { z } from 'zod';
import { kind } from '../kind.ts';
import { time, timeOrNever } from './time.ts';

/** A computer or a telephone, as the directory knows it, whether or not anybody manages it. */
export const DirectoryDevice = kind('directory-device', {
  name: z.string(),
  /** What it calls itself, by which the management of devices knows it too. */
  deviceId: z.string(),
  system: z.string(),
  systemVersion: z.string(),
  enabled: z.boolean(),
  /** How it belongs to the directory, in the vendor's word. */
  joined: z.string(),
  managed: z.boolean(),
  compliant: z.boolean(),
  lastSeenAt: timeOrNever,
});

/** A computer or a telephone that somebody manages. */
export const Device = kind('device', {
  name: z.string(),
  /** What it calls itself, by which the directory knows it too. */
  deviceId: z.string(),
  /** Whose it is, or `none`. */
  account: z.string(),
  system: z.string(),
  systemVersion: z.string(),
  compliant: z.boolean(),
  /** The vendor's own word for whether it meets the policies, which knows more than yes and no. */
  compliance: z.string(),
  encrypted: z.boolean(),
  owner: z.string(),
  enrolledAt: time,
  lastSeenAt: time,
});

/** What a device must be like to be called compliant, and for whom that is asked. */
export const DevicePolicy = kind('device-policy', {
  name: z.string(),
  /** What of devices it is for, in the vendor's word. */
  platform: z.string(),
  /** Settings that are set, by the vendor's name. */
  settings: z.record(z.string(), z.union([z.boolean(), z.number(), z.string()])),
  /** Groups, or the vendor's words for everybody. Empty: it asks nothing of anybody. */
  includes: z.array(z.string()),
  excludes: z.array(z.string()),
});

/** How devices without a policy, and devices that are not heard of, are looked at. */
export const DeviceManagement = kind('device-management', {
  /** A device without a policy counts as not compliant. */
  unassignedIsNotCompliant: z.boolean(),
  /** After how many days of silence a device is no longer compliant. */
  silentDays: z.number().int(),
});

/** Who may make devices known to the directory, and what that takes. */
export const DeviceRegistration = kind('device-registration', {
  /** Ways into the directory, and for whom: `all`, `selected` or `none`. */
  join: z.enum(['all', 'selected', 'none']),
  register: z.enum(['all', 'selected', 'none']),
  mfaRequired: z.boolean(),
  perUser: z.number().int(),
  /** Passwords of local administrators are kept and exchanged by the vendor. */
  localAdminPasswords: z.boolean(),
});

/** That a key which opens a lost device is kept. The key itself is never asked for. */
export const RecoveryKey = kind('recovery-key', {
  /** The device as the directory calls it, by `deviceId`. */
  device: z.string(),
  /** What it opens, in the vendor's word. */
  volume: z.string(),
  createdAt: time,
});
