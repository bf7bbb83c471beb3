import { z } from 'zod';
import { Restore } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, within } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  RestoreJobId: z.string().min(1),
  CreationDate: z.iso.datetime(),
  CompletionDate: z.iso.datetime().optional(),
  RecoveryPointArn: z.string().optional(),
  ResourceType: z.string().optional(),
  Status: z.string().optional(),
});

/** What was brought back from copies: proof that copies are of use. */
export const restoreJobs = dataset.log({
  id: 'aws/restore-jobs',
  title: 'Restores',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRestoreJobs.html',
  permissions: ['backup:ListRestoreJobs'],
  personal: [],
  speaks: [speaks(Restore, ['cloudAccount', 'region', 'at', 'completedAt', 'backup', 'type', 'state'])],
  each: eachRegion,
  // Said of the jobs that make copies, which AWS keeps alike: https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupJobs.html
  memoryDays: 30,
  // Ours, so that most are at their end when they are read.
  settleMinutes: 24 * 60,
  requests: (_scope, region, { from, to }) => [
    inRegion(region, {
      service: 'backup',
      operation: 'ListRestoreJobs',
      input: { ByCreatedAfter: new Date(from), ByCreatedBefore: new Date(to) },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/RestoreJobs', Item, (job, reading: OfRegion) => {
      if (!within(job.CreationDate, reading)) return [];
      return [
        Restore.record({
          id: job.RestoreJobId,
          ...placeOf(reading.parent),
          at: job.CreationDate,
          completedAt: known(job.CompletionDate, 'AWS does not tell that it came to an end'),
          backup: known(job.RecoveryPointArn, 'AWS does not tell it'),
          type: known(job.ResourceType, 'AWS does not tell it'),
          state: known(job.Status, 'AWS does not tell it'),
        }),
      ];
    }),
  ],
});
