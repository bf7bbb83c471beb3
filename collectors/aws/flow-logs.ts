import { z } from 'zod';
import { TrafficLog } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const words = { ALL: 'all', ACCEPT: 'accepted', REJECT: 'rejected' } as const;

const Item = z.object({
  FlowLogId: z.string().min(1),
  ResourceId: z.string().optional(),
  FlowLogStatus: z.string().optional(),
  DeliverLogsStatus: z.string().optional(),
  TrafficType: z.enum(['ALL', 'ACCEPT', 'REJECT']).optional(),
});

/** Logs of the traffic in networks, and whether they are being written. */
export const flowLogs = dataset.state({
  id: 'aws/flow-logs',
  title: 'Flow logs',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeFlowLogs.html',
  permissions: ['ec2:DescribeFlowLogs'],
  personal: [],
  speaks: [speaks(TrafficLog, ['cloudAccount', 'region', 'of', 'active', 'traffic'], { lists: true })],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'ec2',
      operation: 'DescribeFlowLogs',
      input: { MaxResults: 1000 },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/FlowLogs', Item, (log, { parent }: OfRegion) => [
      TrafficLog.record({
        id: log.FlowLogId,
        ...placeOf(parent),
        of: known(log.ResourceId, 'AWS does not tell it'),
        active: activeOf(log),
        traffic: known(log.TrafficType && words[log.TrafficType], 'AWS does not tell it'),
      }),
    ]),
  ],
});

/** A log that is switched on and could not be delivered may be written or not. */
function activeOf({ FlowLogStatus, DeliverLogsStatus }: z.output<typeof Item>): boolean | Unknown {
  if (FlowLogStatus === undefined) return { unknown: 'AWS does not tell it' };
  return FlowLogStatus === 'ACTIVE' && DeliverLogsStatus === 'FAILED'
    ? { unknown: 'the log is switched on, and its last delivery failed' }
    : FlowLogStatus === 'ACTIVE';
}
