import { z } from 'zod';
import { PersonalToken } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { enterprisePlan, ownersSight } from './organization.ts';
import { dataset, listing, silent, timeOf, timeOrNever } from './scope.ts';

const Item = z.object({
  login: z.string(),
  credential_id: z.int(),
  credential_type: z.enum(['personal access token', 'SSH key', 'OAuth app token', 'GitHub app token']),
  scopes: z.array(z.string()).nullish(),
  credential_authorized_at: z.iso.datetime({ offset: true }).nullish(),
  credential_accessed_at: z.iso.datetime({ offset: true }).nullable().optional(),
  authorized_credential_expires_at: z.iso.datetime({ offset: true }).nullable().optional(),
});

const types = {
  'personal access token': 'classic-token',
  'SSH key': 'ssh-key',
  'OAuth app token': 'app-token',
  'GitHub app token': 'app-token',
} as const;

/** Tokens and keys that people let through single sign-on: the one place where GitHub shows classic tokens. */
export const credentialAuthorizations = dataset.state({
  id: 'github/credential-authorizations',
  title: 'Credentials authorised for single sign-on',
  docs: 'https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#list-saml-sso-authorizations-for-an-organization',
  permissions: ['Organization administration: read'],
  tier: 'full',
  licence: 'GitHub Enterprise Cloud with SAML single sign-on',
  personal: ['account names', 'times of use'],
  speaks: [
    speaks(PersonalToken, ['name', 'type', 'active', 'permissions', 'createdAt', 'expiresAt', 'lastUsedAt'], {
      lists: true,
    }),
  ],
  secrets: [
    'token_last_eight',
    'fingerprint',
    'authorized_credential_note',
    'authorized_credential_title',
  ].map((name) => `/*/${name}`),
  requests: ({ organization }) => [listing('/orgs/{org}/credential-authorizations', { org: organization })],
  lists: [
    dataset.list('', Item, (item) => [
      PersonalToken.record({
        id: `authorized:${item.credential_id}`,
        // GitHub names the account here by its login alone, and logins are renamed.
        name: `of ${item.login}`,
        type: types[item.credential_type],
        active:
          item.credential_type === 'SSH key' || item.authorized_credential_expires_at === null
            ? true
            : { unknown: 'whether it has expired by now is for whoever judges' },
        permissions: known(item.credential_type === 'SSH key' ? [] : item.scopes, silent),
        createdAt: known(timeOf(item.credential_authorized_at), silent),
        expiresAt: known(timeOrNever(item.authorized_credential_expires_at), silent),
        lastUsedAt: known(timeOrNever(item.credential_accessed_at), silent),
      }),
    ]),
  ],
  plan: enterprisePlan,
  probes: [ownersSight],
});
