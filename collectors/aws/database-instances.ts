import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  DBInstanceArn: z.string().min(1),
  DBInstanceIdentifier: z.string().optional(),
  Engine: z.string().optional(),
  EngineVersion: z.string().optional(),
  InstanceCreateTime: z.iso.datetime().optional(),
  PubliclyAccessible: z.boolean().optional(),
  StorageEncrypted: z.boolean().optional(),
  BackupRetentionPeriod: z.int().optional(),
  DeletionProtection: z.boolean().optional(),
});

/** Databases: who can reach them, whether they are encrypted, and for how long copies are kept. */
export const databaseInstances = dataset.state({
  id: 'aws/database-instances',
  title: 'Databases',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBInstances.html',
  permissions: ['rds:DescribeDBInstances'],
  personal: ['account names'],
  speaks: [
    speaks(
      DataStore,
      [
        ...(['cloudAccount', 'region', 'name', 'type', 'createdAt', 'engine', 'engineVersion'] as const),
        ...(['public', 'encrypted', 'backupDays', 'deletionRefused'] as const),
      ],
      { lists: { type: ['database'] } },
    ),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'rds', operation: 'DescribeDBInstances', paging: pagedBy.marker }),
  ],
  lists: [
    dataset.list('/DBInstances', Item, (database, { parent }: OfRegion) => {
      const reason = 'AWS does not tell it';
      return [
        DataStore.record({
          id: database.DBInstanceArn,
          ...placeOf(parent),
          name: known(database.DBInstanceIdentifier, reason),
          type: 'database',
          createdAt: known(database.InstanceCreateTime, reason),
          engine: known(database.Engine, reason),
          engineVersion: known(database.EngineVersion, reason),
          public: known(database.PubliclyAccessible, reason),
          encrypted: known(database.StorageEncrypted, reason),
          backupDays: known(database.BackupRetentionPeriod, reason),
          deletionRefused: known(database.DeletionProtection, reason),
        }),
      ];
    }),
  ],
});
