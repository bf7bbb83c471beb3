import { z } from 'zod';
import { DeviceRegistration } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, silent, single } from './scope.ts';

const For = z.object({ '@odata.type': z.string() }).nullish();
const Item = z.object({
  id: z.string().min(1),
  userDeviceQuota: z.int().nullish(),
  multiFactorAuthConfiguration: z.string().nullish(),
  azureADJoin: z.object({ allowedToJoin: For }).nullish(),
  azureADRegistration: z.object({ allowedToRegister: For }).nullish(),
  localAdminPassword: z.object({ isEnabled: z.boolean().nullish() }).nullish(),
});

/** https://learn.microsoft.com/graph/api/resources/deviceregistrationmembership */
const reaches: Readonly<Record<string, 'all' | 'selected' | 'none'>> = {
  '#microsoft.graph.allDeviceRegistrationMembership': 'all',
  '#microsoft.graph.enumeratedDeviceRegistrationMembership': 'selected',
  '#microsoft.graph.noDeviceRegistrationMembership': 'none',
};
const asks: Readonly<Record<string, boolean>> = { required: true, notRequired: false };

/** Who may make a device known to the directory, whether that takes a second factor, and who keeps local passwords. */
export const deviceRegistrationPolicy = dataset.state({
  id: 'microsoft365/device-registration-policy',
  title: 'Registration of devices',
  docs: 'https://learn.microsoft.com/graph/api/deviceregistrationpolicy-get',
  permissions: ['Policy.Read.DeviceConfiguration'],
  personal: [],
  speaks: [
    speaks(DeviceRegistration, ['join', 'register', 'mfaRequired', 'perUser', 'localAdminPasswords'], {
      lists: true,
    }),
  ],
  requests: () => [single('/policies/deviceRegistrationPolicy')],
  lists: [
    dataset.one('', Item, (item) => {
      const { allowedToJoin: join } = item.azureADJoin ?? {};
      const { allowedToRegister: register } = item.azureADRegistration ?? {};
      return [
        DeviceRegistration.record({
          id: item.id,
          join: known(reaches[join?.['@odata.type'] ?? ''], silent),
          register: known(reaches[register?.['@odata.type'] ?? ''], silent),
          mfaRequired: known(asks[item.multiFactorAuthConfiguration ?? ''], silent),
          perUser: known(item.userDeviceQuota, silent),
          localAdminPasswords: known(item.localAdminPassword?.isEnabled, silent),
        }),
      ];
    }),
  ],
});
