import type { Told } from '../support.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Twenty computers that Intune manages; of the first what is given. */
export function devices({ device = {}, settings = {} }: { device?: Fields; settings?: Fields } = {}): Told[] {
  return [
    {
      dataset: 'microsoft365/managed-devices',
      kinds: {
        device: { speaks: ['name', 'system', 'owner', 'encrypted', 'compliance', 'lastSeenAt'], lists: true },
      },
      records: Array.from({ length: 20 }, (_, n) => ({
        kind: 'device',
        id: `device-${n}`,
        name: `LARK-${n}`,
        system: n % 2 === 0 ? 'Windows' : 'macOS',
        owner: 'company',
        encrypted: true,
        compliance: 'compliant',
        lastSeenAt: '2026-06-29T00:00:00.000Z',
        ...(n === 0 ? device : {}),
      })),
    },
    {
      dataset: 'microsoft365/device-management-settings',
      kinds: { 'device-management': { speaks: ['unassignedIsNotCompliant'], lists: true } },
      records: [{ kind: 'device-management', id: 'intune', unassignedIsNotCompliant: true, ...settings }],
    },
  ];
}
