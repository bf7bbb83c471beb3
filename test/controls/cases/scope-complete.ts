import { denied, unknown, type Case } from '../told.ts';
import type { Told, Written } from '../support.ts';

type Fields = Readonly<Record<string, unknown>>;

/** One dataset that tells of other systems by one thing. */
const tells = (dataset: string, kind: string, fields: Fields, lists = true): Told => ({
  dataset,
  kinds: { [kind]: { speaks: Object.keys(fields).filter((field) => field !== 'id'), lists } },
  records: [{ kind, id: 'one', ...fields }],
});
const federation = (fields: Fields = {}) =>
  tells('microsoft365/domain-federation', 'federation', {
    domain: 'larkspur.example',
    issuer: 'http://www.okta.com/exk1',
    ...fields,
  });
const mail = (...mailExchangers: readonly string[]) =>
  tells('microsoft365/mail-exchangers', 'mail-domain', { id: 'larkspur.example', mailExchangers }, false);
const users = (synchronized: unknown) =>
  tells('microsoft365/users', 'account', { name: 'ada@larkspur.example', enabled: true, synchronized });
const app = tells('github/app-installations', 'application', { name: 'issue-board' });
const provider = (name: string, protocol: string) =>
  tells('aws/saml-providers', 'identity-provider', {
    id: `arn:aws:iam::111122223333:${protocol}-provider/${name}`,
    protocol,
  });
const roles = (principal: string): Told => ({
  dataset: 'aws/account-authorization-details',
  kinds: { 'role-trust': { speaks: ['cloudAccount', 'document'], lists: true } },
  records: [
    {
      kind: 'role-trust',
      id: 'arn:aws:iam::111122223333:role/reader',
      cloudAccount: '111122223333',
      document: { Statement: { Effect: 'Allow', Principal: { AWS: principal }, Action: 'sts:AssumeRole' } },
    },
  ],
});
const accounts = (...states: readonly string[]): Told => ({
  dataset: 'aws/accounts',
  kinds: { 'cloud-account': { speaks: ['state'], lists: true } },
  records: states.map((state, n) => ({ kind: 'cloud-account', id: `${n + 1}11122223333`, state })),
});
const stranger = 'arn:aws:iam::999988887777:root';

const declared = (covers: string, more: Partial<NonNullable<Written['systems']>[number]> = {}): Written => ({
  systems: [
    {
      id: 'okta',
      name: 'Okta',
      state: 'not-read',
      covers: [covers],
      declaredBy: 'An Officer',
      declaredOn: '2026-01-01',
      ...more,
    },
  ],
});
const okta = 'sign-in *okta.com*';

export const cases: readonly Case[] = [
  ['who signs people in is declared as not read', [federation()], 'pass', {}, {}, declared(okta)],
  [
    'who signs people in is declared as read by hand',
    [federation()],
    'pass',
    {},
    {},
    declared(okta, { state: 'by-hand' }),
  ],
  [
    'who signs people in is declared as connected',
    [federation()],
    'pass',
    {},
    {},
    declared(okta, { state: 'connected', source: 'okta-one' }),
  ],
  [
    'who signs people in is declared absent',
    [federation()],
    'fail',
    {},
    {},
    declared(okta, { state: 'absent' }),
  ],
  [
    'who signs people in is declared as not read, and absent by another',
    [federation()],
    'fail',
    {},
    {},
    {
      systems: [
        ...declared(okta).systems!,
        ...declared(okta, { state: 'absent' }).systems!.map((each) => ({ ...each, id: 'another' })),
      ],
    },
  ],
  ['nobody declared who signs people in', [federation()], 'fail'],
  ['another system is declared', [federation()], 'fail', {}, {}, declared('mail *google.com')],
  ['who signs people in is not told', [federation({ issuer: unknown })], 'no-data', {}, {}, declared(okta)],
  [
    'federations were refused',
    denied([federation()], 'microsoft365/domain-federation'),
    'no-data',
    {},
    {},
    declared(okta),
  ],
  ['nothing tells of another system', [mail()], 'not-applicable'],
  ['mail is taken in by Microsoft 365', [mail('0 larkspur-example.mail.protection.outlook.com.')], 'pass'],
  ['mail is taken in by another', [mail('10 aspmx.l.google.com.')], 'fail'],
  ['mail is taken in by nobody', [mail('0 .')], 'not-applicable'],
  ['accounts come from premises', [users(true)], 'fail'],
  [
    'accounts come from premises, which is declared',
    [users(true)],
    'pass',
    {},
    {},
    declared('directory: on premises'),
  ],
  ['no account comes from premises', [users(false)], 'not-applicable'],
  ['whether accounts come from premises is not told', [users(unknown)], 'no-data'],
  [
    'another party’s second factor',
    [
      tells('microsoft365/authentication-methods-policy', 'sign-in-method-policy', {
        id: '0f0e0d0c-0000-4000-8000-000000000001',
        name: 'Duo',
      }),
    ],
    'fail',
  ],
  [
    'Microsoft’s own second factor',
    [
      tells('microsoft365/authentication-methods-policy', 'sign-in-method-policy', {
        id: 'Fido2',
        name: 'Fido2',
      }),
    ],
    'not-applicable',
  ],
  [
    'guests come in by another provider',
    [
      tells('microsoft365/identity-providers', 'identity-provider', {
        name: 'Google',
        type: 'socialIdentityProvider',
      }),
    ],
    'fail',
  ],
  ['an App that nobody declared', [app], 'fail'],
  ['an App that is declared', [app], 'pass', {}, {}, declared('GitHub App issue-board')],
  [
    'members of GitHub sign in by way of another',
    [tells('github/saml-identities', 'organization', { singleSignOn: true })],
    'fail',
  ],
  ['whoever another vouches for comes in to AWS', [provider('Corporate', 'saml')], 'fail'],
  [
    'the identity center vouches for them',
    [provider('AWSSSO_0123456789abcdef_DO_NOT_DELETE', 'saml')],
    'pass',
  ],
  [
    'GitHub vouches for runs, and is connected',
    [provider('token.actions.githubusercontent.com', 'oidc'), app],
    'pass',
    {},
    {},
    declared('GitHub App issue-board'),
  ],
  [
    'GitHub vouches for runs, and is not connected',
    [provider('token.actions.githubusercontent.com', 'oidc')],
    'fail',
  ],
  ['a role lets a strange account in', [roles(stranger), accounts('ACTIVE')], 'fail'],
  [
    'a role lets a strange account in that is declared',
    [roles(stranger), accounts('ACTIVE')],
    'pass',
    {},
    {},
    declared('AWS account 999988887777'),
  ],
  [
    'a role lets in whoever is of its own organisation',
    [roles('211122223333'), accounts('ACTIVE', 'ACTIVE')],
    'not-applicable',
  ],
  [
    'a role lets somebody in, and accounts were refused',
    denied([roles(stranger), accounts('ACTIVE')], 'aws/accounts'),
    'no-data',
  ],
  ['a role lets somebody in, and accounts are not due', [roles(stranger)], 'no-data'],
  ['an account of the organisation is suspended', [accounts('ACTIVE', 'SUSPENDED')], 'fail'],
];
