import { denied, spoiled, unknown, type Case } from '../told.ts';
import { cloudAccess, saml, stated, tenantAccess } from '../worlds/access.ts';

const asked = { facts: { policy: { includeRoles: [], includeUsers: ['All'] } } };
const center = cloudAccess({ people: [{ id: 'ada' }, { id: 'cleo' }] });
const provider = cloudAccess({ providers: [{ id: saml }] });
const made = 'arn:aws:iam::111122223333:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE';
const both = {
  federations: [...stated().federations, ...stated({ provider: saml }).federations],
};

export const cases: readonly Case[] = [
  ['all whom the tenant signs in are asked', [...tenantAccess(asked), ...center], 'pass', {}, stated()],
  ['one of them is asked at no application', [...tenantAccess(), ...center], 'fail', {}, stated()],
  [
    'that one cannot sign in',
    [...tenantAccess(), ...cloudAccess({ people: [{ id: 'ada' }, { id: 'cleo', enabled: false }] })],
    'pass',
    {},
    stated(),
  ],
  [
    'they are asked at some applications',
    [
      ...tenantAccess({
        facts: { policy: { includeRoles: [], includeUsers: ['All'], includeApplications: ['payroll'] } },
      }),
      ...center,
    ],
    'no-data',
    {},
    stated(),
  ],
  ['nobody said where it leads', [...tenantAccess(asked), ...center], 'no-data'],
  [
    'that was said too long ago',
    [...tenantAccess(asked), ...center],
    'no-data',
    {},
    stated({ statedOn: '2026-03-01' }),
  ],
  [
    'it leads to what is no source',
    [...tenantAccess(asked), ...center],
    'no-data',
    {},
    stated({ leadsTo: 'okta' }),
  ],
  [
    'the tenant knows nobody called so',
    [...tenantAccess(asked), ...cloudAccess({ people: [{ id: 'eve' }] })],
    'no-data',
    {},
    stated(),
  ],
  ['it asks everybody itself', center, 'pass', {}, stated({ leadsTo: 'itself' })],
  [
    'who is in it was refused',
    denied([...tenantAccess(asked), ...center], 'aws/identity-store-users'),
    'no-data',
    {},
    stated(),
  ],
  [
    'whose it is, is not told',
    center.map((told) =>
      told.dataset === 'aws/identity-centers'
        ? { ...told, records: told.records.map((record) => ({ ...record, owner: unknown })) }
        : told,
    ),
    'no-data',
    {},
    stated({ leadsTo: 'itself' }),
  ],
  [
    'it belongs to an account that is not read',
    center.map((told) =>
      told.dataset === 'aws/identity-centers'
        ? { ...told, records: told.records.map((record) => ({ ...record, owner: '444455556666' })) }
        : told,
    ),
    'not-applicable',
  ],
  [
    'an account trusts a provider, and everybody there is asked',
    [...tenantAccess(asked), ...provider],
    'pass',
    {},
    both,
  ],
  ['somebody there is not', [...tenantAccess(), ...provider], 'fail', {}, both],
  [
    'who is there was not wholly read',
    denied([...tenantAccess(asked), ...provider], 'microsoft365/users'),
    'no-data',
    {},
    both,
  ],
  ['nobody said where the provider leads', [...tenantAccess(asked), ...provider], 'no-data', {}, stated()],
  [
    'a provider keeps nobody itself',
    provider,
    'no-data',
    {},
    { federations: [...stated().federations, ...stated({ provider: saml, leadsTo: 'itself' }).federations] },
  ],
  [
    'providers were refused',
    denied([...tenantAccess(asked), ...provider], 'aws/saml-providers'),
    'no-data',
    {},
    both,
  ],
  [
    'a provider is that of Identity Center',
    [...tenantAccess(asked), ...cloudAccess({ people: [{ id: 'ada' }], providers: [{ id: made }] })],
    'pass',
    {},
    stated(),
  ],
  [
    'Identity Center lets somebody in who is not asked',
    [...tenantAccess(), ...cloudAccess({ people: [{ id: 'cleo' }], providers: [{ id: made }] })],
    'fail',
    {},
    stated(),
  ],
  [
    'it is called so, and there is no Identity Center',
    spoiled([...tenantAccess(asked), ...cloudAccess({ providers: [{ id: made }] })], 'aws/identity-centers', {
      records: [],
    }),
    'no-data',
    {},
    stated(),
  ],
];
