import { z } from 'zod';
import { Organization } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { dataset } from './scope.ts';

const Item = z.object({ OrganizationId: z.string().min(1), EnabledFeatures: z.array(z.string()) });

/** Whether root users of the accounts need credentials of their own, or the organisation holds them in its hand. */
export const centralRootAccess = dataset.state({
  id: 'aws/central-root-access',
  title: 'Central root access',
  docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListOrganizationsFeatures.html',
  permissions: ['iam:ListOrganizationsFeatures'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(Organization, ['rootCredentialsManaged'])],
  requests: () => [{ service: 'iam', operation: 'ListOrganizationsFeatures', input: {}, account: null }],
  lists: [
    dataset.one('', Item, ({ OrganizationId, EnabledFeatures }) => [
      Organization.record({
        id: OrganizationId,
        rootCredentialsManaged: EnabledFeatures.includes('RootCredentialsManagement'),
      }),
    ]),
  ],
});
