import { denied, spoiled, unknown, without, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud } from '../worlds/cloud.ts';

const world = (options: Parameters<typeof cloud>[0] = {}) => [...aws(), ...cloud(options)];

export const cases: readonly Case[] = [
  ['GuardDuty is on', world(), 'pass'],
  ['GuardDuty is off', world({ detector: { enabled: false } }), 'fail'],
  ['it is not told whether it is on', world({ detector: { enabled: unknown } }), 'no-data'],
  [
    'it was never switched on',
    spoiled(spoiled(world(), 'aws/guardduty-detectors', { records: [] }), 'aws/guardduty-detector-details', {
      records: [],
      partitions: {},
    }),
    'fail',
  ],
  ['detectors were refused', denied(world(), 'aws/guardduty-detectors'), 'no-data'],
  ['detectors that nobody was asked for', without(world(), 'aws/guardduty-detectors'), 'no-data'],
  ['what each does was refused', denied(world(), 'aws/guardduty-detector-details'), 'no-data'],
  ['no region is switched on', world({ regionFields: { enabled: false } }), 'not-applicable'],
];
