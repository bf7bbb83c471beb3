import { z } from 'zod';
import { MfaDevice } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  SerialNumber: z.string().min(1),
  User: z.object({ Arn: z.string().min(1) }).optional(),
  EnableDate: z.iso.datetime().optional(),
});

/** Virtual second factors and whose they are. Hardware ones are not in this listing, so it does not list all devices. */
export const virtualMfaDevices = dataset.state({
  id: 'aws/virtual-mfa-devices',
  title: 'Virtual MFA devices',
  docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_ListVirtualMFADevices.html',
  permissions: ['iam:ListVirtualMFADevices'],
  tier: 'insurance-mfa',
  personal: ['account names', 'times of use'],
  speaks: [speaks(MfaDevice, ['cloudAccount', 'type', 'assignedTo', 'enabledAt'])],
  each: activeAccounts,
  requests: (_scope, { id }) => [
    {
      service: 'iam',
      operation: 'ListVirtualMFADevices',
      input: { MaxItems: 1000 },
      account: id,
      paging: { out: 'Marker', in: 'Marker', more: 'IsTruncated' },
    },
  ],
  lists: [
    dataset.list('/VirtualMFADevices', Item, ({ SerialNumber, User, EnableDate }, { parent }: OfAccount) => {
      // A device is enabled when it is given to someone; one that has neither was never given.
      const never = User === undefined && EnableDate === undefined;
      return [
        MfaDevice.record({
          id: SerialNumber,
          cloudAccount: parent.id,
          type: 'virtual',
          assignedTo: never
            ? 'none'
            : (User?.Arn ?? { unknown: 'AWS says that it is enabled, and not for whom' }),
          enabledAt: never ? 'never' : (EnableDate ?? { unknown: 'AWS does not say when it was enabled' }),
        }),
      ];
    }),
  ],
});
