import { denied, spoiled, unknown, type Case } from '../told.ts';
import { role } from '../worlds.ts';
import { cloudAccess, organizationAccess, tenantAccess } from '../worlds/access.ts';

const foreign = {
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::999988887777:root' },
  Action: 'sts:AssumeRole',
};
const everything = (world: ReturnType<typeof cloudAccess>) =>
  world.map((told) => ({
    ...told,
    records: told.records.map((record) =>
      record.kind === 'principal' && record.id === role
        ? { ...record, policies: ['arn:aws:iam::111122223333:policy/everything'] }
        : record,
    ),
  }));
const administers = { outside: [{ id: '13' }], grants: [{ holder: '13' }] };

export const cases: readonly Case[] = [
  [
    'nobody is from outside',
    [...tenantAccess(), ...organizationAccess(), ...cloudAccess()],
    'not-applicable',
  ],
  ['a guest holds no role', tenantAccess({ facts: { user: { userType: 'guest' } } }), 'pass'],
  ['a guest holds a role', tenantAccess({ facts: { bob: { userType: 'guest' } } }), 'fail'],
  [
    'a member was invited from elsewhere and holds a role',
    tenantAccess({ facts: { bob: { name: 'bob_else.example#EXT#@larkspur.example' } } }),
    'fail',
  ],
  [
    'a guest may take a role on',
    tenantAccess({
      facts: { user: { userType: 'guest' } },
      eligible: [{ account: 'cleo', role: '62e90394-69f5-4237-9190-012177145e10' }],
    }),
    'fail',
  ],
  [
    'whether somebody is a guest is not told',
    tenantAccess({ facts: { bob: { userType: unknown } } }),
    'no-data',
  ],
  [
    'who holds roles was refused',
    denied(tenantAccess({ facts: { user: { userType: 'guest' } } }), 'microsoft365/role-assignments'),
    'no-data',
  ],
  [
    'an outside collaborator may write',
    organizationAccess({ ...administers, grants: [{ holder: '13', level: 'write' }] }),
    'pass',
  ],
  ['an outside collaborator administers a repository', organizationAccess(administers), 'fail'],
  [
    'a grant to a team of the same number is not theirs',
    organizationAccess({ ...administers, grants: [{ holder: '13', holderType: 'group' }] }),
    'pass',
  ],
  [
    'what outside collaborators may do was refused',
    denied(organizationAccess(administers), 'github/repository-collaborators'),
    'no-data',
  ],
  [
    'another account may take on a role that administers nothing',
    cloudAccess({ facts: { trust: [foreign] } }),
    'pass',
  ],
  [
    'another account may take on one that may do everything',
    everything(cloudAccess({ facts: { trust: [foreign] } })),
    'fail',
  ],
  [
    'another account may take on one that may take on the role of an administrator',
    cloudAccess({
      facts: { trust: [foreign] },
      trusted: [
        {
          id: 'arn:aws:iam::111122223333:role/jump',
          statements: { Effect: 'Allow', Principal: { AWS: role }, Action: 'sts:AssumeRole' },
        },
      ],
    }),
    'fail',
  ],
  ['everybody may', everything(cloudAccess({ facts: { trust: [{ ...foreign, Principal: '*' }] } })), 'fail'],
  [
    'the account is one of those that are read',
    everything(
      cloudAccess({
        facts: { trust: [{ ...foreign, Principal: { AWS: 'arn:aws:iam::111122223333:root' } }] },
      }),
    ),
    'not-applicable',
  ],
  [
    'whose the account is, is not known',
    spoiled(everything(cloudAccess({ facts: { trust: [foreign] } })), 'aws/accounts', {
      partitions: { all: 'partial' },
    }),
    'no-data',
  ],
];
