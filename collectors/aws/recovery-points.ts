import { z } from 'zod';
import { Backup } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, within } from '../dataset.ts';
import { eachVault, type OfVault } from './backup-vaults.ts';
import { pagedBy } from './pages.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  RecoveryPointArn: z.string().min(1),
  ResourceArn: z.string().optional(),
  CreationDate: z.iso.datetime(),
  Status: z.string().optional(),
  IsEncrypted: z.boolean().optional(),
  Lifecycle: z.object({ DeleteAfterDays: z.int().optional() }).optional(),
  CalculatedLifecycle: z.object({ DeleteAt: z.iso.datetime().optional() }).optional(),
});

/** The copies that were made, by when that was begun. As a log: all that are kept would be asked for anew each night. */
export const recoveryPoints = dataset.log({
  id: 'aws/recovery-points',
  title: 'Backups',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListRecoveryPointsByBackupVault.html',
  permissions: ['backup:ListRecoveryPointsByBackupVault'],
  tier: 'full',
  personal: [],
  speaks: [
    speaks(Backup, ['cloudAccount', 'region', 'at', 'resource', 'vault', 'state', 'encrypted', 'keptUntil']),
  ],
  each: eachVault,
  // Ours: what is older has been read, or its time is over.
  memoryDays: 30,
  // Ours: a copy that is begun is listed at once, and only its end is not known.
  settleMinutes: 15,
  requests: (_scope, { cloudAccount, region, name }, { from, to }) => [
    {
      service: 'backup',
      operation: 'ListRecoveryPointsByBackupVault',
      input: { BackupVaultName: name, ByCreatedAfter: new Date(from), ByCreatedBefore: new Date(to) },
      account: cloudAccount,
      region,
      paging: pagedBy.nextToken,
    },
  ],
  lists: [
    dataset.list('/RecoveryPoints', Item, (point, reading: OfVault) => {
      const { parent } = reading;
      if (!within(point.CreationDate, reading)) return [];
      const { DeleteAt } = point.CalculatedLifecycle ?? {};
      return [
        Backup.record({
          id: point.RecoveryPointArn,
          cloudAccount: parent.cloudAccount,
          region: parent.region,
          at: point.CreationDate,
          resource: known(point.ResourceArn, 'AWS does not tell it'),
          vault: parent.id,
          state: known(point.Status, 'AWS does not tell it'),
          encrypted: known(point.IsEncrypted, 'AWS does not tell it'),
          keptUntil: known(DeleteAt, 'AWS names no time at which it is deleted'),
        }),
      ];
    }),
  ],
});
