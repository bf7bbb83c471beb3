import { z } from 'zod';
import { BackupVault } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({
  BackupVaultArn: z.string().min(1),
  BackupVaultName: z.string().min(1),
  Locked: z.boolean().optional(),
  MinRetentionDays: z.int().optional(),
  LockDate: z.iso.datetime().optional(),
  NumberOfRecoveryPoints: z.int().optional(),
});

/** Where copies are kept, and whether they can be deleted before their time. */
export const backupVaults = dataset.state({
  id: 'aws/backup-vaults',
  title: 'Backup vaults',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListBackupVaults.html',
  permissions: ['backup:ListBackupVaults'],
  personal: [],
  speaks: [
    speaks(
      BackupVault,
      ['cloudAccount', 'region', 'name', 'locked', 'lockFinalAt', 'minimumDays', 'copies'],
      {
        lists: true,
      },
    ),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'backup', operation: 'ListBackupVaults', paging: pagedBy.nextToken }),
  ],
  lists: [
    dataset.list('/BackupVaultList', Item, (vault, { parent }: OfRegion) => {
      const { BackupVaultArn, BackupVaultName, Locked, LockDate } = vault;
      const { MinRetentionDays, NumberOfRecoveryPoints } = vault;
      return [
        BackupVault.record({
          id: BackupVaultArn,
          ...placeOf(parent),
          name: BackupVaultName,
          locked: known(Locked, 'AWS does not tell it'),
          // Left out, whoever has the right can take the lock off at any time, as the vendor says of the field.
          lockFinalAt: Locked === undefined ? { unknown: 'AWS does not tell it' } : (LockDate ?? 'never'),
          // Left out, the lock asks for no least time, as the vendor says of the field.
          minimumDays: Locked === undefined ? { unknown: 'AWS does not tell it' } : (MinRetentionDays ?? 0),
          copies: known(NumberOfRecoveryPoints, 'AWS does not tell it'),
        }),
      ];
    }),
  ],
});

export const eachVault = each(backupVaults, BackupVault, ['cloudAccount', 'region', 'name']);
export type OfVault = Reading<Scope, Parameters<typeof eachVault.where>[0]>;
