import { type Case, denied } from '../told.ts';
import { aws } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['a policy is for buckets', aws(), 'pass'],
  ['a policy is for everything', aws({ actions: '*' }), 'fail'],
  ['a policy makes keys of anybody', aws({ actions: 'iam:CreateAccessKey' }), 'fail'],
  ['policies were not read', denied(aws(), 'aws/account-authorization-details'), 'no-data'],
];
