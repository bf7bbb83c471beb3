import type { Told } from '../support.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What people may do in a tenant, and what of files may be shown to strangers. */
export function rights({ may = {}, files = {} }: { may?: Fields; files?: Fields } = {}): Told[] {
  return [
    {
      dataset: 'microsoft365/authorization-policy',
      kinds: { 'user-rights': { speaks: ['invitations', 'consentPolicies'], lists: true } },
      records: [
        {
          kind: 'user-rights',
          id: 'authorizationPolicy',
          invitations: 'adminsAndGuestInviters',
          consentPolicies: ['ManagePermissionGrantsForSelf.microsoft-user-default-low'],
          ...may,
        },
      ],
    },
    {
      dataset: 'microsoft365/sharepoint-settings',
      kinds: { 'sharing-policy': { speaks: ['sharing', 'resharing'], lists: true } },
      records: [
        {
          kind: 'sharing-policy',
          id: 'sharepoint',
          sharing: 'externalUserSharingOnly',
          resharing: false,
          ...files,
        },
      ],
    },
  ];
}
