import { csv } from '../csv.ts';
import type { Exporter } from '../exporter.ts';

/** Dataset by night: what was wholly read, and what was not, with the reason. */
export const coverage: Exporter = ({ judgement }) => [
  {
    path: 'data/coverage.csv',
    text: csv(
      ['source', 'dataset', 'slot', 'due_utc', 'complete', 'shortfall'],
      [...judgement.coverage].flatMap(([key, nights]) => {
        const [source = '', dataset = ''] = key.split(' ');
        return nights.map(({ slot, due, complete, shortfall }) => [
          source,
          dataset,
          slot,
          due,
          complete,
          shortfall,
        ]);
      }),
    ),
  },
];
