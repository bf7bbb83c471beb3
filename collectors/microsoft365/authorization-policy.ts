import { z } from 'zod';
import { UserRights } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, silent, single } from './scope.ts';

const flag = z.boolean().nullish();
const Item = z.object({
  id: z.string().min(1),
  guestUserRoleId: z.string().nullish(),
  allowInvitesFrom: z.string().nullish(),
  allowEmailVerifiedUsersToJoinOrganization: flag,
  allowUserConsentForRiskyApps: flag,
  allowedToUseSSPR: flag,
  blockMsolPowerShell: flag,
  defaultUserRolePermissions: z
    .object({
      allowedToCreateApps: flag,
      allowedToCreateSecurityGroups: flag,
      allowedToCreateTenants: flag,
      allowedToReadOtherUsers: flag,
      allowedToReadBitlockerKeysForOwnedDevice: flag,
      permissionGrantPoliciesAssigned: z.array(z.string()).nullish(),
    })
    .nullish(),
});

/** What people and guests may do in the tenant without being administrators. */
export const authorizationPolicy = dataset.state({
  id: 'microsoft365/authorization-policy',
  title: 'What users and guests may do',
  docs: 'https://learn.microsoft.com/graph/api/authorizationpolicy-get',
  permissions: ['Policy.Read.All'],
  personal: [],
  speaks: [
    speaks(
      UserRights,
      [
        ...([
          'guestRole',
          'invitations',
          'mayRegisterPrograms',
          'mayCreateTenants',
          'mayCreateGroups',
        ] as const),
        ...([
          'mayReadOthers',
          'mayReadRecoveryKeys',
          'consentPolicies',
          'mayConsentToRiskyPrograms',
        ] as const),
        ...(['mayJoinByEmail', 'administratorsResetOwnPasswords', 'legacyAdministrationBlocked'] as const),
      ],
      { lists: true },
    ),
  ],
  requests: () => [single('/policies/authorizationPolicy')],
  lists: [
    dataset.one('', Item, (item) => {
      const user = item.defaultUserRolePermissions;
      return [
        UserRights.record({
          id: item.id,
          guestRole: known(item.guestUserRoleId, silent),
          invitations: known(item.allowInvitesFrom, silent),
          mayRegisterPrograms: known(user?.allowedToCreateApps, silent),
          mayCreateTenants: known(user?.allowedToCreateTenants, silent),
          mayCreateGroups: known(user?.allowedToCreateSecurityGroups, silent),
          mayReadOthers: known(user?.allowedToReadOtherUsers, silent),
          mayReadRecoveryKeys: known(user?.allowedToReadBitlockerKeysForOwnedDevice, silent),
          consentPolicies: known(user?.permissionGrantPoliciesAssigned, silent),
          mayConsentToRiskyPrograms: known(item.allowUserConsentForRiskyApps, silent),
          mayJoinByEmail: known(item.allowEmailVerifiedUsersToJoinOrganization, silent),
          administratorsResetOwnPasswords: known(item.allowedToUseSSPR, silent),
          legacyAdministrationBlocked: known(item.blockMsolPowerShell, silent),
        }),
      ];
    }),
  ],
});
