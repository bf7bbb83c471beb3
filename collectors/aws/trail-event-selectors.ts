import { z } from 'zod';
import { AuditTrail } from '../../evidence-model/kinds.ts';
import { type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset } from './scope.ts';
import { eachTrail, trailRequest, type OfTrail } from './trails.ts';

const Classic = z.object({
  ReadWriteType: z.enum(['All', 'ReadOnly', 'WriteOnly']),
  IncludeManagementEvents: z.boolean(),
  ExcludeManagementEventSources: z.array(z.string()).optional(),
});

const FieldSelector = z.looseObject({ Field: z.string(), Equals: z.array(z.string()).optional() });
const Advanced = z.object({ FieldSelectors: z.array(FieldSelector) });

const Item = z.object({
  EventSelectors: z.array(Classic).optional(),
  AdvancedEventSelectors: z.array(Advanced).optional(),
});

type Recorded = 'all' | 'read-only' | 'write-only' | 'some' | 'none';

/** Which management events each trail records. */
export const trailEventSelectors = dataset.state({
  id: 'aws/trail-event-selectors',
  title: 'Event selectors of CloudTrail trails',
  docs: 'https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetEventSelectors.html',
  permissions: ['cloudtrail:GetEventSelectors'],
  personal: [],
  speaks: [speaks(AuditTrail, ['managementEvents'])],
  each: eachTrail,
  requests: (_scope, trail) => [trailRequest(trail, 'GetEventSelectors', 'TrailName')],
  lists: [
    dataset.one('', Item, (selectors, { parent }: OfTrail) => [
      AuditTrail.record({ id: parent.id, managementEvents: recordedBy(selectors) }),
    ]),
  ],
});

function recordedBy({
  EventSelectors: classic = [],
  AdvancedEventSelectors: advanced = [],
}: z.output<typeof Item>): Recorded | Unknown {
  // A trail has one or the other; an answer without any leaves it open.
  if (classic.length + advanced.length === 0) return { unknown: 'CloudTrail names no event selectors' };
  const recorded = new Set([...classic.map(classicRecords), ...advanced.map(advancedRecords)]);
  recorded.delete('none');
  if (recorded.has('all') || (recorded.has('read-only') && recorded.has('write-only'))) return 'all';
  const [first] = recorded;
  if (first === undefined) return 'none';
  return recorded.size === 1 ? first : 'some';
}

function classicRecords(selector: z.output<typeof Classic>): Recorded {
  if (!selector.IncludeManagementEvents) return 'none';
  if ((selector.ExcludeManagementEventSources ?? []).length > 0) return 'some';
  return selector.ReadWriteType === 'All'
    ? 'all'
    : selector.ReadWriteType === 'ReadOnly'
      ? 'read-only'
      : 'write-only';
}

/**
 * Advanced selectors narrow by any field; only by category and by `readOnly` alone can it be said what is left.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_AdvancedFieldSelector.html
 */
function advancedRecords({ FieldSelectors }: z.output<typeof Advanced>): Recorded {
  const narrowed = FieldSelectors.filter((selector) => !isExactly(selector, 'eventCategory', 'Management'));
  if (narrowed.length === FieldSelectors.length) return 'none';
  const [only, ...others] = narrowed;
  if (only === undefined) return 'all';
  if (others.length > 0) return 'some';
  if (isExactly(only, 'readOnly', 'true')) return 'read-only';
  return isExactly(only, 'readOnly', 'false') ? 'write-only' : 'some';
}

function isExactly(selector: z.output<typeof FieldSelector>, field: string, value: string): boolean {
  const { Field, Equals = [], ...others } = selector;
  const bare = Object.values(others).every((operator) => Array.isArray(operator) && operator.length === 0);
  return Field === field && Equals.length === 1 && Equals[0] === value && bare;
}
