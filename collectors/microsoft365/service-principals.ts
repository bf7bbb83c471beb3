import { z } from 'zod';
import { Application, Credential } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import {
  credentialFields,
  credentialRecords,
  Credentials,
  credentialSecrets,
} from './program-credentials.ts';
import { counting, countIn, dataset, listing, silent } from './scope.ts';

const fields = [
  ...['id', 'appId', 'displayName', 'servicePrincipalType', 'accountEnabled', 'appOwnerOrganizationId'],
  ...['appRoleAssignmentRequired', 'appRoles', 'passwordCredentials', 'keyCredentials'],
];
const Item = z.object({
  id: z.guid(),
  appId: z.string().nullish(),
  displayName: z.string().nullish(),
  servicePrincipalType: z.string().nullish(),
  accountEnabled: z.boolean().nullish(),
  appOwnerOrganizationId: z.string().nullish(),
  appRoleAssignmentRequired: z.boolean().nullish(),
  appRoles: z
    .array(z.object({ id: z.string(), value: z.string().nullish(), allowedMemberTypes: z.array(z.string()) }))
    .nullish(),
  ...Credentials,
});

/** https://learn.microsoft.com/troubleshoot/entra/entra-id/governance/verify-first-party-apps-sign-in */
const microsoft = 'f8cdef31-a31e-4b4a-93e4-5f571e91255a';
const unmade = 'Microsoft does not tell it of managed identities';

/** Programs that were let into the tenant, whoever made them, with the credentials that they have here. */
export const servicePrincipals = dataset.state({
  id: 'microsoft365/service-principals',
  title: 'Service principals',
  docs: 'https://learn.microsoft.com/graph/api/serviceprincipal-list',
  permissions: ['Application.Read.All'],
  personal: [],
  secrets: credentialSecrets,
  speaks: [
    speaks(
      Application,
      ['name', 'program', 'type', 'maker', 'builtIn', 'offers', 'assignmentRequired', 'suspended'],
      {
        lists: true,
      },
    ),
    speaks(Credential, credentialFields, { lists: true }),
  ],
  requests: () => [listing('/servicePrincipals', { $select: fields.join(','), $top: '999' })],
  lists: [
    dataset.list('/value', Item, (item) => [
      Application.record({
        id: item.id,
        name: known(item.displayName, silent),
        program: known(item.appId, silent),
        type: known(item.servicePrincipalType, silent),
        maker: known(item.appOwnerOrganizationId, unmade),
        builtIn: known(
          item.appOwnerOrganizationId ? item.appOwnerOrganizationId === microsoft : null,
          unmade,
        ),
        offers: known(
          item.appRoles
            ?.filter(({ allowedMemberTypes }) => allowedMemberTypes.includes('Application'))
            .map(({ id, value }) => `${id} ${value ?? ''}`),
          silent,
        ),
        assignmentRequired: known(item.appRoleAssignmentRequired, silent),
        suspended: known(typeof item.accountEnabled === 'boolean' ? !item.accountEnabled : null, silent),
      }),
      ...credentialRecords(item.id, item),
    ]),
  ],
  neverEmpty: "Microsoft's own programs are let into every tenant",
  count: {
    what: "Graph's count of service principals",
    request: () => counting('/servicePrincipals'),
    of: countIn,
  },
});
