import { z } from 'zod';
import { ConfigurationRecorder } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  name: z.string().min(1),
  recordingGroup: z
    .object({
      allSupported: z.boolean().optional(),
      recordingStrategy: z.object({ useOnly: z.string().optional() }).optional(),
    })
    .optional(),
});

/** What AWS Config writes down of how things are set up. A region has one recorder of the customer's at most. */
export const configRecorders = dataset.state({
  id: 'aws/config-recorders',
  title: 'Configuration recorders',
  docs: 'https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigurationRecorders.html',
  permissions: ['config:DescribeConfigurationRecorders'],
  personal: [],
  speaks: [speaks(ConfigurationRecorder, ['cloudAccount', 'region', 'name', 'records'], { lists: true })],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'config', operation: 'DescribeConfigurationRecorders' }),
  ],
  lists: [
    dataset.list('/ConfigurationRecorders', Item, (recorder, { parent }: OfRegion) => [
      ConfigurationRecorder.record({
        id: recorderId(parent, recorder.name),
        ...placeOf(parent),
        name: known(recorder.name, 'AWS does not tell it'),
        records: recordedBy(recorder),
      }),
    ]),
  ],
});

/** Recorders are called `default` everywhere. */
export function recorderId({ id }: OfRegion['parent'], name: string): string {
  return `${id}|${name}`;
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_RecordingGroup.html */
function recordedBy({ recordingGroup }: z.output<typeof Item>): 'all' | 'some' | Unknown {
  const { allSupported, recordingStrategy } = recordingGroup ?? {};
  if (recordingStrategy?.useOnly === 'ALL_SUPPORTED_RESOURCE_TYPES') return 'all';
  if (recordingStrategy?.useOnly !== undefined) return 'some';
  return allSupported === undefined ? { unknown: 'AWS does not tell it' } : allSupported ? 'all' : 'some';
}
