import { z } from 'zod';
import { CloudAccount } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset } from './scope.ts';

const Item = z.object({ AlternateContactType: z.literal('SECURITY') }).nullable();

/** Whether an account names somebody whom AWS tells about security. Who that is, is not kept. */
export const securityContacts = dataset.state({
  id: 'aws/security-contacts',
  title: 'Security contacts',
  docs: 'https://docs.aws.amazon.com/accounts/latest/reference/API_GetAlternateContact.html',
  permissions: ['account:GetAlternateContact'],
  personal: [],
  secrets: ['Name', 'Title', 'EmailAddress', 'PhoneNumber'].map((field) => `/AlternateContact/${field}`),
  speaks: [speaks(CloudAccount, ['securityContact'])],
  each: activeAccounts,
  requests: (_scope, { id }) => [
    {
      service: 'account',
      operation: 'GetAlternateContact',
      input: { AlternateContactType: 'SECURITY' },
      account: id,
    },
  ],
  none: ({ status, code }) => status === 404 && code === 'ResourceNotFoundException',
  lists: [
    dataset.one('/AlternateContact', Item, (contact, { parent }: OfAccount) => [
      CloudAccount.record({ id: parent.id, securityContact: contact !== null }),
    ]),
  ],
});
