import { denied, more, spoiled, unknown, without, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud, here } from '../worlds/cloud.ts';

const world = (options: Parameters<typeof cloud>[0] = {}) => [...aws(), ...cloud(options)];
const elsewhere = {
  kind: 'machine',
  id: 'mi-1',
  partition: here,
  cloudAccount: '111122223333',
  region: 'eu-west-1',
};

export const cases: readonly Case[] = [
  ['nothing critical is lacking', world(), 'pass'],
  ['a critical patch is lacking', world({ patches: { criticalPatchesMissing: 1 } }), 'fail'],
  ['it was checked long ago', world({ patches: { patchesCheckedAt: '2026-06-01T00:00:00Z' } }), 'fail'],
  [
    'the same where the policy allows it',
    world({ patches: { patchesCheckedAt: '2026-06-01T00:00:00Z' } }),
    'pass',
    { maximumDays: 30 },
  ],
  [
    'a check that comes after the reading',
    world({ patches: { patchesCheckedAt: '2026-07-02T00:00:00Z' } }),
    'no-data',
  ],
  [
    'it is not told how severe what lacks is',
    world({ patches: { criticalPatchesMissing: unknown } }),
    'no-data',
  ],
  ['nothing checks it', spoiled(world(), 'aws/managed-instances', { records: [] }), 'fail'],
  ['who looks after it was refused', denied(world(), 'aws/managed-instances'), 'no-data'],
  ['what it lacks was refused', denied(world(), 'aws/patch-compliance'), 'no-data'],
  ['an agent that never checked', spoiled(world(), 'aws/patch-compliance', { records: [] }), 'no-data'],
  [
    'a machine that is stopped',
    world({ machine: { state: 'stopped' }, patches: { criticalPatchesMissing: 3 } }),
    'not-applicable',
  ],
  ['a machine of which it is not told whether it runs', world({ machine: { state: unknown } }), 'no-data'],
  [
    'a machine elsewhere that nobody has checked',
    more(world(), 'aws/managed-instances', { ...elsewhere, managed: true }),
    'no-data',
  ],
  [
    'a machine elsewhere that lacks one',
    more(more(world(), 'aws/managed-instances', { ...elsewhere, managed: true }), 'aws/patch-compliance', {
      ...elsewhere,
      criticalPatchesMissing: 2,
      patchesCheckedAt: '2026-06-29T00:00:00Z',
    }),
    'fail',
  ],
  ['machines were refused', denied(world(), 'aws/instances'), 'no-data'],
  ['machines that nobody was asked for', without(world(), 'aws/instances'), 'no-data'],
];
