import { z } from 'zod';
import { Scanner } from '../../evidence-model/kinds.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

/** Where GuardDuty was ever switched on. Whether it is, each detector tells. */
export const guarddutyDetectors = dataset.state({
  id: 'aws/guardduty-detectors',
  title: 'GuardDuty detectors',
  docs: 'https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ListDetectors.html',
  permissions: ['guardduty:ListDetectors'],
  personal: [],
  speaks: [speaks(Scanner, ['cloudAccount', 'region', 'name', 'type'], { lists: { type: ['threats'] } })],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'guardduty',
      operation: 'ListDetectors',
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/DetectorIds', z.string().min(1), (id, { parent }: OfRegion) => [
      Scanner.record({ id, ...placeOf(parent), name: 'GuardDuty', type: 'threats' }),
    ]),
  ],
});

export const eachDetector = each(guarddutyDetectors, Scanner, ['cloudAccount', 'region']);
export type OfDetector = Reading<Scope, Parameters<typeof eachDetector.where>[0]>;
