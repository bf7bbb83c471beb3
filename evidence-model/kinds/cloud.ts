import { z } from 'zod';
import { kind } from '../kind.ts';
import { place } from './place.ts';
import { time, timeOrNever } from './time.ts';

/** A part of the world in which a cloud account may keep things, and what holds there where nothing else is said. */
export const CloudRegion = kind('cloud-region', {
  cloudAccount: z.string(),
  name: z.string(),
  /** Things can be kept there. Where they cannot, there is nothing to ask. */
  enabled: z.boolean(),
  /** New volumes are encrypted whether or not that is asked for. */
  volumeEncryptionDefault: z.boolean(),
  /** Which snapshots cannot be shared with everybody. */
  publicSnapshotsBlocked: z.enum(['all', 'new', 'none']),
  /** Whether new machines must show a token before they are told their credentials, unless something else is said. */
  metadataTokensDefault: z.enum(['required', 'optional', 'no-preference']),
});

/** A place that holds data: a bucket, a volume, a file system, a database or a table of one, or a copy of one. */
export const DataStore = kind('data-store', {
  ...place,
  name: z.string(),
  /** Copies of volumes are told of where anybody may make one of, and copies of databases that somebody made. */
  type: z.enum([
    ...(['bucket', 'volume', 'public-volume-snapshot', 'file-system', 'table'] as const),
    ...(['database', 'database-cluster', 'database-snapshot', 'database-cluster-snapshot'] as const),
  ]),
  createdAt: time,
  engine: z.string(),
  engineVersion: z.string(),
  /** Anybody can reach it, or make one of their own of it. */
  public: z.boolean(),
  /** A policy of its own lets everybody in. */
  publicPolicy: z.boolean(),
  /** Whatever else is set, it cannot be made public. */
  publicAccessBlocked: z.boolean(),
  encrypted: z.boolean(),
  /** The key that it is encrypted with, as the vendor calls it. */
  key: z.string(),
  /** Former states of what it holds are kept. */
  versioned: z.boolean(),
  /** Deleting a former state takes a second factor. */
  mfaDelete: z.boolean(),
  /** What it holds cannot be deleted before its time: by nobody, or by nobody without a special right. */
  locked: z.enum(['by-nobody', 'by-few', 'no']),
  /** For how many days the vendor keeps copies that it makes by itself; 0 where it makes none. */
  backupDays: z.number().int(),
  /** The vendor makes copies by itself, wherever it keeps them. */
  backedUp: z.boolean(),
  /** The least number of days after which a rule of its own deletes something that it holds, whatever that is. */
  deletesAfterDays: z.union([z.number().int(), z.literal('never')]),
  deletionRefused: z.boolean(),
});

/** A key that data is encrypted with. */
export const EncryptionKey = kind('encryption-key', {
  ...place,
  /** Who decides about it. */
  manager: z.enum(['customer', 'vendor']),
  /** The vendor's own word, such as Enabled or PendingDeletion. */
  state: z.string(),
  createdAt: time,
  /** The vendor can exchange what it is made of. */
  rotatable: z.boolean(),
  rotated: z.boolean(),
  rotationDays: z.number().int(),
});

/** A computer in the cloud, or one elsewhere that is looked after from there. */
export const Machine = kind('machine', {
  ...place,
  /** The vendor's own word, such as running or stopped. */
  state: z.string(),
  startedAt: time,
  image: z.string(),
  platform: z.string(),
  /** It has an address that can be reached from everywhere, if what stands before it lets that through. */
  publicAddress: z.boolean(),
  firewalls: z.array(z.string()),
  /** Whoever wants its credentials must show a token first, so that a tricked program cannot fetch them. */
  metadataTokensRequired: z.boolean(),
  /** The vendor's agent looks after it. */
  managed: z.boolean(),
  agentSeenAt: time,
  patchesMissing: z.number().int(),
  /** Those of them that the vendor of the patch calls critical. */
  criticalPatchesMissing: z.number().int(),
  patchesCheckedAt: time,
});

/** A program that the vendor runs when something happens. */
export const CloudFunction = kind('cloud-function', {
  ...place,
  name: z.string(),
  /** What it is written for, such as nodejs24.x; `image` where it brings its own. */
  runtime: z.string(),
  changedAt: time,
});

/** Machines that run containers together. */
export const Cluster = kind('cluster', {
  ...place,
  name: z.string(),
  state: z.string(),
  version: z.string(),
  /** Its control can be reached from outside its network. */
  publicEndpoint: z.boolean(),
  /** From these addresses. */
  openTo: z.array(z.string()),
  /** What is done in it is written down. */
  auditLogging: z.boolean(),
  secretsEncrypted: z.boolean(),
});

/** Who may do something in a cluster: a user or role of the cloud that it lets in. What it may do is not told here. */
export const ClusterAccess = kind('cluster-access', { ...place, cluster: z.string(), principal: z.string() });

/** Something that programs are given and nobody else should see, such as a password. Never what it is. */
export const Secret = kind('secret', {
  ...place,
  /** It is exchanged by itself from time to time. */
  rotated: z.boolean(),
  rotationDays: z.number().int(),
  rotatedAt: timeOrNever,
  /** When anything about it was last changed. */
  changedAt: time,
  /** The day on which it was last fetched. */
  lastUsedAt: timeOrNever,
});

/** A place that holds images of containers. */
export const ImageRegistry = kind('image-registry', {
  ...place,
  name: z.string(),
  scanOnPush: z.boolean(),
  /** A name once given to an image is never given to another. */
  namesFixed: z.boolean(),
});
