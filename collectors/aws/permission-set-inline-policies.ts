import { z } from 'zod';
import { Policy } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { eachPermissionSet, ofPermissionSet, type OfPermissionSet } from './permission-sets.ts';
import { dataset } from './scope.ts';

/** The policy that is written in each permission set itself. Where none is, AWS says so with an empty text. */
export const permissionSetInlinePolicies = dataset.state({
  id: 'aws/permission-set-inline-policies',
  title: 'What permission sets say themselves',
  docs: 'https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_GetInlinePolicyForPermissionSet.html',
  permissions: ['sso:GetInlinePolicyForPermissionSet'],
  personal: [],
  speaks: [speaks(Policy, ['cloudAccount', 'name', 'type', 'attachments', 'document'])],
  each: eachPermissionSet,
  requests: (_scope, set) => [ofPermissionSet(set, { operation: 'GetInlinePolicyForPermissionSet' })],
  lists: [
    dataset.one('/InlinePolicy', z.string(), (text, { parent }: OfPermissionSet) =>
      text === ''
        ? []
        : [
            Policy.record({
              id: `${parent.id}|inline`,
              cloudAccount: parent.cloudAccount,
              name: 'inline',
              type: 'inline',
              attachments: 1,
              document: JSON.parse(text) as unknown,
            }),
          ],
    ),
  ],
});
