import { z } from 'zod';
import { DirectoryDevice } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { counting, countIn, dataset, listing, silent, Time, timeOrNever } from './scope.ts';

const fields = [
  ...['id', 'deviceId', 'displayName', 'operatingSystem', 'operatingSystemVersion', 'accountEnabled'],
  ...['trustType', 'isManaged', 'isCompliant', 'approximateLastSignInDateTime'],
];
const text = z.string().nullish();
const flag = z.boolean().nullish();
const Item = z.object({
  id: z.guid(),
  deviceId: text,
  displayName: text,
  operatingSystem: text,
  operatingSystemVersion: text,
  accountEnabled: flag,
  trustType: text,
  isManaged: flag,
  isCompliant: flag,
  approximateLastSignInDateTime: Time.nullable().optional(),
});
const unheard = 'nothing told the directory of it';

/** Devices that the directory knows, managed or not. Intune calls the same ones by another id. */
export const devices = dataset.state({
  id: 'microsoft365/devices',
  title: 'Devices of the directory',
  docs: 'https://learn.microsoft.com/graph/api/device-list',
  permissions: ['Device.Read.All'],
  // Devices are often called after their people.
  personal: ['names of people'],
  speaks: [
    speaks(
      DirectoryDevice,
      [
        ...(['name', 'deviceId', 'system', 'systemVersion', 'enabled', 'joined', 'managed'] as const),
        ...(['compliant', 'lastSeenAt'] as const),
      ],
      { lists: true },
    ),
  ],
  requests: () => [listing('/devices', { $select: fields.join(','), $top: '999' })],
  lists: [
    dataset.list('/value', Item, (item) => [
      DirectoryDevice.record({
        id: item.id,
        name: known(item.displayName, silent),
        deviceId: known(item.deviceId, silent),
        system: known(item.operatingSystem, silent),
        systemVersion: known(item.operatingSystemVersion, silent),
        enabled: known(item.accountEnabled, silent),
        joined: known(item.trustType, silent),
        managed: known(item.isManaged, unheard),
        compliant: known(item.isCompliant, unheard),
        lastSeenAt: known(timeOrNever(item.approximateLastSignInDateTime), silent),
      }),
    ]),
  ],
  count: { what: "Graph's count of devices", request: () => counting('/devices'), of: countIn },
});
