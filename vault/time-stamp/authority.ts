import { z } from 'zod';
import type { Certificate } from './certificate.ts';

/** How an authority is called here, and in the names of files. */
export const AuthorityId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,19}$/);

/** Who is asked to stamp, and by which certificates it is known to be the one. */
export interface Authority {
  readonly id: string;
  readonly url: URL;
  readonly anchors: readonly Certificate[];
  /** The PEM text that the anchors were read from. */
  readonly roots: string;
  /** The policy that is asked for, and must be answered with; any where none is named. */
  readonly policy: string | null;
}
