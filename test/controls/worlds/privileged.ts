import type { Told } from '../support.ts';
import { globalAdministrator, microsoft365 } from '../worlds.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What was bought, in one licence. */
export const licensed = (services: unknown = ['AAD_PREMIUM', 'AAD_PREMIUM_P2']): Told => ({
  dataset: 'microsoft365/subscribed-skus',
  kinds: { licence: { speaks: ['name', 'services'], lists: true } },
  records: [{ kind: 'licence', id: 'licence', name: 'SPE_E5', services }],
});

/** The directory roles of a tenant, who took them on, and what that takes. */
export function takingOn({
  schedule = {},
  rule = {},
  services,
}: { schedule?: Fields; rule?: Fields; services?: unknown } = {}): Told[] {
  return [
    {
      dataset: 'microsoft365/role-definitions',
      kinds: { role: { speaks: ['name', 'builtIn'], lists: true } },
      records: [
        { kind: 'role', id: globalAdministrator, name: 'Global Administrator', builtIn: true },
        { kind: 'role', id: 'reports', name: 'Reports Reader', builtIn: true },
      ],
    },
    {
      dataset: 'microsoft365/role-assignment-schedules',
      kinds: {
        'role-schedule': { speaks: ['account', 'role', 'scope', 'standing', 'by', 'until'], lists: true },
      },
      records: ['ada', 'bob'].map((account) => ({
        kind: 'role-schedule',
        id: `active:${account}`,
        account,
        role: globalAdministrator,
        scope: '/',
        standing: 'activated',
        by: 'direct',
        until: '2026-06-30T08:00:00Z',
        ...(account === 'bob' ? schedule : {}),
      })),
    },
    {
      dataset: 'microsoft365/role-management-policies',
      kinds: {
        'role-rule': {
          speaks: ['role', 'activationNeeds', 'activationApproval', 'activationContext', 'activationLasts'],
          lists: true,
        },
      },
      records: [
        {
          kind: 'role-rule',
          id: 'rule',
          role: globalAdministrator,
          activationNeeds: ['MultiFactorAuthentication', 'Justification'],
          activationApproval: true,
          activationContext: 'none',
          activationLasts: 'PT8H',
          ...rule,
        },
      ],
    },
    licensed(services),
  ];
}

/** A tenant in which administrators take their roles on for a while. */
export const privileged = (
  facts: Parameters<typeof takingOn>[0] & Parameters<typeof microsoft365>[0] = {},
) => [...microsoft365(facts), ...takingOn(facts)];
