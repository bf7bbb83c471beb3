import { z } from 'zod';
import { SignInPolicy } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { dataset, single } from './scope.ts';

const Item = z.object({ id: z.string().min(1), displayName: z.string().nullish(), isEnabled: z.boolean() });

/** The vendor's own minimum, which a tenant has switched on or off as a whole. */
export const securityDefaults = dataset.state({
  id: 'microsoft365/security-defaults',
  title: 'Security defaults',
  docs: 'https://learn.microsoft.com/graph/api/identitysecuritydefaultsenforcementpolicy-get',
  permissions: ['Policy.Read.All'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(SignInPolicy, ['name', 'mechanism', 'state'], { lists: true })],
  requests: () => [single('/policies/identitySecurityDefaultsEnforcementPolicy')],
  lists: [
    dataset.one('', Item, ({ id, displayName, isEnabled }) => [
      SignInPolicy.record({
        id,
        name: displayName ?? 'Security defaults',
        mechanism: 'security-defaults',
        state: isEnabled ? 'enabled' : 'disabled',
      }),
    ]),
  ],
});
