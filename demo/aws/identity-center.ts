import type { AwsDirectory, AwsPermissionSet } from './cloud-model.ts';
import { fault, tokenPage, type JsonCall } from './operation.ts';
import { tokens } from './regional.ts';
import type { Answer, Tree } from './wire.ts';

type Operations = Readonly<Record<string, (call: JsonCall) => Answer>>;

const token = tokens.nextToken;

/** Only its owner is told what is in it, and only where it stands. */
function within(answer: (call: JsonCall, directory: AwsDirectory) => Answer): (call: JsonCall) => Answer {
  return (call) => {
    const { organization } = call.model;
    const directory = organization?.directory;
    if (!directory || directory.region !== call.region)
      return fault(400, 'ResourceNotFoundException', 'There is no such instance');
    return call.account.id === organization.managementAccount
      ? answer(call, directory)
      : fault(400, 'AccessDeniedException', "You don't have permissions to access this resource.");
  };
}

function ofSet(answer: (call: JsonCall, set: AwsPermissionSet) => Answer): (call: JsonCall) => Answer {
  return within((call, { permissionSets }) => {
    const found = permissionSets.find(({ arn }) => arn === call.input['PermissionSetArn']);
    return found ? answer(call, found) : fault(400, 'ResourceNotFoundException', 'Permission set not found');
  });
}

export const ssoOperations: Operations = {
  // https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_ListInstances.html
  ListInstances: (call) => {
    const { organization } = call.model;
    const directory = organization?.directory;
    const seen = directory?.region === call.region ? [directory] : [];
    return tokenPage(call, seen, token, (items) => ({
      Instances: items.map(({ arn, store }) => ({
        InstanceArn: arn,
        IdentityStoreId: store,
        OwnerAccountId: organization?.managementAccount,
        Status: 'ACTIVE',
      })),
    }));
  },
  ListPermissionSets: within((call, { permissionSets }) =>
    tokenPage(call, permissionSets, token, (items) => ({ PermissionSets: items.map(({ arn }) => arn) })),
  ),
  DescribePermissionSet: ofSet((_call, { arn, name, createdAt }) => ({
    result: {
      PermissionSet: { PermissionSetArn: arn, Name: name, CreatedDate: Date.parse(createdAt) / 1000 },
    },
  })),
  ListManagedPoliciesInPermissionSet: ofSet((call, { managedPolicies }) =>
    tokenPage(call, managedPolicies, token, (items) => ({
      AttachedManagedPolicies: items.map((arn) => ({
        Arn: arn,
        Name: arn.slice(arn.lastIndexOf('/') + 1),
      })),
    })),
  ),
  GetInlinePolicyForPermissionSet: ofSet((_call, { inlinePolicy }) => ({
    result: { InlinePolicy: inlinePolicy === null ? '' : JSON.stringify(inlinePolicy) },
  })),
  ListAccountsForProvisionedPermissionSet: ofSet((call, { assignments }) =>
    tokenPage(call, [...new Set(assignments.map(({ account }) => account))], token, (items) => ({
      AccountIds: items,
    })),
  ),
  ListAccountAssignments: ofSet((call, { arn, assignments }) => {
    const { AccountId } = call.input;
    const here = assignments.filter(({ account }) => account === AccountId);
    return tokenPage(call, here, token, (items) => ({
      AccountAssignments: items.map(({ account, principal, type }) => ({
        AccountId: account,
        PermissionSetArn: arn,
        PrincipalId: principal,
        PrincipalType: type,
      })),
    }));
  }),
};

export const identitystoreOperations: Operations = {
  ListUsers: within((call, { users, store }) =>
    tokenPage(call, users, token, (items) => ({
      Users: items.map(({ id, userName, enabled, issuer }): Tree => ({
        IdentityStoreId: store,
        UserId: id,
        UserName: userName,
        UserStatus: enabled ? 'ENABLED' : 'DISABLED',
        ExternalIds: issuer === null ? undefined : [{ Issuer: issuer, Id: id }],
      })),
    })),
  ),
  ListGroups: within((call, { groups, store }) =>
    tokenPage(call, groups, token, (items) => ({
      Groups: items.map(({ id, name }) => ({ IdentityStoreId: store, GroupId: id, DisplayName: name })),
    })),
  ),
  ListGroupMemberships: within((call, { groups, store }) => {
    const group = groups.find(({ id }) => id === call.input['GroupId']);
    if (!group) return fault(400, 'ResourceNotFoundException', 'GROUP not found.');
    return tokenPage(call, group.members, token, (items) => ({
      GroupMemberships: items.map((UserId) => ({
        IdentityStoreId: store,
        MembershipId: `${group.id}-${UserId}`,
        GroupId: group.id,
        MemberId: { UserId },
      })),
    }));
  }),
};
