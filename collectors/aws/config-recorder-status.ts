import { z } from 'zod';
import { ConfigurationRecorder } from '../../evidence-model/kinds.ts';
import { type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { recorderId } from './config-recorders.ts';
import { eachRegion, inRegion, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  name: z.string().min(1),
  recording: z.boolean().optional(),
  lastStatus: z.string().optional(),
});

/** Whether what AWS Config is to write down is being written. */
export const configRecorderStatus = dataset.state({
  id: 'aws/config-recorder-status',
  title: 'Status of configuration recorders',
  docs: 'https://docs.aws.amazon.com/config/latest/APIReference/API_DescribeConfigurationRecorderStatus.html',
  permissions: ['config:DescribeConfigurationRecorderStatus'],
  personal: [],
  speaks: [speaks(ConfigurationRecorder, ['recording'])],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'config', operation: 'DescribeConfigurationRecorderStatus' }),
  ],
  lists: [
    dataset.list('/ConfigurationRecordersStatus', Item, (status, { parent }: OfRegion) => [
      ConfigurationRecorder.record({ id: recorderId(parent, status.name), recording: recordingOf(status) }),
    ]),
  ],
});

/** A recorder that is switched on and whose last delivery failed may be written or not. */
function recordingOf({ recording, lastStatus = '' }: z.output<typeof Item>): boolean | Unknown {
  if (recording === undefined) return { unknown: 'AWS does not tell it' };
  return recording && lastStatus.toUpperCase() === 'FAILURE'
    ? { unknown: 'the recorder is switched on, and its last delivery failed' }
    : recording;
}
