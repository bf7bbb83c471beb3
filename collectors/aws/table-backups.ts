import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset } from './scope.ts';
import { eachTable, type OfTable } from './tables.ts';

const Item = z.object({
  PointInTimeRecoveryStatus: z.string().optional(),
  RecoveryPeriodInDays: z.int().optional(),
});

/** Whether each table can be brought back as it was at any time, and for how long. */
export const tableBackups = dataset.state({
  id: 'aws/table-backups',
  title: 'Continuous backups of tables',
  docs: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html',
  permissions: ['dynamodb:DescribeContinuousBackups'],
  tier: 'full',
  personal: [],
  speaks: [speaks(DataStore, ['backedUp', 'backupDays'])],
  each: eachTable,
  requests: (_scope, { cloudAccount, region, name }) => [
    {
      service: 'dynamodb',
      operation: 'DescribeContinuousBackups',
      input: { TableName: name },
      account: cloudAccount,
      region,
    },
  ],
  lists: [
    dataset.one(
      '/ContinuousBackupsDescription/PointInTimeRecoveryDescription',
      Item,
      ({ PointInTimeRecoveryStatus: status, RecoveryPeriodInDays }, { parent }: OfTable) => [
        DataStore.record({
          id: parent.id,
          backedUp: onOf(status),
          backupDays: status === 'DISABLED' ? 0 : known(RecoveryPeriodInDays, 'AWS does not tell it'),
        }),
      ],
    ),
  ],
});

function onOf(status: string | undefined): boolean | Unknown {
  if (status === 'ENABLED') return true;
  return status === 'DISABLED'
    ? false
    : { unknown: `AWS calls it ${status ?? 'nothing'}, which is neither on nor off` };
}
