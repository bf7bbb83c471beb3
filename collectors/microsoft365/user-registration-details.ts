import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing } from './scope.ts';

const Details = z.object({
  id: z.guid(),
  userPrincipalName: z.string().min(1),
  isMfaRegistered: z.boolean().nullish(),
  isMfaCapable: z.boolean().nullish(),
  methodsRegistered: z.array(z.string()).nullish(),
});

const silent = 'the registration report does not tell it';

/** Who has set up a second factor, as Microsoft's report says; it may lag by a day. */
export const userRegistrationDetails = dataset.state({
  id: 'microsoft365/user-registration-details',
  title: 'Authentication method registration',
  docs: 'https://learn.microsoft.com/graph/api/authenticationmethodsroot-list-userregistrationdetails',
  permissions: ['AuditLog.Read.All'],
  tier: 'insurance-mfa',
  personal: ['account names', 'e-mail addresses', 'names of people'],
  licence: 'Microsoft Entra ID P1',
  speaks: [speaks(Account, ['mfaEnabled', 'mfaCapable', 'signInMethods'])],
  requests: () => [listing('/reports/authenticationMethods/userRegistrationDetails')],
  lists: [
    dataset.list('/value', Details, ({ id, isMfaRegistered, isMfaCapable, methodsRegistered }) => [
      Account.record({
        id,
        mfaEnabled: known(isMfaRegistered, silent),
        mfaCapable: known(isMfaCapable, silent),
        signInMethods: known(methodsRegistered, silent),
      }),
    ]),
  ],
  neverEmpty: 'a tenant always has an administrator, who is in the report',
});
