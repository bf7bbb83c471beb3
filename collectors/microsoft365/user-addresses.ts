import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { counting, countIn, dataset, listing } from './scope.ts';

const User = z.object({
  id: z.guid(),
  // Null says that it has none; an answer without it says nothing.
  mail: z.string().nullable().optional(),
  proxyAddresses: z.array(z.string()).optional(),
});

const silent = 'Microsoft Graph does not tell it (grant: User.Read.All)';

/** Of addresses for several protocols, such as `SMTP:ada@example.com`, those for mail: https://learn.microsoft.com/graph/api/resources/user#properties */
const forMail = /^smtp:(.+)$/i;

/** At which addresses everybody receives mail, by which other systems may know them. What people named by themselves is not among them. */
export const userAddresses = dataset.state({
  id: 'microsoft365/user-addresses',
  title: 'Addresses of users',
  docs: 'https://learn.microsoft.com/graph/api/user-list',
  permissions: ['User.Read.All'],
  tier: 'full',
  personal: ['e-mail addresses'],
  speaks: [speaks(Account, ['addresses'])],
  requests: () => [listing('/users', { $select: 'id,mail,proxyAddresses', $top: '999' })],
  lists: [
    dataset.list('/value', User, ({ id, mail, proxyAddresses }) => [
      Account.record({
        id,
        addresses: known(
          mail === undefined || proxyAddresses === undefined ? null : addressesIn(mail, proxyAddresses),
          silent,
        ),
      }),
    ]),
  ],
  neverEmpty: 'a tenant always has an administrator',
  count: { what: "Graph's count of users", request: () => counting('/users'), of: countIn },
});

function addressesIn(mail: string | null, proxies: readonly string[]): string[] {
  const told = [...(mail ? [mail] : []), ...proxies.flatMap((each) => forMail.exec(each)?.[1] ?? [])];
  return [...new Set(told.map((address) => address.toLowerCase()))].sort();
}
