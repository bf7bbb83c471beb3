import { denied, type Case } from '../told.ts';
import { cloudAccess, organizationAccess, tenantAccess } from '../worlds/access.ts';

const owned = { lists: true } as const;
/** Ada's account of GitHub, the tenant and AWS, as somebody wrote them down. */
const written = (...accounts: readonly (readonly [source: string, account: string])[]) => ({
  people: [
    {
      id: 'ada',
      name: 'Ada Example',
      accounts: accounts.map(([source, account]) => ({ source, account })),
      linkedBy: 'An Officer',
      linkedOn: '2026-01-01',
    },
  ],
});
const three = written(
  ['github-one', '10'],
  ['microsoft365-one', 'ada'],
  ['aws-one', 'arn:aws:iam::111122223333:user/ada'],
);
const cloud = (trail: Readonly<Record<string, unknown>> = {}) =>
  cloudAccess({ facts: { actions: '*', trail } }).map((told) =>
    told.dataset === 'aws/trails'
      ? { ...told, kinds: { 'audit-trail': { ...told.kinds['audit-trail']!, ...owned } } }
      : told,
  );
const elsewhere = { owner: '444455556666' };
const everything = (world = cloud(elsewhere)) => [...tenantAccess(), ...organizationAccess(), ...world];

export const cases: readonly Case[] = [
  ['nobody administers more than one of them', everything(), 'pass'],
  ['one owns the code and administers the cloud and the directory', everything(), 'fail', {}, three],
  [
    'that account of the directory cannot be signed in to',
    [...tenantAccess(), ...organizationAccess(), ...cloud(elsewhere)].map((told) =>
      told.dataset === 'microsoft365/users'
        ? {
            ...told,
            records: told.records.map((record) =>
              record.id === 'ada' ? { ...record, enabled: false } : record,
            ),
          }
        : told,
    ),
    'pass',
    {},
    three,
  ],
  ['whoever administers the cloud can stop its trail', cloud(), 'fail'],
  ['the trail is that of another account', cloud(elsewhere), 'pass'],
  [
    'the policy keeps other duties apart',
    everything(),
    'fail',
    {
      conflicts: [
        { id: 'code-and-directory', duties: ['github-owner', 'global-administrator'], text: 'does both' },
      ],
    },
    three,
  ],
  [
    'what some hold was refused',
    denied(everything(), 'aws/account-authorization-details'),
    'no-data',
    {},
    three,
  ],
  ['who is there was refused', denied(everything(), 'github/members'), 'no-data', {}, three],
  [
    "whose an owner's account is, is not known",
    denied(everything(), 'github/saml-identities'),
    'no-data',
    {},
    written(['microsoft365-one', 'ada'], ['aws-one', 'arn:aws:iam::111122223333:user/ada']),
  ],
  ['trails were refused', denied(cloud(elsewhere), 'aws/trails'), 'no-data'],
  [
    'there is nobody but the root user',
    cloud(elsewhere).map((told) => ({
      ...told,
      records: told.records.filter(({ id, kind }) => !id.endsWith('user/ada') || kind === 'principal'),
    })),
    'not-applicable',
  ],
];
