import { Account, ServiceUse } from '../../evidence-model/kinds.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { accountAuthorizationDetails } from './account-authorization-details.ts';
import { lastAccess, LastAccess, lastAccessRequest, lastAccessTerms } from './last-access.ts';
import { dataset, type Scope } from './scope.ts';

const eachUser = each(accountAuthorizationDetails, Account, ['cloudAccount']);
type OfUser = Reading<Scope, Parameters<typeof eachUser.where>[0]>;

/** When each user last used each service that it may use. The root user may use all, and has no such report. */
export const userServiceUses = dataset.log({
  id: 'aws/user-service-uses',
  title: 'Services that users used',
  docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html',
  ...lastAccessTerms,
  speaks: [speaks(ServiceUse, ['cloudAccount', 'principal', 'service', 'at', 'region'])],
  each: eachUser,
  requests: (_scope, principal) => [lastAccessRequest(principal)],
  lists: [
    dataset.list('/ServicesLastAccessed', LastAccess, (service, reading: OfUser) =>
      lastAccess(service, reading),
    ),
  ],
});
