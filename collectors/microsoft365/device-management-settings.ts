import { z } from 'zod';
import { DeviceManagement } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { withoutIntune } from './intune.ts';
import { dataset, silent, single } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  settings: z.object({
    secureByDefault: z.boolean().nullish(),
    deviceComplianceCheckinThresholdDays: z.int().nullish(),
  }),
});

/** Whether a device for which there is no policy counts as compliant, and how long silence does no harm. */
export const deviceManagementSettings = dataset.state({
  id: 'microsoft365/device-management-settings',
  title: 'Compliance settings of Intune',
  docs: 'https://learn.microsoft.com/graph/api/intune-deviceconfig-devicemanagement-get',
  permissions: ['DeviceManagementServiceConfig.Read.All'],
  licence: 'Microsoft Intune',
  unlicensed: withoutIntune,
  personal: [],
  speaks: [speaks(DeviceManagement, ['unassignedIsNotCompliant', 'silentDays'], { lists: true })],
  requests: () => [single('/deviceManagement', { $select: 'id,settings' })],
  lists: [
    dataset.one('', Item, ({ id, settings }) => [
      DeviceManagement.record({
        id,
        unassignedIsNotCompliant: known(settings.secureByDefault, silent),
        silentDays: known(settings.deviceComplianceCheckinThresholdDays, silent),
      }),
    ]),
  ],
});
