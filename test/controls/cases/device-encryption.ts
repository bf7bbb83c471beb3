import { type Case, denied, spoiled, unknown } from '../told.ts';
import { devices } from '../worlds/devices.ts';

const bare = { encrypted: false };
const long = '2026-05-01T00:00:00.000Z';
const managed = 'microsoft365/managed-devices';

export const cases: readonly Case[] = [
  ['every one is', devices(), 'pass'],
  ['one is not', devices({ device: bare }), 'fail'],
  ['one of whose owner nothing is known is not', devices({ device: { ...bare, owner: 'unknown' } }), 'fail'],
  ['one is not that was not heard of for long', devices({ device: { ...bare, lastSeenAt: long } }), 'fail'],
  ['one is that was not heard of for long', devices({ device: { lastSeenAt: long } }), 'pass'],
  [
    'none was heard of for long',
    spoiled(devices(), managed, {
      records: [
        { kind: 'device', id: 'one', system: 'Linux', owner: 'company', encrypted: true, lastSeenAt: long },
      ],
    }),
    'not-applicable',
  ],
  [
    'one was not heard of for long, which the policy allows',
    spoiled(devices(), managed, {
      records: [
        { kind: 'device', id: 'one', system: 'Linux', owner: 'company', encrypted: true, lastSeenAt: long },
      ],
    }),
    'pass',
    { maximumDaysSilent: 90 },
  ],
  ['one with Linux is not', devices({ device: { ...bare, system: 'Linux' } }), 'fail'],
  ['a telephone is not', devices({ device: { ...bare, system: 'AndroidEnterprise' } }), 'pass'],
  ['a personal one is not', devices({ device: { ...bare, owner: 'personal' } }), 'pass'],
  ['whether one is is not told', devices({ device: { encrypted: unknown } }), 'no-data'],
  ['whose one is is not told', devices({ device: { ...bare, owner: unknown } }), 'no-data'],
  ['what one is is not told', devices({ device: { ...bare, system: unknown } }), 'no-data'],
  ['when one was heard of is not told', devices({ device: { lastSeenAt: unknown } }), 'no-data'],
  ['one will be heard of', devices({ device: { lastSeenAt: '2026-07-09T00:00:00.000Z' } }), 'no-data'],
  [
    'nobody bought Intune',
    spoiled(devices(), managed, { records: [], partitions: { all: 'not-licensed' } }),
    'no-data',
  ],
  ['they are refused', denied(devices(), managed), 'no-data'],
];
