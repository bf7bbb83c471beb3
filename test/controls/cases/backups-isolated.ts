import type { Told } from '../support.ts';
import { denied, spoiled, unknown, without, type Case } from '../told.ts';
import { wholly } from '../worlds/changes.ts';

const [own, other] = ['111122223333', '222233334444'];
const vault = `arn:aws:backup:eu-west-1:${other}:backup-vault:safe`;
const database = `arn:aws:rds:eu-west-1:${own}:db:orders`;
const log = 'aws/recovery-points';
type Fields = Readonly<Record<string, unknown>>;

const world = ({ copy = {}, store = {} }: { copy?: Fields; store?: Fields } = {}): Told[] => [
  {
    dataset: 'aws/database-instances',
    kinds: {
      'data-store': {
        speaks: ['cloudAccount', 'region', 'type', 'engine'],
        lists: { field: 'type', values: ['database', 'database-cluster'] },
      },
    },
    partitions: { [`${own}|eu-west-1`]: 'complete' },
    records: [
      {
        kind: 'data-store',
        id: database,
        partition: `${own}|eu-west-1`,
        cloudAccount: own,
        region: 'eu-west-1',
        type: 'database',
        engine: 'postgres',
        ...store,
      },
    ],
  },
  {
    dataset: 'aws/backup-vaults',
    kinds: { 'backup-vault': { speaks: ['cloudAccount', 'region', 'name'], lists: true } },
    partitions: { [`${other}|eu-west-1`]: 'complete' },
    records: [
      {
        kind: 'backup-vault',
        id: vault,
        partition: `${other}|eu-west-1`,
        cloudAccount: other,
        region: 'eu-west-1',
        name: 'safe',
      },
    ],
  },
  {
    dataset: log,
    kinds: {
      backup: { speaks: ['cloudAccount', 'region', 'at', 'resource', 'vault', 'state'] },
    },
    partitions: { [vault]: 'complete' },
    log: wholly,
    records: [
      {
        kind: 'backup',
        id: 'arn:aws:rds:eu-west-1:222233334444:snapshot:awsbackup:copyjob-1',
        partition: vault,
        cloudAccount: other,
        region: 'eu-west-1',
        at: '2026-06-29T04:00:00.000Z',
        resource: database,
        vault,
        state: 'COMPLETED',
        ...copy,
      },
    ],
  },
];

export const cases: readonly Case[] = [
  ['a copy of yesterday stands in another account', world(), 'pass'],
  ['in its own account', world({ copy: { cloudAccount: own } }), 'fail'],
  ['it was not wholly made', world({ copy: { state: 'PARTIAL' } }), 'fail'],
  ['it is four days old', world({ copy: { at: '2026-06-26T04:00:00.000Z' } }), 'fail'],
  [
    'it is four days old, and the policy allows five',
    world({ copy: { at: '2026-06-26T04:00:00.000Z' } }),
    'pass',
    { maximumHours: 120 },
  ],
  [
    'it was a day old when copies were read last',
    spoiled(world({ copy: { at: '2026-06-28T01:00:00.000Z' } }), log, {
      log: {
        to: '2026-06-29T00:00:00.000Z',
        covered: [{ from: '2026-06-20T00:00:00.000Z', to: '2026-06-29T00:00:00.000Z' }],
      },
    }),
    'pass',
  ],
  [
    'it is of something else',
    world({ copy: { resource: 'arn:aws:rds:eu-west-1:111122223333:db:b' } }),
    'fail',
  ],
  ['another region is asked for', world(), 'fail', { otherRegion: true }],
  ['it stands in another region', world({ copy: { region: 'eu-north-1' } }), 'pass', { otherRegion: true }],
  ['in which account it stands is not told', world({ copy: { cloudAccount: unknown } }), 'no-data'],
  ['what it is a copy of is not told', world({ copy: { resource: unknown } }), 'no-data'],
  ['what came of it is not told', world({ copy: { state: unknown } }), 'no-data'],
  ['there is none', spoiled(world(), log, { records: [] }), 'fail'],
  [
    'it is one of a cluster, whose data are copied as a whole',
    world({ copy: { resource: 'arn:c' }, store: { engine: 'aurora-postgresql' } }),
    'not-applicable',
  ],
  [
    'it is a cluster of which there is no copy',
    world({ copy: { resource: 'arn:c' }, store: { type: 'database-cluster', engine: 'aurora-postgresql' } }),
    'fail',
  ],
  [
    'which engine it has is not told, and there is no copy of it',
    world({ copy: { resource: 'arn:c' }, store: { engine: unknown } }),
    'no-data',
  ],
  ['there is none, and a vault was refused', denied(spoiled(world(), log, { records: [] }), log), 'no-data'],
  ['vaults were refused', denied(world(), 'aws/backup-vaults'), 'no-data'],
  [
    'vaults were refused, and copies, too',
    denied(denied(spoiled(world(), log, { records: [] }), log), 'aws/backup-vaults'),
    'no-data',
  ],
  ['copies are not due', without(world(), log), 'no-data'],
  ['databases were refused', denied(world(), 'aws/database-instances'), 'no-data'],
  ['there is no database', spoiled(world(), 'aws/database-instances', { records: [] }), 'not-applicable'],
];
