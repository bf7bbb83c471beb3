import { z } from 'zod';
import { Digest } from '../evidence-model/digest.ts';
import { AuthorityId } from './time-stamp/authority.ts';

const count = z.number().int().nonnegative();
const time = z.iso.datetime();
/** A verifier key of https://c2sp.org/signed-note. */
const vkey = z.string();
/** A public key of Ed25519 as OpenSSH writes it, in base64. */
const signer = z.string().regex(/^[A-Za-z0-9+/]{68}$/);
/** Why keys are called back. */
export const callingBack = ['stolen', 'lost'] as const;
export type CallingBack = (typeof callingBack)[number];
/** What has an alias: a source, somebody who acts, somebody who keeps deposits. */
export const aliased = ['source', 'actor', 'deposit'] as const;
export type Aliased = (typeof aliased)[number];
export const depositKinds = ['file', 'webhook', 'mail', 's3'] as const;
/** Who may have to agree before a packet leaves; the officer of the company comes last, and releases it. */
export const releaseSteps = ['counsel', 'broker', 'officer'] as const;
export type ReleaseStep = (typeof releaseSteps)[number];
/**
 * Why a deposit was not kept as it should be: nobody answered; whoever answered refused; there is another checkpoint of
 * this size, which means another history; or it is kept and could be taken away again.
 */
export const depositReasons = ['unreachable', 'refused', 'differs', 'not-locked'] as const;

/** A random id that stands for such a thing. The ledger holds no names, so that it can leave the house whole. */
const alias = z.string().regex(/^[a-z]-[0-9a-f]{16}$/);
/**
 * `20261123T023000Z` for a scheduled slot, with `-m` and a number for a manual one, with `-u` and a number for one that
 * was not announced, with `-c` and a number for one that was due again because the clock went back.
 */
export const SlotId = z.string().regex(/^\d{8}T\d{6}Z(-[mcu]\d+)?$/);

const line = <T extends string, S extends z.core.$ZodLooseShape>(type: T, fields: S) =>
  z.strictObject({
    v: z.literal(1),
    n: count,
    t: time,
    type: z.literal(type),
    ...fields,
    prev: z.union([Digest, z.literal('')]),
  });

/** One line of the ledger. `prev` is the SHA-256 of the line before it, with its line feed. */
export const LedgerLine = z.discriminatedUnion('type', [
  /** Whose ledger it is: the keys that sign checkpoints and packets, and the one that can call those back. */
  line('genesis', { origin: z.string(), vkey, signer, recovery: vkey.nullable() }),
  /** Introduces an alias: the digest of an object that holds its name with a random salt. */
  line('alias', { alias, of: z.enum(aliased), digest: Digest }),
  line('schedule', {
    id: z.string(),
    cron: z.string(),
    timeZone: z.string(),
    firstDue: time,
    graceMinutes: count,
    sources: z.array(alias),
  }),
  line('slot.open', {
    slot: SlotId,
    seq: count,
    due: time,
    /** Due by the timetable; asked for by somebody; or the one of the week at an hour that nobody knew. */
    kind: z.enum(['scheduled', 'manual', 'unannounced']),
    /** `given` where the clock was an argument and not the machine's: a rehearsal, and shown as one. */
    clock: z.enum(['system', 'given']),
    plan: Digest,
    /** Digest of the newest time stamp that there was: the slot was opened after it. */
    tsrPrev: Digest.nullable(),
  }),
  line('run', {
    slot: SlotId,
    source: alias,
    attempt: z.number().int().positive(),
    status: z.enum(['ok', 'partial', 'failed']),
    items: count,
    /** SHA-256 of `runs/<slot>/<source>/<attempt>.sha256`. */
    manifest: Digest,
  }),
  line('slot.close', {
    slot: SlotId,
    seq: count,
    status: z.enum(['ok', 'partial', 'failed', 'interrupted']),
    runs: count,
  }),
  line('gap', {
    slot: SlotId,
    seq: count,
    due: time,
    noticed: time,
    reason: z.enum(['not-running', 'overlap', 'clock', 'unknown']),
  }),
  /** The clock stands before a time that the ledger already named: from here on it is believed again. */
  line('clock', { before: time }),
  /**
   * Who stamps from here on, and by which certificates it is known: the object that holds them. `null` where it does so
   * no more.
   */
  line('authority', { authority: AuthorityId, roots: Digest.nullable(), policy: z.string().nullable() }),
  /** Other keys sign from here on. Old and new sign the checkpoint that ends with this line. */
  line('key', { vkey, signer, replaces: vkey }),
  /** The same, where the old ones are not to be trusted since some time: the recovery key signs in their place. */
  line('key.revoke', { vkey, signer, replaces: vkey, since: time, reason: z.enum(callingBack) }),
  /** What judged a slot and writes its packets, and to which results it came, also of a period: by digest, before a packet is cut. */
  line('judgement', {
    slot: SlotId,
    rules: Digest,
    exporter: Digest,
    results: Digest,
    period: Digest.optional(),
  }),
  line('export', { packet: z.string(), profile: z.string(), tagmanifest: Digest, actor: alias.nullable() }),
  /**
   * Somebody stood up for a draft: its id, its tag manifest, and the object with what they stated. The line of the officer
   * also fixes, by one digest, every file of what was released.
   */
  line('release', {
    packet: Digest,
    profile: z.string(),
    tagmanifest: Digest,
    as: z.enum(releaseSteps),
    actor: alias,
    statement: Digest,
    contents: Digest.nullable(),
  }),
  /** What was decided about answers of a released draft that a later slot contradicts. */
  line('release.review', { tagmanifest: Digest, slot: SlotId, actor: alias, decision: Digest }),
  /** A checkpoint was given to somebody else to keep, or should have been. */
  line('deposit', {
    deposit: alias,
    kind: z.enum(depositKinds),
    size: count,
    note: Digest,
    status: z.enum(['kept', 'failed']),
    reason: z.enum(depositReasons).nullable(),
    /** Until when nobody can take it away, where that holds. */
    lockedUntil: time.nullable(),
  }),
  line('recovery', { tornBytes: count, torn: Digest.nullable() }),
  line('fsck', { objects: count, lines: count, checkpoints: count, ok: z.boolean() }),
  line('purge', { rule: z.string(), objects: z.array(Digest) }),
]);
export type LedgerLine = z.output<typeof LedgerLine>;

type WithoutChain<T> = T extends unknown ? Omit<T, 'v' | 'n' | 't' | 'prev'> : never;
/** A line as its writer states it; the vault adds version, number, time and chain. */
export type NewLine = WithoutChain<LedgerLine>;
