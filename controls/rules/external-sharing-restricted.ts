import { z } from 'zod';
import { Organization, SharingPolicy, UserRights } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, noData, pass } from '../finding.ts';

/** https://learn.microsoft.com/graph/api/resources/sharepointsettings#sharingcapabilities-values */
const named: Readonly<Record<string, boolean>> = {
  disabled: true,
  existingExternalUserSharingOnly: true,
  externalUserSharingOnly: true,
  externalUserAndGuestSharing: false,
};
/** Who may ask guests in: https://learn.microsoft.com/graph/api/resources/authorizationpolicy#properties */
const inviters = ['none', 'adminsAndGuestInviters', 'adminsGuestInvitersAndAllMembers', 'everyone'] as const;

export const externalSharingRestricted = control({
  id: 'external-sharing-restricted',
  severity: 'medium',
  assertion:
    'At each reading, files in SharePoint and OneDrive of every connected Microsoft 365 tenant could be shown to nobody who had not signed in or proved an address, and guests could be asked in by no more people than the policy allows (members, and no guests, unless it says otherwise). Single sites, which may allow less, and files elsewhere were not read.',
  board: '"Anyone with the link" leaks stay open for years.',
  remedy:
    'Set sharing to «New and existing guests» or less, and let members or guest inviters alone ask guests in.',
  collectors: ['microsoft365'],
  population: 'connected Microsoft 365 tenants',
  parameters: z.strictObject({
    /** The most people who may ask guests in, in Microsoft's word; each allows what stands before it, too. */
    inviters: z
      .enum(['none', 'adminsAndGuestInviters', 'adminsGuestInvitersAndAllMembers'])
      .default('adminsGuestInvitersAndAllMembers'),
  }),
  over: need(Organization, ['name']),
  related: {
    sharing: need(SharingPolicy, ['sharing']),
    rights: need(UserRights, ['invitations']),
  },
  test: (_, { related, open, parameters }) => {
    const sharing = related('sharing').map((each) =>
      each.given(['sharing'], ({ sharing: word }) => {
        const known = named[word];
        if (known === undefined)
          return noData(`how files may be shared is a word that is not known: ${word}`);
        return known
          ? pass(`files may be shared with those who prove who they are (${word})`)
          : fail('files may be shared with anyone who has the link');
      }),
    );
    const invitations = related('rights').map((each) =>
      each.given(['invitations'], ({ invitations: word }) => {
        const found = inviters.findIndex((inviter) => inviter === word);
        if (found < 0) return noData(`who may ask guests in is a word that is not known: ${word}`);
        const text = `guests are asked in by: ${word}; allowed is at most ${parameters.inviters}`;
        return found > inviters.indexOf(parameters.inviters) ? fail(text) : pass(text);
      }),
    );
    if (sharing.length === 0) sharing.push(noData(open('sharing') ?? 'how files may be shared is not told'));
    if (invitations.length === 0)
      invitations.push(noData(open('rights') ?? 'who may ask guests in is not told'));
    return all([...sharing, ...invitations]);
  },
});
