import { z } from 'zod';
import { DataStore } from '../../evidence-model/kinds.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset, type Scope } from './scope.ts';

/** Tables of DynamoDB. */
export const tables = dataset.state({
  id: 'aws/tables',
  title: 'Tables',
  docs: 'https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_ListTables.html',
  permissions: ['dynamodb:ListTables'],
  tier: 'full',
  personal: [],
  speaks: [speaks(DataStore, ['cloudAccount', 'region', 'name', 'type', 'engine'])],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'dynamodb',
      operation: 'ListTables',
      paging: { out: 'LastEvaluatedTableName', in: 'ExclusiveStartTableName' },
    }),
  ],
  lists: [
    dataset.list('/TableNames', z.string().min(1), (name, { scope, parent }: OfRegion) => [
      DataStore.record({
        id: `arn:${scope.partition}:dynamodb:${parent.name}:${parent.cloudAccount}:table/${name}`,
        ...placeOf(parent),
        name,
        type: 'table',
        engine: 'dynamodb',
      }),
    ]),
  ],
});

export const eachTable = each(tables, DataStore, ['cloudAccount', 'region', 'name']);
export type OfTable = Reading<Scope, Parameters<typeof eachTable.where>[0]>;
