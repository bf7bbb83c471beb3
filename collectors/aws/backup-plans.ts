import { z } from 'zod';
import { BackupPlan } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  BackupPlanArn: z.string().min(1),
  BackupPlanName: z.string().optional(),
  LastExecutionDate: z.iso.datetime().optional(),
});

/** When copies are made. Of what, is told by what is protected. */
export const backupPlans = dataset.state({
  id: 'aws/backup-plans',
  title: 'Backup plans',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupPlans.html',
  permissions: ['backup:ListBackupPlans'],
  personal: [],
  speaks: [speaks(BackupPlan, ['cloudAccount', 'region', 'name', 'lastRunAt'], { lists: true })],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'backup', operation: 'ListBackupPlans', paging: pagedBy.nextToken }),
  ],
  lists: [
    dataset.list('/BackupPlansList', Item, (plan, { parent }: OfRegion) => [
      BackupPlan.record({
        id: plan.BackupPlanArn,
        ...placeOf(parent),
        name: known(plan.BackupPlanName, 'AWS does not tell it'),
        lastRunAt: known(plan.LastExecutionDate, 'AWS tells of no run'),
      }),
    ]),
  ],
});
