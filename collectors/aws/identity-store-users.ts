import { z } from 'zod';
import { DirectoryUser } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachIdentityCenter, type OfIdentityCenter } from './identity-centers.ts';
import { pagedBy } from './pages.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  UserId: z.string().min(1),
  UserName: z.string().optional(),
  ExternalIds: z.array(z.object({ Issuer: z.string() })).optional(),
  UserStatus: z.string().optional(),
});

/** People of each directory. Their second factors are nothing that AWS tells: whoever signs them in knows. */
export const identityStoreUsers = dataset.state({
  id: 'aws/identity-store-users',
  title: 'Users of Identity Center',
  docs: 'https://docs.aws.amazon.com/singlesignon/latest/IdentityStoreAPIReference/API_ListUsers.html',
  permissions: ['identitystore:ListUsers'],
  personal: ['account names', 'e-mail addresses', 'names of people'],
  // What else a directory keeps of people.
  secrets: ['Addresses/*/*', 'PhoneNumbers/*/*', 'Birthdate', 'Photos/*/*', 'ProfileUrl'].map(
    (field) => `/Users/*/${field}`,
  ),
  speaks: [speaks(DirectoryUser, ['directory', 'name', 'enabled', 'external'], { lists: true })],
  each: eachIdentityCenter,
  requests: (_scope, { store, cloudAccount, region }) => [
    {
      service: 'identitystore',
      operation: 'ListUsers',
      input: { IdentityStoreId: store, MaxResults: 100 },
      account: cloudAccount,
      region,
      paging: pagedBy.nextToken,
    },
  ],
  lists: [
    dataset.list('/Users', Item, (user, { parent }: OfIdentityCenter) => [
      DirectoryUser.record({
        id: user.UserId,
        directory: parent.id,
        name: user.UserName ?? { unknown: 'AWS does not tell it' },
        enabled: enabledOf(user.UserStatus),
        external: known(user.ExternalIds && user.ExternalIds.length > 0, 'AWS does not tell it'),
      }),
    ]),
  ],
});

function enabledOf(status: string | undefined): boolean | Unknown {
  if (status === 'ENABLED') return true;
  return status === 'DISABLED' ? false : { unknown: 'AWS does not tell it' };
}
