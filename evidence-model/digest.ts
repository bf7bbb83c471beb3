import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Lower-case hexadecimal SHA-256 of some bytes, so that `sha256sum` can check it. */
export const Digest = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .brand<'Digest'>();
export type Digest = z.output<typeof Digest>;

export function digest(bytes: Uint8Array | string): Digest {
  return createHash('sha256').update(bytes).digest('hex') as Digest;
}
