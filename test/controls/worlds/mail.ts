import type { Told } from '../support.ts';
import { microsoft365 } from '../worlds.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What Exchange Online says of a tenant, as far as it is agreed that it is asked. */
export function exchange({
  settings = {},
  policy = {},
  remote = {},
}: { settings?: Fields; policy?: Fields; remote?: Fields } = {}): Told[] {
  const all: Fields = {
    mailboxesAudited: true,
    activitiesRecorded: true,
    outsideMarked: true,
    outsideUnmarked: [],
    ...settings,
  };
  const setting = (dataset: string, speaks: readonly string[], lists = false): Told => ({
    dataset: `microsoft365/exchange-${dataset}`,
    kinds: { 'mail-settings': { speaks, lists } },
    records: [
      {
        kind: 'mail-settings',
        id: 'exchange-online',
        ...Object.fromEntries(speaks.map((field) => [field, all[field]])),
      },
    ],
  });
  return [
    setting('organization-config', ['mailboxesAudited'], true),
    setting('admin-audit-log-config', ['activitiesRecorded']),
    setting('external-in-outlook', ['outsideMarked', 'outsideUnmarked']),
    {
      dataset: 'microsoft365/exchange-outbound-spam-policies',
      kinds: { 'outgoing-mail-policy': { speaks: ['forwarding'], lists: true } },
      records: [
        { kind: 'outgoing-mail-policy', id: 'Default', forwarding: 'Automatic' },
        { kind: 'outgoing-mail-policy', id: 'Sales', forwarding: 'Off', ...policy },
      ],
    },
    {
      dataset: 'microsoft365/exchange-remote-domains',
      kinds: { 'remote-domain': { speaks: ['name', 'forwarding'], lists: true } },
      records: [
        { kind: 'remote-domain', id: 'Default', name: '*', forwarding: true },
        { kind: 'remote-domain', id: 'Payroll', name: 'pay.example', forwarding: true },
      ].map((record) => ({ ...record, ...remote })),
    },
  ];
}

/** A tenant whose mail is kept well. */
export const mail = (facts: Parameters<typeof exchange>[0] = {}) => [...microsoft365(), ...exchange(facts)];
