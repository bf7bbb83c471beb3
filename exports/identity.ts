import { digest, type Digest } from '../evidence-model/digest.ts';
import type { Packet } from './exporter.ts';
import type { Judgement } from './judge.ts';
import type { Profile } from './profiles.ts';
import type { PeriodFacts } from './type2/period-facts.ts';

/** The same inputs have the same id: what is asked, of which state of the ledger, by which rules, in which form. */
export function idOf(
  profile: Profile,
  { asOf, planDigest, rules }: Pick<Judgement, 'asOf' | 'planDigest' | 'rules'>,
  { size, chain }: Packet['checkpoint'],
  exporter: Digest,
  { period, sample }: Partial<Pick<Packet, 'period' | 'sample'>> = {},
): Digest {
  const said = [profile, asOf, planDigest, rules, exporter, size, chain];
  const more = [period?.asked, sample?.selection].filter((each) => each !== undefined);
  return digest(JSON.stringify([...said, ...more]));
}

/** A period as people read it: its days, its last among them, and where they are days. */
export function periodText({ asked, days }: Pick<PeriodFacts, 'asked' | 'days'>): string {
  return `${asked.from} to ${lastDay(asked)} (${days.timeZone})`;
}

/** The last day of a period. */
export function lastDay({ to }: PeriodFacts['asked']): string {
  return new Date(Date.parse(to) - 86_400_000).toISOString().slice(0, 10);
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
  period,
  release,
}: Pick<Packet, 'judgement' | 'profile' | 'id' | 'twin' | 'period' | 'release'>): Readonly<
  Record<string, string>
> {
  return {
    'Source-Organization': judgement.plan.organization.name,
    'External-Identifier': id,
    'External-Description': `${profile}, as of ${judgement.asOf}, ${release ? 'released' : 'draft'}`,
    'Bagging-Date': judgement.asOf.slice(0, 10),
    ...(period && { 'Evidence-Period': periodText(period) }),
    ...(release && { [releasedDraft]: release.draft.tagmanifest }),
    ...(twin && { [sealedTwin]: twin.tagmanifest }),
  };
}
