import { z } from 'zod';
import { AuthenticationStrength } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  displayName: z.string().nullish(),
  policyType: z.enum(['builtIn', 'custom']).nullish(),
  allowedCombinations: z.array(z.string()).nullish(),
  requirementsSatisfied: z.string().nullish(),
});

/** Sets of methods that policies name in the place of «some second factor». */
export const authenticationStrengths = dataset.state({
  id: 'microsoft365/authentication-strengths',
  title: 'Authentication strengths',
  docs: 'https://learn.microsoft.com/graph/api/authenticationstrengthroot-list-policies',
  permissions: ['Policy.Read.All'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [
    speaks(AuthenticationStrength, ['name', 'builtIn', 'combinations', 'secondFactor'], { lists: true }),
  ],
  requests: () => [listing('/policies/authenticationStrengthPolicies')],
  lists: [
    dataset.list('/value', Item, (item) => [
      AuthenticationStrength.record({
        id: item.id,
        name: known(item.displayName, silent),
        builtIn: known(item.policyType && item.policyType === 'builtIn', silent),
        combinations: known(item.allowedCombinations, silent),
        secondFactor: known(item.requirementsSatisfied ? item.requirementsSatisfied === 'mfa' : null, silent),
      }),
    ]),
  ],
});
