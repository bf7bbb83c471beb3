import type { Told } from '../support.ts';
import { denied, spoiled, unknown, without, type Case } from '../told.ts';

const place = { cloudAccount: '111122223333', region: 'eu-west-1' };
const partition = '111122223333|eu-west-1';
const [detectors, coverage] = ['aws/guardduty-detectors', 'aws/guardduty-coverage'];
type Fields = Readonly<Record<string, unknown>>;

const aws = ({
  machine = {},
  sensor = {},
  detector = {},
}: { machine?: Fields; sensor?: Fields; detector?: Fields } = {}): Told[] => [
  {
    dataset: 'aws/instances',
    kinds: { machine: { speaks: ['cloudAccount', 'region', 'state'], lists: true } },
    partitions: { [partition]: 'complete' },
    records: [{ kind: 'machine', id: 'i-web', partition, ...place, state: 'running', ...machine }],
  },
  {
    dataset: detectors,
    kinds: {
      scanner: {
        speaks: ['cloudAccount', 'region', 'type', 'enabled'],
        lists: { field: 'type', values: ['threats'] },
      },
    },
    partitions: { [partition]: 'complete' },
    records: [
      { kind: 'scanner', id: 'detector', partition, ...place, type: 'threats', enabled: true, ...detector },
    ],
  },
  {
    dataset: coverage,
    kinds: {
      'sensor-coverage': {
        speaks: ['cloudAccount', 'region', 'resource', 'healthy', 'because'],
        lists: true,
      },
    },
    partitions: { detector: 'complete' },
    records: [
      {
        kind: 'sensor-coverage',
        id: 'sensor',
        partition: 'detector',
        ...place,
        resource: 'i-web',
        healthy: true,
        because: unknown,
        ...sensor,
      },
    ],
  },
];
const microsoft365 = (device: Fields = {}): Told => ({
  dataset: 'microsoft365/devices',
  kinds: { 'directory-device': { speaks: ['enabled', 'lastSeenAt', 'system'], lists: true } },
  records: [
    {
      kind: 'directory-device',
      id: 'laptop',
      enabled: true,
      system: 'Windows',
      lastSeenAt: '2026-06-29T00:00:00.000Z',
      ...device,
    },
  ],
});

export const cases: readonly Case[] = [
  ['the agent watches the one machine', aws(), 'pass'],
  ['the agent tells nothing', aws({ sensor: { healthy: false } }), 'fail'],
  [
    'the agent tells nothing, and why',
    aws({ sensor: { healthy: false, because: 'AGENT_NOT_REPORTING' } }),
    'fail',
  ],
  ['whether it tells anything is not told', aws({ sensor: { healthy: unknown } }), 'no-data'],
  ['of which machine it is is not told', aws({ sensor: { resource: unknown } }), 'no-data'],
  ['GuardDuty is suspended, and what it saw last is good', aws({ detector: { enabled: false } }), 'fail'],
  ['whether GuardDuty is on is not told', aws({ detector: { enabled: unknown } }), 'no-data'],
  ['it watches another machine', aws({ sensor: { resource: 'i-other' } }), 'no-data'],
  ['the machine is stopped', aws({ machine: { state: 'stopped' } }), 'not-applicable'],
  ['what the machine does is not told', aws({ machine: { state: unknown } }), 'no-data'],
  [
    'there is no detector',
    spoiled(spoiled(aws(), coverage, { records: [] }), detectors, { records: [] }),
    'no-data',
  ],
  ['coverage was refused', denied(aws(), coverage), 'no-data'],
  ['detectors were refused', denied(aws(), detectors), 'no-data'],
  ['coverage is not due', without(aws(), coverage), 'no-data'],
  ['a computer that was seen', [...aws(), microsoft365()], 'no-data'],
  [
    'a computer that was not seen for a year',
    [...aws(), microsoft365({ lastSeenAt: '2025-06-29T00:00:00.000Z' })],
    'pass',
  ],
  ['a computer that never was', [microsoft365({ lastSeenAt: 'never' })], 'not-applicable'],
  [
    'the policy looks at a week alone',
    [microsoft365({ lastSeenAt: '2026-06-20T00:00:00.000Z' })],
    'not-applicable',
    { seenWithinDays: 7 },
  ],
  ['a computer that is switched off', [microsoft365({ enabled: false })], 'not-applicable'],
  ['a telephone', [microsoft365({ system: 'iPhone' })], 'not-applicable'],
  ['what it is is not told', [microsoft365({ system: unknown })], 'no-data'],
];
