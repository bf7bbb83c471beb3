import { z } from 'zod';
import { Application, PermissionGrant } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { dataset, idIn, listing, silent, Time, timeOf, type Scope } from './scope.ts';
import { servicePrincipals } from './service-principals.ts';

type OfResource = { readonly id: string; readonly offers: string[] };

const Item = z.object({
  id: z.string().min(1),
  principalId: z.string().min(1),
  principalType: z.string().nullish(),
  appRoleId: z.string(),
  createdDateTime: Time.nullish(),
});
const types: Readonly<Record<string, 'user' | 'group' | 'program'>> = {
  User: 'user',
  Group: 'group',
  ServicePrincipal: 'program',
};

/**
 * What programs may do by themselves. It is asked of each program that lets others do something, not of each that may:
 * the former are few.
 */
export const appRoleAssignments = dataset.state<OfResource>({
  id: 'microsoft365/app-role-assignments',
  title: 'Application permissions',
  docs: 'https://learn.microsoft.com/graph/api/serviceprincipal-list-approleassignedto',
  permissions: ['Application.Read.All'],
  personal: ['names of people'],
  speaks: [
    speaks(PermissionGrant, ['holder', 'holderType', 'resource', 'way', 'permissions', 'of', 'grantedAt'], {
      lists: true,
    }),
  ],
  each: each(servicePrincipals, Application, ['offers'], ({ offers }) => offers.length > 0),
  requests: (_, { id }) => [listing(`/servicePrincipals/${idIn(id)}/appRoleAssignedTo`, { $top: '999' })],
  lists: [
    dataset.list('/value', Item, (item, { parent }: Reading<Scope, OfResource>) => [
      PermissionGrant.record({
        id: item.id,
        holder: item.principalId,
        holderType: known(types[item.principalType ?? ''], silent),
        resource: parent.id,
        way: 'by-itself',
        permissions: known(named(item.appRoleId, parent.offers), 'the program does not say what it is'),
        of: 'none',
        grantedAt: known(timeOf(item.createdDateTime), silent),
      }),
    ]),
  ],
});

/** Assigned without any permission of its own: https://learn.microsoft.com/graph/api/resources/approleassignment#properties */
const assignedOnly = '00000000-0000-0000-0000-000000000000';

/** What the program calls this permission; `null` where it does not offer such a one. */
function named(role: string, offers: readonly string[]): string[] | null {
  if (role === assignedOnly) return [];
  const offer = offers.find((each) => each.startsWith(`${role} `));
  return offer === undefined ? null : [offer.slice(role.length + 1)];
}
