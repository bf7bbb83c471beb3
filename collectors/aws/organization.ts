import { z } from 'zod';
import { Organization } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset } from './scope.ts';

const Item = z
  .object({
    Id: z.string().min(1),
    FeatureSet: z.string().optional(),
    MasterAccountId: z.string().optional(),
  })
  .nullable();

/** The organisation of the accounts, which their members may ask after too. An account that is in none is an answer. */
export const organization = dataset.state({
  id: 'aws/organization',
  title: 'Organisation',
  docs: 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribeOrganization.html',
  permissions: ['organizations:DescribeOrganization'],
  tier: 'insurance-mfa',
  personal: ['e-mail addresses'],
  speaks: [speaks(Organization, ['managementAccount', 'accountsRestrictable'])],
  requests: () => [{ service: 'organizations', operation: 'DescribeOrganization', input: {}, account: null }],
  none: ({ code }) => code === 'AWSOrganizationsNotInUseException',
  lists: [
    dataset.one('/Organization', Item, (found) =>
      found === null
        ? []
        : [
            Organization.record({
              id: found.Id,
              managementAccount: known(found.MasterAccountId, 'AWS does not tell it'),
              accountsRestrictable: restrictableBy(found.FeatureSet),
            }),
          ],
    ),
  ],
});

/** https://docs.aws.amazon.com/organizations/latest/APIReference/API_Organization.html */
function restrictableBy(features: string | undefined): boolean | Unknown {
  if (features === 'ALL') return true;
  return features === 'CONSOLIDATED_BILLING' ? false : { unknown: 'AWS does not tell it' };
}
