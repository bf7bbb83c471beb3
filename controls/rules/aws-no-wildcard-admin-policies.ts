import { z } from 'zod';
import { Policy } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, noData, pass } from '../finding.ts';
import { powersOf, told } from '../iam-policy.ts';

export const awsNoWildcardAdminPolicies = control({
  id: 'aws-no-wildcard-admin-policies',
  severity: 'medium',
  assertion:
    'At each reading, no policy that was written in a connected AWS account let whoever holds it alone do everything, or come to do so in one of the known ways, whatever its conditions.',
  board: 'Hidden master keys defeat every list of administrators.',
  remedy: 'Name the actions and things that each listed policy is for.',
  collectors: ['aws'],
  population: 'policies that were written in connected AWS accounts',
  parameters: z.strictObject({}),
  over: need(Policy, ['document']),
  related: {},
  test: (policy) =>
    policy.given(['document'], ({ document }) => {
      const powers = powersOf([document]);
      if (powers === null) return noData('the document is not understood');
      if (powers.length === 0) return pass('it gives none of the known ways to everything');
      return fail(`whoever holds it may ${powers.map(told).join('; ')}`);
    }),
});
