import { ServiceReport } from '../../evidence-model/kinds.ts';
import { subserviceCatalogue } from '../subservices.ts';
import { inPlan, type Derivation } from './derivation.ts';
import { ownSource } from './own-source.ts';

/** The organisations whose services the sources are, and others that the company named, with the report on file. */
export const serviceReports: Derivation = {
  kind: ServiceReport,
  from: [],
  listedBy: inPlan,
  things: ({ sources }, { plan }) => {
    const own = ownSource(sources);
    if (own === null) return [];
    const { subservices } = plan.declared;
    const known = subserviceCatalogue.filter(({ collector }) =>
      sources.some((source) => source.collector === collector),
    );
    const names = new Map([...known, ...subservices].map(({ id, name }) => [id, name]));
    return [...names].map(([id, name]) => {
      const n = subservices.findIndex((each) => each.id === id);
      const report = subservices[n]?.report;
      return {
        source: own,
        id,
        fields: {
          name,
          reportedTo: report?.to ?? 'none',
          bridgedTo: report?.bridgeLetter?.until ?? 'none',
          reviewer: report?.reviewer ?? 'none',
          reviewedOn: report?.reviewedOn ?? 'none',
        },
        ...(n >= 0 && { said: [`/declared/subservices/${n}`] }),
      };
    });
  },
};
