import { z } from 'zod';
import { Account, MfaDevice } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { credentialReport } from './credential-report.ts';
import { pagedBy } from './pages.ts';
import { dataset, type Scope } from './scope.ts';
import { virtualMfaDevices } from './virtual-mfa-devices.ts';

/** Users whose second factor is not among the virtual ones, which one listing names: the others are asked one by one. */
const eachOtherUser = each(
  credentialReport,
  Account,
  ['name', 'cloudAccount', 'root', 'mfaEnabled'],
  ({ root, mfaEnabled }) => mfaEnabled && !root,
  { except: { dataset: virtualMfaDevices, kind: MfaDevice, field: 'assignedTo' } },
);
type OfUser = Reading<Scope, Parameters<typeof eachOtherUser.where>[0]>;

const Item = z.object({ SerialNumber: z.string().min(1), EnableDate: z.iso.datetime().optional() });

/**
 * Second factors that are things: keys and tokens. Whoever has a virtual one besides is not asked, and what the root
 * user has in its hand AWS tells nobody, so it does not list all devices.
 */
export const mfaDevices = dataset.state({
  id: 'aws/mfa-devices',
  title: 'Hardware MFA devices and passkeys',
  docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListMFADevices.html',
  permissions: ['iam:ListMFADevices'],
  tier: 'insurance-mfa',
  personal: ['account names', 'times of use'],
  speaks: [speaks(MfaDevice, ['cloudAccount', 'type', 'assignedTo', 'enabledAt'])],
  each: eachOtherUser,
  requests: (_scope, { name, cloudAccount }) => [
    {
      service: 'iam',
      operation: 'ListMFADevices',
      input: { UserName: name },
      account: cloudAccount,
      paging: pagedBy.markerIfTruncated,
    },
  ],
  lists: [
    dataset.list('/MFADevices', Item, ({ SerialNumber, EnableDate }, { parent }: OfUser) => [
      MfaDevice.record({
        id: SerialNumber,
        cloudAccount: parent.cloudAccount,
        type: typeOf(SerialNumber),
        assignedTo: parent.id,
        enabledAt: known(EnableDate, 'AWS does not say when it was enabled'),
      }),
    ]),
  ],
});

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
function typeOf(serial: string): 'passkey' | 'virtual' | 'hardware' {
  if (/^arn:[^:]+:iam::\d{12}:u2f\//.test(serial)) return 'passkey';
  return /^arn:[^:]+:iam::\d{12}:mfa\//.test(serial) ? 'virtual' : 'hardware';
}
