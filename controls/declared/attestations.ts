import { Attestation } from '../../evidence-model/kinds.ts';
import { inPlan, type Derivation } from './derivation.ts';
import { ownSource } from './own-source.ts';

/** Each statement, at the source that it is about, or at Exhibit's own where it is about none. */
export const attestations: Derivation = {
  kind: Attestation,
  from: [],
  listedBy: inPlan,
  things: ({ sources }, { plan }) =>
    plan.declared.attestations.flatMap((attestation, n) => {
      const source = 'source' in attestation ? attestation.source : ownSource(sources);
      if (source === null) return [];
      const { id, topic, by, role, statedOn, validUntil, stated } = attestation;
      return [
        {
          source,
          id,
          fields: {
            ...{ name: id, topic, by, role, statedOn, validUntil },
            ...stated,
            ...('backedUp' in stated && !stated.backedUp && { acceptedBy: stated.acceptedBy ?? 'nobody' }),
          },
          said: [`/declared/attestations/${n}`],
        },
      ];
    }),
};
