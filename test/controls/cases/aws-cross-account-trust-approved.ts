import { denied, spoiled, type Case } from '../told.ts';
import { aws } from '../worlds.ts';

const admits = (Principal: object) => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole' });

export const cases: readonly Case[] = [
  ['a service may take on the role', aws(), 'pass'],
  ['everybody may', aws({ trust: [admits({ AWS: '*' })] }), 'fail'],
  ['a stranger may', aws({ trust: [admits({ AWS: '999988887777' })] }), 'fail'],
  [
    'a stranger may, where not all accounts were listed',
    spoiled(aws({ trust: [admits({ AWS: '999988887777' })] }), 'aws/accounts', {
      partitions: { all: 'partial' },
    }),
    'no-data',
  ],
  ['nothing was read', denied(aws(), 'aws/account-authorization-details'), 'no-data'],
];
