import { controls } from '../../controls/index.ts';
import { csv } from '../csv.ts';
import type { Exporter } from '../exporter.ts';

/** Insurer only: each test with its counts. No names, no ids, no free text. */
export const metrics: Exporter = ({ judgement }) => [
  {
    path: 'data/metrics.csv',
    content: csv(
      [
        'control',
        'assertion',
        'status',
        'severity',
        'total',
        'pass',
        'fail',
        'excepted',
        'no_data',
        'manual',
        'not_applicable',
        'as_of_utc',
        'rehearsal',
      ],
      judgement.results.map(({ control, status, severity, population: p }) => [
        control,
        controls.find(({ id }) => id === control)?.assertion ?? '',
        status,
        severity,
        p.total,
        p.pass,
        p.fail,
        p.excepted,
        p.noData,
        p.manual,
        p.notApplicable,
        judgement.asOf,
        judgement.rehearsal,
      ]),
    ),
  },
];
