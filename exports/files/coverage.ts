import { csv } from '../csv.ts';
import type { Exporter } from '../exporter.ts';

/** Dataset by night: what was wholly read, of a log for which time, and what was not, with the reason. */
export const coverage: Exporter = ({ judgement }) => [
  {
    path: 'data/coverage.csv',
    content: csv(
      [
        ...['source', 'dataset', 'configured', 'slot', 'due_utc', 'complete', 'shortfall'],
        ...['covered_from_utc', 'covered_to_utc'],
      ],
      judgement.coverage.flatMap(({ source, dataset, configured, nights }) =>
        nights.map(({ slot, due, complete, shortfall, covered }) => [
          source,
          dataset,
          configured,
          slot,
          due,
          complete,
          shortfall,
          covered?.from ?? null,
          covered?.to ?? null,
        ]),
      ),
    ),
  },
];
