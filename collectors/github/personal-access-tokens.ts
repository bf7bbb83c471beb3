import { z } from 'zod';
import { PersonalToken } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent, timeOf, timeOrNever } from './scope.ts';

const Levels = z.record(z.string(), z.string()).nullish();
const Item = z.object({
  id: z.int(),
  owner: z.object({ id: z.int() }),
  token_name: z.string().nullish(),
  token_expired: z.boolean().nullish(),
  token_expires_at: z.iso.datetime({ offset: true }).nullable().optional(),
  token_last_used_at: z.iso.datetime({ offset: true }).nullable().optional(),
  access_granted_at: z.iso.datetime({ offset: true }).nullish(),
  repository_selection: z.enum(['none', 'all', 'subset']).nullish(),
  permissions: z.object({ organization: Levels, repository: Levels, other: Levels }).nullish(),
});

const reaches = { all: 'all', subset: 'selected', none: 'none' } as const;

/** Fine-grained tokens of people that may do something in the organisation. GitHub lists them to Apps only. */
export const personalAccessTokens = dataset.state({
  id: 'github/personal-access-tokens',
  title: 'Fine-grained personal access tokens',
  docs: 'https://docs.github.com/rest/orgs/personal-access-tokens#list-fine-grained-personal-access-tokens-with-access-to-organization-resources',
  permissions: ['Organization personal access tokens: read, by a GitHub App'],
  tier: 'full',
  personal: ['account names', 'pictures', 'times of use'],
  speaks: [
    speaks(
      PersonalToken,
      [
        ...(['account', 'name', 'type', 'active', 'mayWrite', 'permissions'] as const),
        ...(['reach', 'createdAt', 'expiresAt', 'lastUsedAt'] as const),
      ],
      { lists: true },
    ),
  ],
  requests: ({ organization }) => [listing('/orgs/{org}/personal-access-tokens', { org: organization })],
  lists: [
    dataset.list('', Item, (item) => {
      const levels =
        item.permissions && Object.values(item.permissions).flatMap((part) => Object.entries(part ?? {}));
      return [
        PersonalToken.record({
          id: `fine-grained:${item.id}`,
          account: String(item.owner.id),
          name: known(item.token_name, silent),
          type: 'fine-grained-token',
          active: known(typeof item.token_expired === 'boolean' ? !item.token_expired : null, silent),
          mayWrite: known(
            levels?.some(([, level]) => level !== 'read'),
            silent,
          ),
          permissions: known(
            levels?.map(([what, level]) => `${what}: ${level}`),
            silent,
          ),
          reach: known(item.repository_selection && reaches[item.repository_selection], silent),
          createdAt: known(timeOf(item.access_granted_at), silent),
          expiresAt: known(timeOrNever(item.token_expires_at), silent),
          lastUsedAt: known(timeOrNever(item.token_last_used_at), silent),
        }),
      ];
    }),
  ],
});
