import { denied, unknown, type Case } from '../told.ts';
import { aws } from '../worlds.ts';
import { cloud, logs, things } from '../worlds/cloud.ts';

const world = (
  trail: Readonly<Record<string, unknown>> = {},
  bucket: Readonly<Record<string, unknown>> = {},
) => [...aws({ trail }), ...cloud({ bucket })];

export const cases: readonly Case[] = [
  ['digests, another account and a lock', world(), 'pass'],
  ['no digests', world({ fileValidation: false }), 'fail'],
  ['a bucket of the same account', world({ bucket: things.bucket }), 'fail'],
  [
    'a bucket that is the account’s whose trail it is, though another sees it',
    world({ owner: logs }),
    'fail',
  ],
  ['a bucket without a lock', world({}, { locked: 'no' }), 'fail'],
  ['a bucket whose lock some can take off', world({}, { locked: 'by-few' }), 'fail'],
  ['a bucket that nobody has read', world({ bucket: 'arn:aws:s3:::elsewhere' }), 'no-data'],
  ['a bucket that is not told', world({ bucket: unknown }), 'no-data'],
  ['a lock that is not told', world({}, { locked: unknown }), 'no-data'],
  ['an owner that is not told', world({ owner: unknown }), 'no-data'],
  [
    'a trail of which it is not told whether it is for all regions',
    world({ multiRegion: unknown }),
    'no-data',
  ],
  ['trails for one region alone', world({ multiRegion: false }), 'not-applicable'],
  ['trails that were refused', denied(world(), 'aws/trails'), 'no-data'],
  ['buckets that were refused', denied(world(), 'aws/buckets'), 'no-data'],
];
