import { type Case, denied, spoiled, unknown } from '../told.ts';
import { microsoft365 } from '../worlds.ts';
import { devices } from '../worlds/devices.ts';

const world = (facts: Parameters<typeof devices>[0] = {}) => [...microsoft365(), ...devices(facts)];
const managed = 'microsoft365/managed-devices';
const settings = 'microsoft365/device-management-settings';
const grace = { device: { compliance: 'inGracePeriod' } };

export const cases: readonly Case[] = [
  ['every one does', world(), 'pass'],
  ['19 of 20 do', world(grace), 'pass'],
  ['19 of 20 do, and the policy wants more', world(grace), 'fail', { minimumOf100: 96 }],
  [
    '18 of 20 do',
    spoiled(world(), managed, {
      records: [
        ...(devices(grace)[0]?.records.slice(0, 19) ?? []),
        { kind: 'device', id: 'last', compliance: 'noncompliant' },
      ],
    }),
    'fail',
  ],
  ['of one it is not told', world({ device: { compliance: unknown } }), 'no-data'],
  [
    'of one it is not told, and the others would do',
    world({ device: { compliance: unknown } }),
    'no-data',
    { minimumOf100: 50 },
  ],
  [
    'of one it is not told, and two do not',
    spoiled(world(), managed, {
      records: [
        ...(devices(grace)[0]?.records.slice(0, 18) ?? []),
        { kind: 'device', id: 'last', compliance: 'noncompliant' },
        { kind: 'device', id: 'untold', compliance: unknown },
      ],
    }),
    'fail',
  ],
  [
    'the rest of them is cut, and of those there too few do',
    spoiled(world(grace), managed, { partitions: { all: 'truncated' } }),
    'no-data',
    { minimumOf100: 96 },
  ],
  [
    'a device without a policy counts as one that does',
    world({ settings: { unassignedIsNotCompliant: false } }),
    'fail',
  ],
  ['how that counts is not told', world({ settings: { unassignedIsNotCompliant: unknown } }), 'no-data'],
  ['how that counts is refused', denied(world(), settings), 'no-data'],
  ['the settings are empty', spoiled(world(), settings, { records: [] }), 'no-data'],
  ['there are none', spoiled(world(), managed, { records: [] }), 'no-data'],
  [
    'nobody bought Intune',
    spoiled(world(), managed, { records: [], partitions: { all: 'not-licensed' } }),
    'no-data',
  ],
];
