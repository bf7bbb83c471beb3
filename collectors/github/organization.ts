import { z } from 'zod';
import { Organization } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { requirementAt } from './managed.ts';
import { dataset, single, type Scope } from './scope.ts';

const Item = z.object({
  id: z.int(),
  login: z.string(),
  two_factor_requirement_enabled: z.boolean().nullish(),
  default_repository_permission: z.enum(['none', 'read', 'write', 'admin']).nullish(),
  members_can_create_public_repositories: z.boolean().nullish(),
  members_can_delete_repositories: z.boolean().nullish(),
  members_can_change_repo_visibility: z.boolean().nullish(),
  plan: z.object({ name: z.string() }).nullish(),
});

const hidden =
  "GitHub shows it only to an organisation owner's token (grant: Organization administration: read)";

/** Whether something belongs to the organisation that is read. GitHub tells names of any case apart by nothing. */
export const isOf = (owner: string, { organization }: Scope) =>
  owner.toLowerCase() === organization.toLowerCase();

/** The request that others ask for a second fact. */
export const organizationRequest = ({ organization }: Scope) => single('/orgs/{org}', { org: organization });

/** Settings of the organisation. To a caller who is no owner GitHub answers 200 with null, or leaves fields out. */
export const organization = dataset.state({
  id: 'github/organization',
  title: 'Organisation settings',
  docs: 'https://docs.github.com/rest/orgs/orgs#get-an-organization',
  permissions: ['Organization administration: read'],
  tier: 'insurance-mfa',
  personal: ['e-mail addresses'],
  speaks: [
    speaks(
      Organization,
      [
        'name',
        'mfaRequired',
        'basePermission',
        'membersCanCreatePublicRepositories',
        'membersCanDeleteRepositories',
        'membersCanChangeRepositoryVisibility',
        'plan',
      ],
      { lists: true },
    ),
  ],
  requests: (scope) => [organizationRequest(scope)],
  lists: [
    dataset.one('', Item, (item, { scope }) => {
      if (!isOf(item.login, scope)) throw new Error('the answer is about another organisation');
      return [
        Organization.record({
          id: String(item.id),
          name: item.login,
          mfaRequired:
            typeof item.two_factor_requirement_enabled === 'boolean'
              ? requirementAt(item.two_factor_requirement_enabled, scope)
              : { unknown: hidden },
          basePermission: known(item.default_repository_permission, hidden),
          membersCanCreatePublicRepositories: known(item.members_can_create_public_repositories, hidden),
          membersCanDeleteRepositories: known(item.members_can_delete_repositories, hidden),
          membersCanChangeRepositoryVisibility: known(item.members_can_change_repo_visibility, hidden),
          plan: known(item.plan?.name, hidden),
        }),
      ];
    }),
  ],
});

const Planned = z.object({ plan: z.object({ name: z.string() }).nullish() });

/** Whether the organisation has the plan that some end points belong to. It is shown to owners. */
export const enterprisePlan = {
  what: 'the plan of the organisation',
  request: organizationRequest,
  has: (value: unknown) => {
    const plan = Planned.safeParse(value).data?.plan;
    return plan ? plan.name === 'enterprise' : null;
  },
};

/**
 * Whether the caller sees what only an owner sees. The 2FA filters are for owners; this shows that an empty answer to
 * one of them is a fact and not a courtesy.
 */
export const ownersSight = {
  what: 'the two-factor setting of the organisation',
  request: organizationRequest,
  seen: (value: unknown) => typeof Item.safeParse(value).data?.two_factor_requirement_enabled === 'boolean',
};
