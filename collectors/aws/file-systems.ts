import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({
  FileSystemId: z.string().min(1),
  CreationTime: z.iso.datetime().optional(),
  Encrypted: z.boolean().optional(),
});

/** File systems that machines share. */
export const fileSystems = dataset.state({
  id: 'aws/file-systems',
  title: 'File systems',
  docs: 'https://docs.aws.amazon.com/efs/latest/ug/API_DescribeFileSystems.html',
  permissions: ['elasticfilesystem:DescribeFileSystems'],
  personal: [],
  speaks: [speaks(DataStore, ['cloudAccount', 'region', 'name', 'type', 'createdAt', 'encrypted'])],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'elasticfilesystem',
      operation: 'DescribeFileSystems',
      paging: pagedBy.nextMarker,
    }),
  ],
  lists: [
    dataset.list(
      '/FileSystems',
      Item,
      ({ FileSystemId, CreationTime, Encrypted }, { scope, parent }: OfRegion) => [
        DataStore.record({
          id: `arn:${scope.partition}:elasticfilesystem:${parent.name}:${parent.cloudAccount}:file-system/${FileSystemId}`,
          ...placeOf(parent),
          name: FileSystemId,
          type: 'file-system',
          createdAt: known(CreationTime, 'AWS does not tell it'),
          encrypted: known(Encrypted, 'AWS does not tell it'),
        }),
      ],
    ),
  ],
});

export const eachFileSystem = each(fileSystems, DataStore, ['cloudAccount', 'region', 'name']);
export type OfFileSystem = Reading<Scope, Parameters<typeof eachFileSystem.where>[0]>;
