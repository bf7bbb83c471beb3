import { denied, spoiled, unknown, type Case } from '../told.ts';
import { arn, aws } from '../worlds.ts';
import { cloudAccess, roleOf } from '../worlds/access.ts';

const jump = 'arn:aws:iam::111122223333:role/jump';
const hop = 'arn:aws:iam::111122223333:role/hop';
const letting = (who: string) => [{ Effect: 'Allow', Principal: { AWS: who }, Action: 'sts:AssumeRole' }];
const nothing = { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: '*' }] };
const listed = { administrators: [jump, roleOf('Administrator')] };
const details = 'aws/account-authorization-details';
/** An account with a role of an administrator that is in the list, and whatever this role lets in. */
const jumping = (
  statements: unknown,
  others: NonNullable<Parameters<typeof cloudAccess>[0]>['trusted'] = [],
) => {
  const world = cloudAccess({ trusted: [{ id: jump, statements }, ...others] });
  return spoiled(world, details, {
    records: [
      ...world.find(({ dataset }) => dataset === details)!.records,
      {
        kind: 'policy',
        id: 'arn:aws:iam::111122223333:policy/nothing',
        partition: '111122223333',
        cloudAccount: '111122223333',
        name: 'nothing',
        type: 'managed',
        document: nothing,
      },
    ],
  });
};

export const cases: readonly Case[] = [
  ['a group reads and uses buckets', aws(), 'pass'],
  ['a policy of a group is for everything', aws({ actions: '*' }), 'fail'],
  ['a policy of AWS that a group holds is not told', aws({ vendor: { document: unknown } }), 'no-data'],
  ['who is in which groups is not told', aws({ principal: { groups: unknown } }), 'no-data'],
  ['a group was not in the answer', aws({ principal: { groups: ['lost'] } }), 'no-data'],
  ['nobody may take on the role of an administrator', jumping([]), 'pass', listed],
  ['a user may take on the role of an administrator', jumping(letting(arn('ada'))), 'fail', listed],
  [
    'the list names that user as well',
    jumping(letting(arn('ada'))),
    'pass',
    { administrators: [...listed.administrators, arn('ada')] },
  ],
  [
    'a role leads there by way of another, to which nobody else is let in',
    jumping(letting(hop), [{ id: hop, statements: [], policy: 'nothing' }]),
    'fail',
    listed,
  ],
  [
    'a user leads there by way of another, which is in the list too',
    jumping(letting(hop), [{ id: hop, statements: letting(arn('ada')), policy: 'nothing' }]),
    'fail',
    { administrators: [...listed.administrators, hop] },
  ],
  ['whom the role lets in is not told', jumping(unknown), 'no-data', listed],
  ['nothing was read', denied(aws(), 'aws/account-authorization-details'), 'no-data'],
];
