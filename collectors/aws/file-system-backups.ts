import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachFileSystem, type OfFileSystem } from './file-systems.ts';
import { dataset } from './scope.ts';

const Item = z.object({ Status: z.string().optional() }).nullable();

/** Whether copies of each file system are made by themselves. */
export const fileSystemBackups = dataset.state({
  id: 'aws/file-system-backups',
  title: 'Backups of file systems',
  docs: 'https://docs.aws.amazon.com/efs/latest/ug/API_DescribeBackupPolicy.html',
  permissions: ['elasticfilesystem:DescribeBackupPolicy'],
  tier: 'full',
  personal: [],
  speaks: [speaks(DataStore, ['backedUp'])],
  each: eachFileSystem,
  requests: (_scope, { cloudAccount, region, name }) => [
    {
      service: 'elasticfilesystem',
      operation: 'DescribeBackupPolicy',
      input: { FileSystemId: name },
      account: cloudAccount,
      region,
    },
  ],
  none: ({ code }) => code === 'PolicyNotFound',
  lists: [
    dataset.one('/BackupPolicy', Item, (policy, { parent }: OfFileSystem) => [
      DataStore.record({ id: parent.id, backedUp: policy === null ? false : onOf(policy.Status) }),
    ]),
  ],
});

/** What is being switched on or off is neither. */
function onOf(status: string | undefined): boolean | Unknown {
  if (status === 'ENABLED') return true;
  return status === 'DISABLED'
    ? false
    : { unknown: `AWS calls it ${status ?? 'nothing'}, which is neither on nor off` };
}
