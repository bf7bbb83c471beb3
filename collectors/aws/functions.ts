import { z } from 'zod';
import { CloudFunction } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  FunctionArn: z.string().min(1),
  FunctionName: z.string().optional(),
  Runtime: z.string().optional(),
  PackageType: z.string().optional(),
  LastModified: z.string().optional(),
});

/** Programs that AWS runs, and what they are written for. What they are given in their environment is never kept. */
export const functions = dataset.state({
  id: 'aws/functions',
  title: 'Functions',
  docs: 'https://docs.aws.amazon.com/lambda/latest/api/API_ListFunctions.html',
  permissions: ['lambda:ListFunctions'],
  personal: [],
  secrets: ['/Functions/*/Environment/Variables/*'],
  speaks: [
    speaks(CloudFunction, ['cloudAccount', 'region', 'name', 'runtime', 'changedAt'], { lists: true }),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'lambda', operation: 'ListFunctions', paging: pagedBy.nextMarker }),
  ],
  lists: [
    dataset.list('/Functions', Item, (found, { parent }: OfRegion) => [
      CloudFunction.record({
        id: found.FunctionArn,
        ...placeOf(parent),
        name: known(found.FunctionName, 'AWS does not tell it'),
        runtime: runtimeOf(found),
        changedAt: timeOf(found.LastModified),
      }),
    ]),
  ],
});

function runtimeOf({ Runtime, PackageType }: z.output<typeof Item>): string | Unknown {
  return PackageType === 'Image' ? 'image' : known(Runtime, 'AWS does not tell it');
}

/** The service writes times with an offset and without a colon in it. */
function timeOf(text: string | undefined): string | Unknown {
  const time = Date.parse(text ?? '');
  return Number.isNaN(time) ? { unknown: 'AWS does not tell it' } : new Date(time).toISOString();
}
