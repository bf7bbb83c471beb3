import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  DBClusterArn: z.string().min(1),
  DBClusterIdentifier: z.string().optional(),
  Engine: z.string().optional(),
  EngineVersion: z.string().optional(),
  ClusterCreateTime: z.iso.datetime().optional(),
  StorageEncrypted: z.boolean().optional(),
  BackupRetentionPeriod: z.int().optional(),
  DeletionProtection: z.boolean().optional(),
});

/** Databases that share their storage: how that is encrypted and kept. Who can reach them is told of each database. */
export const databaseClusters = dataset.state({
  id: 'aws/database-clusters',
  title: 'Clusters of databases',
  docs: 'https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DescribeDBClusters.html',
  permissions: ['rds:DescribeDBClusters'],
  personal: ['account names'],
  speaks: [
    speaks(
      DataStore,
      [
        ...(['cloudAccount', 'region', 'name', 'type', 'createdAt', 'engine', 'engineVersion'] as const),
        ...(['encrypted', 'backupDays', 'deletionRefused'] as const),
      ],
      { lists: { type: ['database-cluster'] } },
    ),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'rds', operation: 'DescribeDBClusters', paging: pagedBy.marker }),
  ],
  lists: [
    dataset.list('/DBClusters', Item, (cluster, { parent }: OfRegion) => {
      const reason = 'AWS does not tell it';
      return [
        DataStore.record({
          id: cluster.DBClusterArn,
          ...placeOf(parent),
          name: known(cluster.DBClusterIdentifier, reason),
          type: 'database-cluster',
          createdAt: known(cluster.ClusterCreateTime, reason),
          engine: known(cluster.Engine, reason),
          engineVersion: known(cluster.EngineVersion, reason),
          encrypted: known(cluster.StorageEncrypted, reason),
          backupDays: known(cluster.BackupRetentionPeriod, reason),
          deletionRefused: known(cluster.DeletionProtection, reason),
        }),
      ];
    }),
  ],
});
