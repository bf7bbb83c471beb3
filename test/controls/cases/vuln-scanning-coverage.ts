import { denied, spoiled, unknown, without, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud, things } from '../worlds/cloud.ts';

const world = (options: Parameters<typeof cloud>[0] = {}) => [...aws(), ...cloud(options)];
const not = { scan: { scanned: false, because: 'UNMANAGED_EC2_INSTANCE' } };

export const cases: readonly Case[] = [
  ['all is looked at', world(), 'pass'],
  ['nothing is looked at', world(not), 'fail'],
  ['only the network of a machine is looked at', world({ scan: { scan: 'CODE' } }), 'fail'],
  ['it is not told whether it is looked at', world({ scan: { scanned: unknown } }), 'no-data'],
  ['it is not told what is looked at', world({ scan: { scan: unknown } }), 'no-data'],
  ['a stopped machine', spoiled(world({ machine: { state: 'stopped' } }), 'aws/instances', {}), 'pass'],
  [
    'Inspector is off, as it says',
    spoiled(world({ inspector: { enabled: false } }), 'aws/inspector-coverage', {
      records: [],
      partitions: {},
    }),
    'fail',
  ],
  ['coverage was refused', denied(world(), 'aws/inspector-coverage'), 'no-data'],
  [
    'whether Inspector is on was refused',
    denied(denied(world(), 'aws/inspector-status'), 'aws/inspector-coverage'),
    'no-data',
  ],
  ['Inspector that nobody was asked for', without(world(), 'aws/inspector-status'), 'no-data'],
  [
    'a registry that looks at what comes, and machines that are looked at',
    spoiled(world(), 'aws/inspector-coverage', {
      records: world()
        .find(({ dataset }) => dataset === 'aws/inspector-coverage')!
        .records.filter(({ id }) => !id.startsWith(things.registry)),
    }),
    'pass',
  ],
  [
    'a registry that looks at nothing and is not looked at',
    spoiled(world({ registry: { scanOnPush: false } }), 'aws/inspector-coverage', {
      records: world()
        .find(({ dataset }) => dataset === 'aws/inspector-coverage')!
        .records.filter(({ id }) => !id.startsWith(things.registry)),
    }),
    'fail',
  ],
  ['functions were refused', denied(world(), 'aws/functions'), 'no-data'],
  ['a machine of which it is not told whether it runs', world({ machine: { state: unknown } }), 'no-data'],
];
