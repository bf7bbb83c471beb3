import { z } from 'zod';
import { CloudAccount } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { accounts } from './accounts.ts';
import { pagedBy } from './pages.ts';
import { dataset } from './scope.ts';

const Item = z.object({ Id: z.string().regex(/^\d{12}$/) });

/** The accounts that manage a service for the whole organisation, besides its own. */
export const delegatedAdministrators = dataset.state({
  id: 'aws/delegated-administrators',
  title: 'Delegated administrators',
  docs: 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListDelegatedAdministrators.html',
  permissions: ['organizations:ListDelegatedAdministrators'],
  personal: ['e-mail addresses'],
  speaks: [speaks(CloudAccount, ['delegatedAdministrator'])],
  absence: { kind: CloudAccount, among: accounts.id, means: { delegatedAdministrator: false } },
  requests: () => [
    {
      service: 'organizations',
      operation: 'ListDelegatedAdministrators',
      input: {},
      account: null,
      paging: pagedBy.nextToken,
    },
  ],
  lists: [
    dataset.list('/DelegatedAdministrators', Item, ({ Id }) => [
      CloudAccount.record({ id: Id, delegatedAdministrator: true }),
    ]),
  ],
});
