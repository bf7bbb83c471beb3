import { Role, ServiceUse } from '../../evidence-model/kinds.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { accountAuthorizationDetails } from './account-authorization-details.ts';
import { lastAccess, LastAccess, lastAccessRequest, lastAccessTerms } from './last-access.ts';
import { dataset, type Scope } from './scope.ts';

/** Those of the vendor's services are theirs alone: nobody else takes them on, and nobody can change what they may do. */
const ofServices = /^arn:[^:]+:iam::\d{12}:role\/aws-service-role\//;

const eachRole = each(accountAuthorizationDetails, Role, ['cloudAccount'], ({ id }) => !ofServices.test(id));
type OfRole = Reading<Scope, Parameters<typeof eachRole.where>[0]>;

/** When each role last used each service that it may use. */
export const roleServiceUses = dataset.log({
  id: 'aws/role-service-uses',
  title: 'Services that roles used',
  docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetServiceLastAccessedDetails.html',
  ...lastAccessTerms,
  speaks: [speaks(ServiceUse, ['cloudAccount', 'principal', 'service', 'at', 'region'])],
  each: eachRole,
  requests: (_scope, principal) => [lastAccessRequest(principal)],
  lists: [
    dataset.list('/ServicesLastAccessed', LastAccess, (service, reading: OfRole) =>
      lastAccess(service, reading),
    ),
  ],
});
