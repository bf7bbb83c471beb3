import { z } from 'zod';
import { Organization } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing } from './scope.ts';

const Item = z.object({ id: z.guid(), displayName: z.string().nullish() });

/** The tenant itself. */
export const organization = dataset.state({
  id: 'microsoft365/organization',
  title: 'Tenant',
  docs: 'https://learn.microsoft.com/graph/api/organization-list',
  permissions: ['Organization.Read.All'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(Organization, ['name'], { lists: true })],
  requests: () => [listing('/organization', { $select: 'id,displayName' })],
  lists: [
    dataset.list('/value', Item, ({ id, displayName }) => [
      Organization.record({ id, name: known(displayName, 'Microsoft Graph does not tell the name') }),
    ]),
  ],
  neverEmpty: 'whoever signs in does so in a tenant',
});
