import { z } from 'zod';
import { RestoreTestingPlan } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  RestoreTestingPlanArn: z.string().min(1),
  RestoreTestingPlanName: z.string().optional(),
  ScheduleExpression: z.string().optional(),
  LastExecutionTime: z.iso.datetime().optional(),
});

/** When AWS Backup tries by itself whether things can be brought back. What came of it is told by restore jobs. */
export const restoreTestingPlans = dataset.state({
  id: 'aws/restore-testing-plans',
  title: 'Restore testing plans',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRestoreTestingPlans.html',
  permissions: ['backup:ListRestoreTestingPlans'],
  personal: [],
  speaks: [
    speaks(RestoreTestingPlan, ['cloudAccount', 'region', 'name', 'schedule', 'lastRunAt'], { lists: true }),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'backup', operation: 'ListRestoreTestingPlans', paging: pagedBy.nextToken }),
  ],
  lists: [
    dataset.list('/RestoreTestingPlans', Item, (plan, { parent }: OfRegion) => [
      RestoreTestingPlan.record({
        id: plan.RestoreTestingPlanArn,
        ...placeOf(parent),
        name: known(plan.RestoreTestingPlanName, 'AWS does not tell it'),
        schedule: known(plan.ScheduleExpression, 'AWS does not tell it'),
        lastRunAt: known(plan.LastExecutionTime, 'AWS tells of no run'),
      }),
    ]),
  ],
});
