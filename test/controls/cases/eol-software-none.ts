import { denied, unknown, without, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud } from '../worlds/cloud.ts';

const world = (options: Parameters<typeof cloud>[0] = {}) => [...aws(), ...cloud(options)];
const runs = (runtime: unknown) => world({ program: { runtime } });
const database = (engine: unknown, engineVersion: unknown) => world({ database: { engine, engineVersion } });

export const cases: readonly Case[] = [
  ['all is supported', world(), 'pass'],
  ['a runtime that is not any more', runs('nodejs18.x'), 'fail'],
  ['a runtime that ended two months ago', runs('nodejs20.x'), 'fail'],
  ['a runtime that nobody knows', runs('nodejs99.x'), 'no-data'],
  ['a runtime whose name begins like one that ended', runs('java8.future'), 'no-data'],
  ['an image of its own', runs('image'), 'no-data'],
  ['a runtime that is not told', runs(unknown), 'no-data'],
  ['Kubernetes that is not supported any more', world({ cluster: { version: '1.31' } }), 'fail'],
  ['Kubernetes that nobody knows', world({ cluster: { version: '1.99' } }), 'no-data'],
  ['an old PostgreSQL', database('postgres', '13.22'), 'fail'],
  ['a PostgreSQL whose number only begins alike', database('postgres', '160.1'), 'no-data'],
  ['MySQL a month before its end', database('mysql', '8.0.42'), 'pass'],
  ['an old MySQL', database('mysql', '5.7.44'), 'fail'],
  ['an engine that nobody knows', database('sqlserver-ee', '15.00'), 'no-data'],
  ['an engine that is not told', database(unknown, '15.00'), 'no-data'],
  ['clusters whose versions were refused', denied(world(), 'aws/cluster-details'), 'no-data'],
  ['functions that were refused', denied(world(), 'aws/functions'), 'no-data'],
  ['databases that nobody was asked for', without(world(), 'aws/database-instances'), 'no-data'],
  [
    'one that ended beside others that nobody knows',
    [...world({ program: { runtime: 'nodejs99.x' }, cluster: { version: '1.23' } })],
    'fail',
  ],
];
