import { z } from 'zod';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { silent } from './scope.ts';

const Side = z
  .object({
    accessType: z.string().nullish(),
    targets: z.array(z.object({ target: z.string() })).nullish(),
  })
  .nullish();
const Access = z.object({ usersAndGroups: Side }).nullish();
const flag = z.boolean().nullish();

/** What the default and the settings for one partner have in common. */
export const Trust = z.object({
  inboundTrust: z
    .object({
      isMfaAccepted: flag,
      isCompliantDeviceAccepted: flag,
      isHybridAzureADJoinedDeviceAccepted: flag,
    })
    .nullish(),
  b2bCollaborationInbound: Access,
  b2bCollaborationOutbound: Access,
  b2bDirectConnectInbound: Access,
  b2bDirectConnectOutbound: Access,
});

export const trustFields = [
  ...(['tenant', 'acceptsMfa', 'acceptsCompliantDevice', 'acceptsJoinedDevice'] as const),
  ...(['inboundGuests', 'outboundGuests', 'inboundDirectConnect', 'outboundDirectConnect'] as const),
] as const;

/** The settings as fields of a record. `open` says why one is unknown: of a partner, what is not set is the default's. */
export function trustOf(item: z.output<typeof Trust>, open: string = silent) {
  const { inboundTrust: trust } = item;
  return {
    acceptsMfa: known(trust?.isMfaAccepted, open),
    acceptsCompliantDevice: known(trust?.isCompliantDeviceAccepted, open),
    acceptsJoinedDevice: known(trust?.isHybridAzureADJoinedDeviceAccepted, open),
    inboundGuests: accessOf(item.b2bCollaborationInbound, open),
    outboundGuests: accessOf(item.b2bCollaborationOutbound, open),
    inboundDirectConnect: accessOf(item.b2bDirectConnectInbound, open),
    outboundDirectConnect: accessOf(item.b2bDirectConnectOutbound, open),
  };
}

/** Everybody, nobody, or some whom the answer names. */
function accessOf(access: z.output<typeof Access>, open: string): 'allowed' | 'blocked' | 'some' | Unknown {
  const { accessType, targets } = access?.usersAndGroups ?? {};
  if (!accessType || !targets) return { unknown: open };
  if (!targets.every(({ target }) => target === 'AllUsers')) return 'some';
  return known(accessType === 'allowed' || accessType === 'blocked' ? accessType : null, open);
}
