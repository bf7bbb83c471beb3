import type { Told } from '../support.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Which ways of signing in a tenant lets people use; of text messages, and of the policy, what is given. */
export function methods({ sms = {}, rules = {} }: { sms?: Fields; rules?: Fields } = {}): Told[] {
  const off = (id: string) => ({
    kind: 'sign-in-method-policy',
    id,
    name: id,
    enabled: false,
    includes: ['all_users'],
    excludes: [],
  });
  return [
    {
      dataset: 'microsoft365/authentication-methods-policy',
      kinds: {
        'sign-in-method-policy': { speaks: ['name', 'enabled', 'includes', 'excludes'], lists: true },
        'sign-in-method-rules': { speaks: ['migration', 'campaign'], lists: true },
      },
      records: [
        { ...off('Fido2'), enabled: true },
        { ...off('Sms'), ...sms },
        off('Voice'),
        off('Email'),
        {
          kind: 'sign-in-method-rules',
          id: 'authenticationMethodsPolicy',
          migration: 'migrationComplete',
          campaign: 'enabled',
          ...rules,
        },
      ],
    },
  ];
}
