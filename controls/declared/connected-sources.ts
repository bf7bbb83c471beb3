import { ConnectedSource } from '../../evidence-model/kinds.ts';
import { inPlan, type Derivation } from './derivation.ts';

/** Each source that is connected, at itself. */
export const connectedSources: Derivation = {
  kind: ConnectedSource,
  from: [],
  listedBy: inPlan,
  things: ({ sources }, { plan }) =>
    sources
      .filter(({ collector }) => collector !== 'exhibit')
      .map(({ id }) => {
        const entity = plan.declared.entities.find((each) =>
          each.sources.some(({ source }) => source === id),
        );
        return { source: id, id, fields: { name: id, entity: entity?.name ?? 'none' } };
      }),
};
