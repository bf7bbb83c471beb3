import type { Told } from '../support.ts';
import { microsoft365 } from '../worlds.ts';

type Fields = Readonly<Record<string, unknown>>;

/** How Exchange Online checks what comes in. */
export function filters({
  protection = {},
  attachments = {},
  links = {},
}: { protection?: Fields; attachments?: Fields; links?: Fields } = {}): Told[] {
  return [
    {
      dataset: 'microsoft365/exchange-built-in-protection',
      kinds: { 'built-in-mail-protection': { speaks: ['excludes'], lists: true } },
      records: [{ kind: 'built-in-mail-protection', id: 'rule', excludes: [], ...protection }],
    },
    {
      dataset: 'microsoft365/exchange-safe-attachment-policies',
      kinds: { 'attachment-policy': { speaks: ['enabled', 'action'], lists: true } },
      records: [
        { kind: 'attachment-policy', id: 'Built-In', enabled: true, action: 'Block' },
        { kind: 'attachment-policy', id: 'Sales', enabled: true, action: 'DynamicDelivery', ...attachments },
      ],
    },
    {
      dataset: 'microsoft365/exchange-safe-links-policies',
      kinds: { 'link-policy': { speaks: ['enabled', 'scans', 'waits', 'unchecked'], lists: true } },
      records: ['Built-In', 'Sales'].map((id) => ({
        kind: 'link-policy',
        id,
        enabled: true,
        scans: true,
        waits: true,
        unchecked: [],
        ...(id === 'Sales' ? links : {}),
      })),
    },
  ];
}

/** A tenant that has what checks its mail. */
export const filtered = (
  facts: Parameters<typeof filters>[0] & { readonly services?: unknown } = {},
): Told[] => [
  ...microsoft365(),
  {
    dataset: 'microsoft365/subscribed-skus',
    kinds: { licence: { speaks: ['services'], lists: true } },
    records: [{ kind: 'licence', id: 'suite', services: facts.services ?? ['ATP_ENTERPRISE'] }],
  },
  ...filters(facts),
];
