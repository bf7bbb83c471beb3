import { z } from 'zod';
import type { Emission } from '../../evidence-model/kind.ts';
import { Credential } from '../../evidence-model/kinds.ts';
import { isUnknown, type Unknown } from '../../evidence-model/unknown.ts';

/** The columns of the report that are read. Further ones may come; none of these may be missing. */
export const Row = z.object({
  user: z.string().min(1),
  arn: z.string().min(1),
  user_creation_time: z.string(),
  password_enabled: z.string(),
  password_last_used: z.string(),
  password_last_changed: z.string(),
  mfa_active: z.string(),
  access_key_1_active: z.string(),
  access_key_1_last_rotated: z.string(),
  access_key_1_last_used_date: z.string(),
  access_key_2_active: z.string(),
  access_key_2_last_rotated: z.string(),
  access_key_2_last_used_date: z.string(),
  cert_1_active: z.string(),
  cert_1_last_rotated: z.string(),
  cert_2_active: z.string(),
  cert_2_last_rotated: z.string(),
  /** What does not fit into the columns: whoever has more keys than those is not told whole. */
  additional_credentials_info: z.enum(['', 'N/A']).optional(),
});
export type Row = z.output<typeof Row>;

/**
 * Since when AWS writes down when passwords and keys are used. What is older may have been used before.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_User.html (passwords)
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_AccessKeyLastUsed.html (keys)
 */
const passwordsTrackedSince = '2014-10-20T00:00:00.000Z';
const keysTrackedSince = '2015-04-22T00:00:00.000Z';

/** `TRUE` and `FALSE` in any case; `N/A` and `not_supported` are neither. */
export function yesOrNo(cell: string): boolean | Unknown {
  const word = cell.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : untold(cell);
}

/** A time, or unknown for what else the report may say there. */
export function time(cell: string): string | Unknown {
  const iso = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(cell);
  return iso && !Number.isNaN(Date.parse(cell)) ? new Date(cell).toISOString() : untold(cell);
}

/** `no_information` stands where a password was never used, or not since AWS writes it down: never, if the user is younger than that. */
export function lastSignIn({ password_last_used: cell, user_creation_time: created }: Row): string | Unknown {
  return cell === 'no_information' ? neverSince(passwordsTrackedSince, time(created)) : time(cell);
}

/** Whether the report shows an access key. Where it shows none there may be one that is not active. */
export function showsAccessKey(row: Row): boolean {
  return ([1, 2] as const).some(
    (slot) =>
      yesOrNo(row[`access_key_${slot}_active`]) === true ||
      !isUnknown(time(row[`access_key_${slot}_last_rotated`])),
  );
}

/** What the report says of the keys and certificates of an account, in both slots. An empty slot is not a credential. */
export function credentialsOf(
  row: Row,
  place: { readonly cloudAccount: string; readonly account: string },
): Emission[] {
  const slots = [1, 2] as const;
  return [
    ...slots.flatMap((slot) => {
      const rotatedAt = time(row[`access_key_${slot}_last_rotated`]);
      const used = row[`access_key_${slot}_last_used_date`];
      // `N/A` stands where a key was never used, or not since AWS writes it down.
      const lastUsedAt = used === 'N/A' ? neverSince(keysTrackedSince, rotatedAt) : time(used);
      const active = yesOrNo(row[`access_key_${slot}_active`]);
      return credential({ ...place, type: 'access-key', slot, active, rotatedAt, lastUsedAt });
    }),
    ...slots.flatMap((slot) => {
      const active = yesOrNo(row[`cert_${slot}_active`]);
      const rotatedAt = time(row[`cert_${slot}_last_rotated`]);
      const lastUsedAt = { unknown: 'AWS does not tell when a signing certificate was used' };
      return credential({ ...place, type: 'signing-certificate', slot, active, rotatedAt, lastUsedAt });
    }),
  ];
}

function credential({
  slot,
  ...said
}: {
  readonly slot: 1 | 2;
  readonly cloudAccount: string;
  readonly account: string;
  readonly type: 'access-key' | 'signing-certificate';
  readonly active: boolean | Unknown;
  readonly rotatedAt: string | Unknown;
  readonly lastUsedAt: string | Unknown;
}): Emission[] {
  if (said.active === false && isUnknown(said.rotatedAt)) return [];
  return [Credential.record({ id: `${said.account}/${said.type}-${slot}`, ...said })];
}

function neverSince(tracked: string, since: string | Unknown): 'never' | Unknown {
  return !isUnknown(since) && since >= tracked
    ? 'never'
    : {
        unknown: `AWS knows of no use, and it may be older than ${tracked.slice(0, 10)}, when AWS began to keep it`,
      };
}

function untold(cell: string): Unknown {
  const words = ['N/A', 'no_information', 'not_supported'];
  return {
    unknown: `the credential report says ${words.includes(cell) ? cell : 'something that is not understood'}`,
  };
}
