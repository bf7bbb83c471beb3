import { z } from 'zod';
import { SharingPolicy } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, silent, single } from './scope.ts';

const flag = z.boolean().nullish();
const Item = z.object({
  sharingCapability: z.string(),
  sharingDomainRestrictionMode: z.string().nullish(),
  isResharingByExternalUsersEnabled: flag,
  isLegacyAuthProtocolsEnabled: flag,
  isRequireAcceptingUserToMatchInvitedUserEnabled: flag,
  idleSessionSignOut: z.object({ isEnabled: flag }).nullish(),
});

/** What of files may be shown to strangers. SharePoint has more settings, which no permission to read alone opens. */
export const sharepointSettings = dataset.state({
  id: 'microsoft365/sharepoint-settings',
  title: 'Sharing in SharePoint and OneDrive',
  docs: 'https://learn.microsoft.com/graph/api/sharepointsettings-get',
  permissions: ['SharePointTenantSettings.Read.All'],
  personal: [],
  speaks: [
    speaks(
      SharingPolicy,
      [
        ...(['sharing', 'resharing', 'legacySignIn', 'sameAccountRequired'] as const),
        ...(['domainRestriction', 'idleSignOut'] as const),
      ],
      { lists: true },
    ),
  ],
  requests: () => [single('/admin/sharepoint/settings')],
  lists: [
    dataset.one('', Item, (item) => [
      SharingPolicy.record({
        // A tenant has one, whose id Microsoft's own pages leave out.
        id: 'sharepoint',
        sharing: item.sharingCapability,
        resharing: known(item.isResharingByExternalUsersEnabled, silent),
        legacySignIn: known(item.isLegacyAuthProtocolsEnabled, silent),
        sameAccountRequired: known(item.isRequireAcceptingUserToMatchInvitedUserEnabled, silent),
        domainRestriction: known(item.sharingDomainRestrictionMode, silent),
        idleSignOut: known(item.idleSessionSignOut?.isEnabled, silent),
      }),
    ]),
  ],
});
