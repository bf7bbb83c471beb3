import type { Digest } from '../../evidence-model/digest.ts';
import { der, integer, oid, tags } from './der.ts';
import { sha256 } from './digests.ts';

/** What an authority is asked: https://www.rfc-editor.org/rfc/rfc3161#section-2.4.1. Only a digest leaves the house. */
export function stampRequest(imprint: Digest, nonce: Uint8Array, policy: string | null): Buffer {
  const algorithm = der(tags.sequence, oid(sha256), der(tags.null));
  return der(
    tags.sequence,
    integer(Uint8Array.of(1)),
    der(tags.sequence, algorithm, der(tags.octets, Buffer.from(imprint, 'hex'))),
    policy === null ? Buffer.alloc(0) : oid(policy),
    integer(nonce),
    der(tags.boolean, Uint8Array.of(0xff)), // with its certificate, or nobody could check it later
  );
}
