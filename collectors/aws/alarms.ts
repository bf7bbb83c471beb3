import { z } from 'zod';
import { Alarm } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const alarm = {
  AlarmArn: z.string().min(1),
  AlarmName: z.string().optional(),
  ActionsEnabled: z.boolean().optional(),
  AlarmActions: z.array(z.string()).optional(),
};
const Metric = z.object({ Namespace: z.string(), MetricName: z.string() });
const MetricAlarm = z.object({
  ...alarm,
  Namespace: z.string().optional(),
  MetricName: z.string().optional(),
  Metrics: z.array(z.object({ MetricStat: z.object({ Metric }).optional() })).optional(),
});
const CompositeAlarm = z.object({ ...alarm, AlarmRule: z.string().optional() });

/** Of a sort of which there are none, AWS may leave out the list; not of both. */
const Lists = z.union([
  z.looseObject({ MetricAlarms: z.array(z.unknown()) }),
  z.looseObject({ CompositeAlarms: z.array(z.unknown()) }),
]);

/** What CloudWatch watches, and what it does when that is out of bounds. */
export const alarms = dataset.state({
  id: 'aws/alarms',
  title: 'CloudWatch alarms',
  docs: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html',
  permissions: ['cloudwatch:DescribeAlarms'],
  tier: 'full',
  personal: [],
  speaks: [
    speaks(Alarm, ['cloudAccount', 'region', 'name', 'type', 'watches', 'active', 'actions'], {
      lists: true,
    }),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'cloudwatch',
      operation: 'DescribeAlarms',
      input: { AlarmTypes: ['MetricAlarm', 'CompositeAlarm'], MaxRecords: 100 },
      paging: pagedBy.nextToken,
    }),
  ],
  parse: (value) => ({ MetricAlarms: [], CompositeAlarms: [], ...Lists.parse(value) }),
  lists: [
    dataset.list('/MetricAlarms', MetricAlarm, (found, { parent }: OfRegion) => [
      Alarm.record({
        ...common(found),
        ...placeOf(parent),
        type: 'metric',
        watches: known(metricsOf(found), 'AWS names no metric'),
      }),
    ]),
    dataset.list('/CompositeAlarms', CompositeAlarm, (found, { parent }: OfRegion) => [
      Alarm.record({
        ...common(found),
        ...placeOf(parent),
        type: 'composite',
        watches: found.AlarmRule === undefined ? { unknown: 'AWS does not tell it' } : [found.AlarmRule],
      }),
    ]),
  ],
});

function common({ AlarmArn, AlarmName, ActionsEnabled, AlarmActions }: z.output<z.ZodObject<typeof alarm>>) {
  const reason = 'AWS does not tell it';
  return {
    id: AlarmArn,
    name: known(AlarmName, reason),
    active: known(ActionsEnabled, reason),
    actions: known(AlarmActions, reason),
  };
}

/** The one metric, or those that a formula is about. */
function metricsOf({ Namespace, MetricName, Metrics }: z.output<typeof MetricAlarm>): string[] | undefined {
  if (Namespace !== undefined && MetricName !== undefined) return [`${Namespace}/${MetricName}`];
  return Metrics?.flatMap(({ MetricStat }) =>
    MetricStat ? [`${MetricStat.Metric.Namespace}/${MetricStat.Metric.MetricName}`] : [],
  );
}
