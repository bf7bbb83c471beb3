import { type Case, denied, spoiled, unknown } from '../told.ts';
import { microsoft365 } from '../worlds.ts';
import { rights } from '../worlds/rights.ts';

const world = (facts: Parameters<typeof rights>[0] = {}) => [...microsoft365(), ...rights(facts)];
const shared = (sharing: unknown) => world({ files: { sharing } });
const invited = (invitations: unknown) => world({ may: { invitations } });
const settings = 'microsoft365/sharepoint-settings';
const policy = 'microsoft365/authorization-policy';

export const cases: readonly Case[] = [
  ['with those who prove who they are', world(), 'pass'],
  ['with nobody', shared('disabled'), 'pass'],
  ['with those who are known', shared('existingExternalUserSharingOnly'), 'pass'],
  ['with anyone', shared('externalUserAndGuestSharing'), 'fail'],
  ['in a way that is not known', shared('unknownFutureValue'), 'no-data'],
  ['in a way that is not told', shared(unknown), 'no-data'],
  ['it is refused', denied(world(), settings), 'no-data'],
  ['nothing is told', spoiled(world(), settings, { records: [] }), 'no-data'],
  ['guests ask guests in', invited('everyone'), 'fail'],
  ['members ask guests in', invited('adminsGuestInvitersAndAllMembers'), 'pass'],
  [
    'members ask guests in, and the policy wants fewer',
    invited('adminsGuestInvitersAndAllMembers'),
    'fail',
    { inviters: 'none' },
  ],
  ['some do whom nobody knows', invited('unknownFutureValue'), 'no-data'],
  ['who asks them in is not told', invited(unknown), 'no-data'],
  ['who asks them in is refused', denied(world(), policy), 'no-data'],
  ['of that nothing is told', spoiled(world(), policy, { records: [] }), 'no-data'],
];
