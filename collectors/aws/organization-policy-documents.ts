import { z } from 'zod';
import { Guardrail } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { eachOrganizationPolicy, type OfOrganizationPolicy } from './organization-policies.ts';
import { dataset } from './scope.ts';

const Item = z.object({ Content: z.string() });

/** What each policy of the organisation says. */
export const organizationPolicyDocuments = dataset.state({
  id: 'aws/organization-policy-documents',
  title: 'What policies of the organisation say',
  docs: 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_DescribePolicy.html',
  permissions: ['organizations:DescribePolicy'],
  personal: [],
  speaks: [speaks(Guardrail, ['document'])],
  each: eachOrganizationPolicy,
  requests: (_scope, { id }) => [
    { service: 'organizations', operation: 'DescribePolicy', input: { PolicyId: id }, account: null },
  ],
  lists: [
    dataset.one('/Policy', Item, ({ Content }, { parent }: OfOrganizationPolicy) => [
      Guardrail.record({ id: parent.id, document: JSON.parse(Content) as unknown }),
    ]),
  ],
});
