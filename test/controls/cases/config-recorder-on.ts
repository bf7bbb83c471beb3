import { denied, spoiled, unknown, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud } from '../worlds/cloud.ts';

const world = (options: Parameters<typeof cloud>[0] = {}) => [...aws(), ...cloud(options)];

export const cases: readonly Case[] = [
  ['all types are recorded', world(), 'pass'],
  ['the recorder is off', world({ recorder: { recording: false } }), 'fail'],
  ['the recorder leaves types out', world({ recorder: { records: 'some' } }), 'fail'],
  ['it is not told whether the recorder is on', world({ recorder: { recording: unknown } }), 'no-data'],
  ['it is not told what is recorded', world({ recorder: { records: unknown } }), 'no-data'],
  [
    'there is no recorder',
    spoiled(spoiled(world(), 'aws/config-recorders', { records: [] }), 'aws/config-recorder-status', {
      records: [],
    }),
    'fail',
  ],
  [
    'recorders were refused',
    denied(denied(world(), 'aws/config-recorders'), 'aws/config-recorder-status'),
    'no-data',
  ],
  ['no region is switched on', world({ regionFields: { enabled: false } }), 'not-applicable'],
  ['regions were refused', denied(world(), 'aws/regions'), 'no-data'],
];
