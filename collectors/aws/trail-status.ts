import { z } from 'zod';
import { AuditTrail } from '../../evidence-model/kinds.ts';
import { type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset } from './scope.ts';
import { eachTrail, trailRequest, type OfTrail } from './trails.ts';

const Item = z.object({ IsLogging: z.boolean().optional(), LatestDeliveryError: z.string().optional() });

/** Whether each trail is being written. */
export const trailStatus = dataset.state({
  id: 'aws/trail-status',
  title: 'Status of CloudTrail trails',
  docs: 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html',
  permissions: ['cloudtrail:GetTrailStatus'],
  personal: [],
  speaks: [speaks(AuditTrail, ['logging'])],
  each: eachTrail,
  requests: (_scope, trail) => [trailRequest(trail, 'GetTrailStatus', 'Name')],
  lists: [
    dataset.one('', Item, (status, { parent }: OfTrail) => [
      AuditTrail.record({ id: parent.id, logging: loggingOf(status) }),
    ]),
  ],
});

/** A trail that is switched on and whose last files could not be delivered may be written or not. */
function loggingOf({ IsLogging, LatestDeliveryError = '' }: z.output<typeof Item>): boolean | Unknown {
  if (IsLogging === undefined) return { unknown: 'CloudTrail does not tell it' };
  return IsLogging && LatestDeliveryError !== ''
    ? { unknown: 'the trail is switched on, and its last delivery failed' }
    : IsLogging;
}
