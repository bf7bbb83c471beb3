import { z } from 'zod';
import type { Emission } from '../../evidence-model/kind.ts';
import {
  Account,
  Group,
  Policy,
  Principal,
  Role,
  RoleTrust,
  VendorPolicy,
} from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { summaryCount, summaryRequest } from './account-summary.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset } from './scope.ts';

const Inline = z.array(z.object({ PolicyName: z.string(), PolicyDocument: z.string() }));
const Attached = z.array(z.object({ PolicyName: z.string(), PolicyArn: z.string().min(1) }));

const principal = {
  Arn: z.string().min(1),
  CreateDate: z.iso.datetime().optional(),
  AttachedManagedPolicies: Attached,
  // AWS leaves it out where nothing bounds the holder, and to take it so takes nobody for less than he may be.
  PermissionsBoundary: z.object({ PermissionsBoundaryArn: z.string().min(1) }).optional(),
};
const User = z.object({
  ...principal,
  UserName: z.string(),
  GroupList: z.array(z.string()).optional(),
  // AWS leaves it out for users without any, and for nobody else.
  UserPolicyList: Inline.default([]),
});
const GroupDetail = z.object({ ...principal, GroupName: z.string(), GroupPolicyList: Inline });
const RoleDetail = z.object({
  ...principal,
  RoleName: z.string(),
  RolePolicyList: Inline,
  AssumeRolePolicyDocument: z.string().optional(),
});
const ManagedPolicy = z.object({
  Arn: z.string().min(1),
  PolicyName: z.string().optional(),
  AttachmentCount: z.int().optional(),
  PolicyVersionList: z.array(z.object({ IsDefaultVersion: z.boolean(), Document: z.string().optional() })),
});

/** How many are in a page at most. https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html */
const pageSize = 1000;

/** Users, groups and roles with what was given to them, and every policy that was written in the account or is in use there. */
export const accountAuthorizationDetails = dataset.state({
  id: 'aws/account-authorization-details',
  title: 'Account authorization details',
  docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html',
  permissions: ['iam:GetAccountAuthorizationDetails', 'iam:GetAccountSummary'],
  personal: ['account names', 'times of use'],
  speaks: [
    speaks(Account, ['name', 'cloudAccount', 'root', 'attachedPolicies', 'groups'], { lists: true }),
    speaks(Role, ['cloudAccount', 'name', 'createdAt', 'attachedPolicies'], { lists: true }),
    speaks(Group, ['cloudAccount', 'name', 'createdAt', 'attachedPolicies', 'policies'], { lists: true }),
    speaks(Policy, ['cloudAccount', 'name', 'type', 'attachments', 'document'], { lists: true }),
    speaks(VendorPolicy, ['cloudAccount', 'name', 'document']),
    speaks(Principal, ['cloudAccount', 'name', 'type', 'policies', 'groups', 'boundary'], { lists: true }),
    speaks(RoleTrust, ['cloudAccount', 'name', 'document'], { lists: true }),
  ],
  each: activeAccounts,
  requests: (_scope, { id }) => [
    {
      service: 'iam',
      operation: 'GetAccountAuthorizationDetails',
      input: {
        Filter: ['User', 'Role', 'Group', 'LocalManagedPolicy', 'AWSManagedPolicy'],
        MaxItems: pageSize,
      },
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
        Principal.record({
          id: Arn,
          cloudAccount: parent.id,
          name: UserName,
          type: 'user',
          policies: given(user, UserPolicyList, parent.id),
          groups: known(GroupList, 'AWS does not tell it'),
          boundary: boundaryOf(user, parent.id),
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
        policies: given(group, group.GroupPolicyList, parent.id),
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
      Principal.record({
        id: role.Arn,
        cloudAccount: parent.id,
        name: role.RoleName,
        type: 'role',
        policies: given(role, role.RolePolicyList, parent.id),
        groups: [],
        boundary: boundaryOf(role, parent.id),
      }),
      RoleTrust.record({
        id: role.Arn,
        cloudAccount: parent.id,
        name: role.RoleName,
        document: shown(role.AssumeRolePolicyDocument, 'AWS does not show who may take it on'),
      }),
      ...inlinePolicies(role.Arn, role.RolePolicyList, parent.id),
    ]),
    dataset.list(
      '/Policies',
      ManagedPolicy,
      ({ Arn, PolicyName, AttachmentCount, PolicyVersionList }, { parent }: OfAccount) => {
        const inForce = PolicyVersionList.find(({ IsDefaultVersion }) => IsDefaultVersion)?.Document;
        const told = {
          cloudAccount: parent.id,
          name: known(PolicyName, 'AWS does not tell it'),
          document: shown(inForce, 'AWS does not show the version in force'),
        };
        const id = policyId(Arn, parent.id);
        const attachments = known(AttachmentCount, 'AWS does not tell it');
        return [
          isVendors(Arn)
            ? VendorPolicy.record({ id, ...told })
            : Policy.record({ id, ...told, type: 'managed', attachments }),
        ];
      },
      { counted: false }, // the summary counts policies in another way
    ),
  ],
});

/** What AWS writes is known by one name in all accounts, and read in each. */
function policyId(arn: string, account: string): string {
  return isVendors(arn) ? `${account}|${arn}` : arn;
}

function isVendors(arn: string): boolean {
  return arn.split(':')[4] === 'aws';
}

function inlineId(holder: string, name: string): string {
  return `${holder}|${name}`;
}

type Holder = z.output<z.ZodObject<typeof principal>>;

function given({ Arn, AttachedManagedPolicies }: Holder, inline: z.output<typeof Inline>, account: string) {
  return [
    ...AttachedManagedPolicies.map(({ PolicyArn }) => policyId(PolicyArn, account)),
    ...inline.map(({ PolicyName }) => inlineId(Arn, PolicyName)),
  ];
}

function boundaryOf({ PermissionsBoundary }: Holder, account: string): string {
  return PermissionsBoundary ? policyId(PermissionsBoundary.PermissionsBoundaryArn, account) : 'none';
}

/** What is attached directly, written in place or not. */
function names(attached: z.output<typeof Attached>, inline: z.output<typeof Inline>): string[] {
  return [...attached, ...inline].map(({ PolicyName }) => PolicyName);
}

/** A policy that is written in place belongs to its holder alone, and has no ARN of its own. */
function inlinePolicies(holder: string, inline: z.output<typeof Inline>, cloudAccount: string): Emission[] {
  return inline.map(({ PolicyName, PolicyDocument }) =>
    Policy.record({
      id: inlineId(holder, PolicyName),
      cloudAccount,
      name: PolicyName,
      type: 'inline',
      attachments: 1,
      document: documentOf(PolicyDocument),
    }),
  );
}

function shown(encoded: string | undefined, reason: string): unknown {
  return encoded === undefined ? { unknown: reason } : documentOf(encoded);
}

/** AWS writes policies URL-encoded (RFC 3986). One that cannot be read makes its item a reject. */
function documentOf(encoded: string): unknown {
  return JSON.parse(decodeURIComponent(encoded));
}
