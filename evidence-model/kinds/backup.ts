import { z } from 'zod';
import { kind } from '../kind.ts';
import { place } from './place.ts';
import { time, timeOrNever } from './time.ts';

/** When copies are made, and of what. */
export const BackupPlan = kind('backup-plan', { ...place, name: z.string(), lastRunAt: timeOrNever });

/** A place that keeps copies. */
export const BackupVault = kind('backup-vault', {
  ...place,
  name: z.string(),
  /** Copies cannot be deleted before their time, as long as nobody takes the lock off. */
  locked: z.boolean(),
  /** From when on nobody can take the lock off, the vendor included. */
  lockFinalAt: timeOrNever,
  /** The least time that copies are kept; 0 where there is none. */
  minimumDays: z.number().int(),
  copies: z.number().int(),
});

/** Something that is copied. */
export const ProtectedResource = kind('protected-resource', {
  ...place,
  /** Its id as the records say it that are about itself. */
  resource: z.string(),
  /** The vendor's own word, such as RDS or EBS. */
  type: z.string(),
  lastBackupAt: time,
});

/** A copy was made, or somebody tried to. */
export const Backup = kind(
  'backup',
  {
    ...place,
    at: time,
    /** What it is a copy of. */
    resource: z.string(),
    vault: z.string(),
    /** The vendor's own word, such as COMPLETED. */
    state: z.string(),
    encrypted: z.boolean(),
    /** When it is deleted. */
    keptUntil: timeOrNever,
  },
  { at: 'at' },
);

/** When the vendor brings things back from copies by itself, to see whether that can be done. */
export const RestoreTestingPlan = kind('restore-testing-plan', {
  ...place,
  name: z.string(),
  /** In the vendor's words, such as cron(0 5 ? * * *). */
  schedule: z.string(),
  lastRunAt: timeOrNever,
});

/** Something was brought back from a copy, or somebody tried to. */
export const Restore = kind('restore', {
  ...place,
  at: time,
  completedAt: time,
  backup: z.string(),
  type: z.string(),
  /** The vendor's own word, such as COMPLETED. */
  state: z.string(),
});
