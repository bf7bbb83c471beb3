import type { Told } from '../support.ts';
import { microsoft365 } from '../worlds.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What the tenant has bought; of the suite what is given. */
export function bought(suite: Fields = {}): Told {
  return {
    dataset: 'microsoft365/subscribed-skus',
    kinds: { licence: { speaks: ['name', 'services', 'plans'], lists: true } },
    records: [
      {
        kind: 'licence',
        id: 'suite',
        name: 'SPE_E3',
        services: ['AAD_PREMIUM'],
        plans: ['plan-1 AAD_PREMIUM', 'plan-2 EXCHANGE_S_ENTERPRISE', 'plan-3 EXCHANGE_S_FOUNDATION'],
        ...suite,
      },
      {
        kind: 'licence',
        id: 'premium',
        name: 'AAD_PREMIUM_P2',
        services: [],
        plans: ['plan-3 EXCHANGE_S_FOUNDATION'],
      },
    ],
  };
}

/** A tenant whose administrators have accounts for that alone. */
export const separated = ({
  licence,
  ...facts
}: { licence?: Fields } & Parameters<typeof microsoft365>[0] = {}) => [
  ...microsoft365(facts),
  bought(licence),
];

export const emergency = '00000009-1111-4222-8333-444444444444';

/** A tenant with an account for emergencies; of that what is given. */
export function guarded({
  account = {},
  assignment = {},
  domain = {},
}: { account?: Fields; assignment?: Fields; domain?: Fields } = {}): Told[] {
  const fields = ['name', 'enabled', 'userType', 'synchronized', 'signInMethods'];
  return [
    ...microsoft365().filter(({ dataset }) => dataset !== 'microsoft365/users'),
    {
      dataset: 'microsoft365/users',
      kinds: { account: { speaks: fields, lists: true } },
      records: [
        {
          kind: 'account',
          id: emergency,
          name: 'emergency@larkspur.example',
          enabled: true,
          userType: 'member',
          synchronized: false,
          signInMethods: ['fido2SecurityKey'],
          ...account,
        },
      ],
    },
    {
      dataset: 'microsoft365/domains',
      kinds: { domain: { speaks: ['name', 'signIn'], lists: true } },
      records: [
        { kind: 'domain', id: 'larkspur.example', name: 'larkspur.example', signIn: 'managed', ...domain },
      ],
    },
  ].map((told) =>
    told.dataset === 'microsoft365/role-assignments'
      ? {
          ...told,
          records: told.records.map((record, n) =>
            n === 0 ? { ...record, account: emergency, ...assignment } : record,
          ),
        }
      : told,
  );
}
