import { z } from 'zod';
import { Device } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { withoutIntune } from './intune.ts';
import { dataset, listing, silent, Time, timeOf } from './scope.ts';

const fields = [
  ...['id', 'azureADDeviceId', 'deviceName', 'userId', 'operatingSystem', 'osVersion', 'complianceState'],
  ...['isEncrypted', 'managedDeviceOwnerType', 'enrolledDateTime', 'lastSyncDateTime'],
];
const text = z.string().nullish();
const Item = z.object({
  id: z.guid(),
  azureADDeviceId: text,
  deviceName: text,
  userId: z.string().nullable().optional(),
  operatingSystem: text,
  osVersion: text,
  complianceState: text,
  isEncrypted: z.boolean().nullish(),
  managedDeviceOwnerType: text,
  enrolledDateTime: Time.nullish(),
  lastSyncDateTime: Time.nullish(),
});
const compliant: Readonly<Record<string, boolean>> = { compliant: true, noncompliant: false };

/** Devices that Intune manages, as they said of themselves when they were last heard of. */
export const managedDevices = dataset.state({
  id: 'microsoft365/managed-devices',
  title: 'Devices managed by Intune',
  docs: 'https://learn.microsoft.com/graph/api/intune-devices-manageddevice-list',
  permissions: ['DeviceManagementManagedDevices.Read.All'],
  licence: 'Microsoft Intune',
  unlicensed: withoutIntune,
  // Devices are often called after their people.
  personal: ['account names', 'names of people'],
  speaks: [
    speaks(
      Device,
      [
        ...(['name', 'deviceId', 'account', 'system', 'systemVersion', 'compliance'] as const),
        ...(['compliant', 'encrypted', 'owner', 'enrolledAt', 'lastSeenAt'] as const),
      ],
      { lists: true },
    ),
  ],
  requests: () => [listing('/deviceManagement/managedDevices', { $select: fields.join(','), $top: '1000' })],
  lists: [
    dataset.list('/value', Item, (item) => [
      Device.record({
        id: item.id,
        name: known(item.deviceName, silent),
        deviceId: known(item.azureADDeviceId, silent),
        // Intune writes an empty text for a device without a user.
        account: known(item.userId === undefined ? null : item.userId || 'none', silent),
        system: known(item.operatingSystem, silent),
        systemVersion: known(item.osVersion, silent),
        compliance: known(item.complianceState, silent),
        compliant: known(
          compliant[item.complianceState ?? ''],
          `Intune says neither yes nor no of it: ${item.complianceState ?? 'nothing'}`,
        ),
        encrypted: known(item.isEncrypted, silent),
        owner: known(item.managedDeviceOwnerType, silent),
        enrolledAt: known(timeOf(item.enrolledDateTime), silent),
        lastSeenAt: known(timeOf(item.lastSyncDateTime), silent),
      }),
    ]),
  ],
});
