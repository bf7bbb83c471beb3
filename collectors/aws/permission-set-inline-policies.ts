import { z } from 'zod';
import { RoleDocument } from '../../evidence-model/kinds.ts';
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
  speaks: [speaks(RoleDocument, ['role', 'cloudAccount', 'document'], { lists: true })],
  each: eachPermissionSet,
  requests: (_scope, set) => [ofPermissionSet(set, { operation: 'GetInlinePolicyForPermissionSet' })],
  lists: [
    dataset.one('/InlinePolicy', z.string(), (text, { parent }: OfPermissionSet) =>
      text === ''
        ? []
        : [
            RoleDocument.record({
              id: `${parent.id}|inline`,
              role: parent.id,
              cloudAccount: parent.cloudAccount,
              document: JSON.parse(text) as unknown,
            }),
          ],
    ),
  ],
});
