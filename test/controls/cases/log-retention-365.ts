import type { Told } from '../support.ts';
import { denied, spoiled, unknown, without, type Case } from '../told.ts';

const account = '111122223333';
const bucket = 'arn:aws:s3:::logs';
type Fields = Readonly<Record<string, unknown>>;

const world = ({ state = 'ACTIVE', trail = {}, store = {} }: Record<string, unknown> = {}): Told[] => [
  {
    dataset: 'aws/accounts',
    kinds: { 'cloud-account': { speaks: ['state'], lists: true } },
    records: [{ kind: 'cloud-account', id: account, state }],
  },
  {
    dataset: 'aws/trails',
    kinds: {
      'audit-trail': { speaks: ['cloudAccount', 'multiRegion', 'logging', 'bucket'], lists: true },
    },
    partitions: { [account]: 'complete' },
    records: [
      {
        kind: 'audit-trail',
        id: `${account}|trail`,
        partition: account,
        cloudAccount: account,
        multiRegion: true,
        logging: true,
        bucket,
        ...(trail as Fields),
      },
    ],
  },
  {
    dataset: 'aws/buckets',
    kinds: { 'data-store': { speaks: ['type'], lists: { field: 'type', values: ['bucket'] } } },
    records: [{ kind: 'data-store', id: bucket, type: 'bucket' }],
  },
  {
    dataset: 'aws/bucket-lifecycle',
    kinds: { 'data-store': { speaks: ['deletesAfterDays'] } },
    partitions: { [bucket]: 'complete' },
    records: [
      {
        kind: 'data-store',
        id: bucket,
        partition: bucket,
        deletesAfterDays: 'never',
        ...(store as Fields),
      },
    ],
  },
];
const organization = (collector: string): Told => ({
  dataset: `${collector}/organization`,
  kinds: { organization: { speaks: ['name'], lists: true } },
  records: [{ kind: 'organization', id: 'one', name: 'Larkspur' }],
});

export const cases: readonly Case[] = [
  ['the bucket keeps it for ever', world(), 'pass'],
  ['for a year', world({ store: { deletesAfterDays: 365 } }), 'pass'],
  ['for three months', world({ store: { deletesAfterDays: 90 } }), 'fail'],
  ['the policy wants a month', world({ store: { deletesAfterDays: 90 } }), 'pass', { leastDays: 30 }],
  ['how long is not told', world({ store: { deletesAfterDays: unknown } }), 'no-data'],
  ['the trail is switched off', world({ trail: { logging: false } }), 'fail'],
  ['the trail is for one region', world({ trail: { multiRegion: false } }), 'fail'],
  ['there is no trail', spoiled(world(), 'aws/trails', { records: [] }), 'fail'],
  [
    'the bucket is in an account that is not read',
    world({ trail: { bucket: 'arn:aws:s3:::away' } }),
    'no-data',
  ],
  ['trails were refused', denied(world(), 'aws/trails'), 'no-data'],
  ['rules of buckets were refused', denied(world(), 'aws/bucket-lifecycle'), 'no-data'],
  ['rules of buckets are not due', without(world(), 'aws/bucket-lifecycle'), 'no-data'],
  ['the account is closed', world({ state: 'SUSPENDED' }), 'not-applicable'],
  ['GitHub is connected too', [...world(), organization('github')], 'no-data'],
  ['Microsoft 365 is connected too', [...world(), organization('microsoft365')], 'no-data'],
];
