import { z } from 'zod';
import { Guardrail } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({
  Arn: z.string().min(1),
  Id: z.string().min(1),
  Name: z.string().optional(),
  Type: z.string().optional(),
  AwsManaged: z.boolean().optional(),
});

/** The sorts of policy that say what accounts may do, and what may be done to their things. */
const sorts = ['SERVICE_CONTROL_POLICY', 'RESOURCE_CONTROL_POLICY'];

/** What the organisation lets its accounts do at most. */
export const organizationPolicies = dataset.state({
  id: 'aws/organization-policies',
  title: 'Policies of the organisation',
  docs: 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListPolicies.html',
  permissions: ['organizations:ListPolicies'],
  personal: [],
  speaks: [speaks(Guardrail, ['name', 'type', 'builtIn'])],
  requests: () =>
    sorts.map((sort) => ({
      service: 'organizations',
      operation: 'ListPolicies',
      input: { Filter: sort },
      account: null,
      paging: pagedBy.nextToken,
    })),
  lists: [
    dataset.list('/Policies', Item, ({ Id, Name, Type, AwsManaged }) => [
      Guardrail.record({
        id: Id,
        name: known(Name, 'AWS does not tell it'),
        type: known(Type, 'AWS does not tell it'),
        builtIn: known(AwsManaged, 'AWS does not tell it'),
      }),
    ]),
  ],
});

export const eachOrganizationPolicy = each(organizationPolicies, Guardrail, []);
export type OfOrganizationPolicy = Reading<Scope, Parameters<typeof eachOrganizationPolicy.where>[0]>;
