import { z } from 'zod';
import { PermissionGrant } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  clientId: z.string().min(1),
  resourceId: z.string().min(1),
  consentType: z.string().nullish(),
  principalId: z.string().nullish(),
  scope: z.string().nullish(),
});

/** What programs may do for somebody who is signed in, and whether for everybody or for one who consented. */
export const oauth2PermissionGrants = dataset.state({
  id: 'microsoft365/oauth2-permission-grants',
  title: 'Delegated permissions',
  docs: 'https://learn.microsoft.com/graph/api/oauth2permissiongrant-list',
  permissions: ['Directory.Read.All'],
  personal: [],
  speaks: [
    speaks(PermissionGrant, ['holder', 'holderType', 'resource', 'way', 'permissions', 'of'], {
      lists: true,
    }),
  ],
  requests: () => [listing('/oauth2PermissionGrants', { $top: '999' })],
  lists: [
    dataset.list('/value', Item, ({ id, clientId, resourceId, consentType, principalId, scope }) => [
      PermissionGrant.record({
        id,
        holder: clientId,
        holderType: 'program',
        resource: resourceId,
        way: 'for-somebody',
        permissions: known(
          scope?.split(' ').filter((each) => each !== ''),
          silent,
        ),
        of: known(
          consentType === 'AllPrincipals' ? 'everybody' : consentType === 'Principal' ? principalId : null,
          silent,
        ),
      }),
    ]),
  ],
});
