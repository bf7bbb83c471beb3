import { z } from 'zod';
import { PolicyAttachment } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachOrganizationPolicy, type OfOrganizationPolicy } from './organization-policies.ts';
import { pagedBy } from './pages.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  TargetId: z.string().min(1),
  Type: z.string().optional(),
  Name: z.string().optional(),
});

/** For which accounts, and which parts of the organisation, each policy holds. */
export const organizationPolicyTargets = dataset.state({
  id: 'aws/organization-policy-targets',
  title: 'Targets of policies of the organisation',
  docs: 'https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListTargetsForPolicy.html',
  permissions: ['organizations:ListTargetsForPolicy'],
  personal: [],
  speaks: [speaks(PolicyAttachment, ['policy', 'holder', 'holderType', 'name'])],
  each: eachOrganizationPolicy,
  requests: (_scope, { id }) => [
    {
      service: 'organizations',
      operation: 'ListTargetsForPolicy',
      input: { PolicyId: id },
      account: null,
      paging: pagedBy.nextToken,
    },
  ],
  lists: [
    dataset.list('/Targets', Item, ({ TargetId, Type, Name }, { parent }: OfOrganizationPolicy) => [
      PolicyAttachment.record({
        id: `${parent.id}|${TargetId}`,
        policy: parent.id,
        holder: TargetId,
        holderType: known(Type, 'AWS does not tell it'),
        name: known(Name, 'AWS does not tell it'),
      }),
    ]),
  ],
});
