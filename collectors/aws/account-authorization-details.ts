import { z } from 'zod';
import type { Emission } from '../../evidence-model/kind.ts';
import { Account, Group, Policy, Role } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { summaryCount, summaryRequest } from './account-summary.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset } from './scope.ts';

const Inline = z.array(z.object({ PolicyName: z.string(), PolicyDocument: z.string() }));
const Attached = z.array(z.object({ PolicyName: z.string() }));

const principal = {
  Arn: z.string().min(1),
  CreateDate: z.iso.datetime().optional(),
  AttachedManagedPolicies: Attached,
};
const User = z.object({
  ...principal,
  UserName: z.string(),
  GroupList: z.array(z.string()).optional(),
  // AWS leaves it out for users without any, and for nobody else.
  UserPolicyList: Inline.default([]),
});
const GroupDetail = z.object({ ...principal, GroupName: z.string(), GroupPolicyList: Inline });
const RoleDetail = z.object({ ...principal, RoleName: z.string(), RolePolicyList: Inline });
const ManagedPolicy = z.object({
  Arn: z.string().min(1),
  PolicyName: z.string().optional(),
  AttachmentCount: z.int().optional(),
  PolicyVersionList: z.array(z.object({ IsDefaultVersion: z.boolean(), Document: z.string().optional() })),
});

/** Users, groups and roles with what is attached to them, and every policy that was written in the account itself. */
export const accountAuthorizationDetails = dataset.state({
  id: 'aws/account-authorization-details',
  title: 'Account authorization details',
  docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html',
  permissions: ['iam:GetAccountAuthorizationDetails', 'iam:GetAccountSummary'],
  personal: ['account names', 'times of use'],
  speaks: [
    speaks(Account, ['name', 'cloudAccount', 'root', 'attachedPolicies', 'groups'], { lists: true }),
    speaks(Role, ['cloudAccount', 'name', 'createdAt', 'attachedPolicies'], { lists: true }),
    speaks(Group, ['cloudAccount', 'name', 'createdAt', 'attachedPolicies'], { lists: true }),
    speaks(Policy, ['cloudAccount', 'name', 'type', 'attachments', 'document'], { lists: true }),
  ],
  each: activeAccounts,
  requests: (_scope, { id }) => [
    {
      service: 'iam',
      operation: 'GetAccountAuthorizationDetails',
      // IAM gives 100 by itself, of the 1000 that it allows; and fewer than asked for where they are large.
      input: { Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy'], MaxItems: 500 },
      account: id,
      paging: { out: 'Marker', in: 'Marker', more: 'IsTruncated' },
    },
  ],
  count: {
    what: 'the account summary (its users, groups and roles)',
    request: (_scope, { id }) => summaryRequest(id),
    of: (value) => summaryCount(value, ['Users', 'Groups', 'Roles']),
  },
  lists: [
    dataset.list('/UserDetailList', User, (user, { parent }: OfAccount) => {
      const { Arn, UserName, GroupList, UserPolicyList } = user;
      return [
        Account.record({
          id: Arn,
          name: UserName,
          cloudAccount: parent.id,
          root: false,
          attachedPolicies: names(user.AttachedManagedPolicies, UserPolicyList),
          groups: known(GroupList, 'AWS does not tell it'),
        }),
        ...inlinePolicies(Arn, UserPolicyList, parent.id),
      ];
    }),
    dataset.list('/GroupDetailList', GroupDetail, (group, { parent }: OfAccount) => [
      Group.record({
        id: group.Arn,
        cloudAccount: parent.id,
        name: group.GroupName,
        createdAt: known(group.CreateDate, 'AWS does not tell it'),
        attachedPolicies: names(group.AttachedManagedPolicies, group.GroupPolicyList),
      }),
      ...inlinePolicies(group.Arn, group.GroupPolicyList, parent.id),
    ]),
    dataset.list('/RoleDetailList', RoleDetail, (role, { parent }: OfAccount) => [
      Role.record({
        id: role.Arn,
        cloudAccount: parent.id,
        name: role.RoleName,
        createdAt: known(role.CreateDate, 'AWS does not tell it'),
        attachedPolicies: names(role.AttachedManagedPolicies, role.RolePolicyList),
      }),
      ...inlinePolicies(role.Arn, role.RolePolicyList, parent.id),
    ]),
    dataset.list(
      '/Policies',
      ManagedPolicy,
      ({ Arn, PolicyName, AttachmentCount, PolicyVersionList }, { parent }: OfAccount) => {
        const inForce = PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document;
        return [
          Policy.record({
            id: Arn,
            cloudAccount: parent.id,
            name: known(PolicyName, 'AWS does not tell it'),
            type: 'managed',
            attachments: known(AttachmentCount, 'AWS does not tell it'),
            document:
              inForce === undefined
                ? { unknown: 'AWS does not show the version in force' }
                : documentOf(inForce),
          }),
        ];
      },
      { counted: false }, // the summary counts policies in another way
    ),
  ],
});

/** What is attached directly, written in place or not. */
function names(attached: z.output<typeof Attached>, inline: z.output<typeof Inline>): string[] {
  return [...attached, ...inline].map(({ PolicyName }) => PolicyName);
}

/** A policy that is written in place belongs to its holder alone, and has no ARN of its own. */
function inlinePolicies(holder: string, inline: z.output<typeof Inline>, cloudAccount: string): Emission[] {
  return inline.map(({ PolicyName, PolicyDocument }) =>
    Policy.record({
      id: `${holder}|${PolicyName}`,
      cloudAccount,
      name: PolicyName,
      type: 'inline',
      attachments: 1,
      document: documentOf(PolicyDocument),
    }),
  );
}

/** AWS writes policies URL-encoded (RFC 3986). One that cannot be read makes its item a reject. */
function documentOf(encoded: string): unknown {
  return JSON.parse(decodeURIComponent(encoded));
}
