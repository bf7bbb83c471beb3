import { denied, unknown, type Case } from '../told.ts';
import { aws } from '../worlds.ts';

export const cases: readonly Case[] = [
  ['a group reads and uses buckets', aws(), 'pass'],
  ['a policy of a group is for everything', aws({ actions: '*' }), 'fail'],
  ['a policy of AWS that a group holds is not told', aws({ vendor: { document: unknown } }), 'no-data'],
  ['who is in which groups is not told', aws({ principal: { groups: unknown } }), 'no-data'],
  ['a group was not in the answer', aws({ principal: { groups: ['lost'] } }), 'no-data'],
  ['nothing was read', denied(aws(), 'aws/account-authorization-details'), 'no-data'],
];
