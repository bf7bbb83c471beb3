import { digest, type Digest } from '../evidence-model/digest.ts';
import type { Packet } from './exporter.ts';
import type { Judgement } from './judge.ts';
import type { Profile } from './profiles.ts';

/** The same inputs have the same id: what is asked, of which state of the ledger, by which rules, in which form. */
export function idOf(
  profile: Profile,
  { asOf, planDigest, rules }: Pick<Judgement, 'asOf' | 'planDigest' | 'rules'>,
  { size, chain }: Packet['checkpoint'],
  exporter: Digest,
): Digest {
  return digest(JSON.stringify([profile, asOf, planDigest, rules, exporter, size, chain]));
}

/** A packet that was released is its draft with what was stated: wherever that stands in the ledger. */
export function releasedIdOf(draft: Digest, statements: readonly Digest[]): Digest {
  return digest(JSON.stringify(['released', draft, ...statements]));
}

/** Where `bag-info.txt` says which draft was released, by the digest of its tag manifest. */
export const releasedDraft = 'Released-Draft';

/** Where `bag-info.txt` of a packet without evidence says which twin it is sealed to, by the digest of its tag manifest. */
export const sealedTwin = 'Sealed-Twin';

/** What `bag-info.txt` says of a packet. */
export function infoOf({
  judgement,
  profile,
  id,
  twin,
  release,
}: Pick<Packet, 'judgement' | 'profile' | 'id' | 'twin' | 'release'>): Readonly<Record<string, string>> {
  return {
    'Source-Organization': judgement.plan.organization.name,
    'External-Identifier': id,
    'External-Description': `${profile}, as of ${judgement.asOf}, ${release ? 'released' : 'draft'}`,
    'Bagging-Date': judgement.asOf.slice(0, 10),
    ...(release && { [releasedDraft]: release.draft.tagmanifest }),
    ...(twin && { [sealedTwin]: twin.tagmanifest }),
  };
}
