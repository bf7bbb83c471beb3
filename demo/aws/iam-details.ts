import {
  iamArn,
  type AwsDocument,
  type AwsGroup,
  type AwsInlinePolicy,
  type AwsPolicy,
  type AwsRole,
  type AwsUser,
} from './model.ts';
import { fault, iamPage, type QueryCall } from './operation.ts';
import { vendorDocument } from './vendor-policies.ts';
import type { Answer, Tree } from './wire.ts';

const types = ['User', 'Group', 'Role', 'LocalManagedPolicy', 'AWSManagedPolicy'] as const;
type Type = (typeof types)[number];

interface Entity {
  readonly type: Type;
  readonly tree: () => Tree;
}

/**
 * One listing over users, groups, roles and policies, cut into pages as it comes. Every page carries all four lists.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountAuthorizationDetails.html
 */
export function authorizationDetails(call: QueryCall): Answer {
  const asked = [...call.input]
    .filter(([name]) => name.startsWith('Filter.member.'))
    .map(([, value]) => value);
  const wrong = asked.find((each) => !types.includes(each as Type));
  if (wrong !== undefined)
    return fault(400, 'ValidationError', "Value at 'filter' failed to satisfy constraint: enum value set");
  const entities = entitiesOf(call).filter(({ type }) => asked.length === 0 || asked.includes(type));
  return iamPage(call, entities, (page) => {
    const of = (...wanted: readonly Type[]) =>
      page.filter(({ type }) => wanted.includes(type)).map(({ tree }) => tree());
    return {
      UserDetailList: of('User'),
      GroupDetailList: of('Group'),
      RoleDetailList: of('Role'),
      Policies: of('LocalManagedPolicy', 'AWSManagedPolicy'),
    };
  });
}

function entitiesOf(call: QueryCall): readonly Entity[] {
  const { users, groups, roles, policies } = call.account;
  const attached = [...users, ...groups, ...roles].flatMap(({ attachedPolicies }) => attachedPolicies);
  const attachments = new Map<string, number>();
  for (const arn of attached) attachments.set(arn, (attachments.get(arn) ?? 0) + 1);
  const bounding = new Map<string, number>();
  for (const { boundary } of [...users, ...roles])
    if (boundary !== null) bounding.set(boundary, (bounding.get(boundary) ?? 0) + 1);
  const vendors = [...new Set([...attachments.keys(), ...bounding.keys()])].filter((arn) =>
    arn.includes(':iam::aws:policy/'),
  );
  return [
    ...users.map((user): Entity => ({ type: 'User', tree: () => userTree(call, user) })),
    ...groups.map((group): Entity => ({ type: 'Group', tree: () => groupTree(call, group) })),
    ...roles.map((role): Entity => ({ type: 'Role', tree: () => roleTree(call, role) })),
    ...policies.map((policy): Entity => ({
      type: 'LocalManagedPolicy',
      tree: () => policyTree(call, policy, { attachments, bounding }),
    })),
    ...vendors.map((arn): Entity => ({
      type: 'AWSManagedPolicy',
      tree: () => vendorPolicyTree(arn, { attachments, bounding }),
    })),
  ];
}

/** How many hold each policy, and how many are bounded by it. */
interface Uses {
  readonly attachments: ReadonlyMap<string, number>;
  readonly bounding: ReadonlyMap<string, number>;
}

function userTree({ model, account }: QueryCall, user: AwsUser): Tree {
  return {
    Path: user.path,
    UserName: user.name,
    UserId: user.id,
    Arn: iamArn(model, account.id, `user${user.path}${user.name}`),
    CreateDate: user.createdAt,
    // Users without policies of their own have no such list at all, roles and groups have an empty one.
    UserPolicyList: user.inlinePolicies.length > 0 ? user.inlinePolicies.map(inline) : undefined,
    GroupList: user.groups,
    AttachedManagedPolicies: user.attachedPolicies.map(attachment),
    PermissionsBoundary: boundary(user.boundary),
    Tags: [],
  };
}

function groupTree({ model, account }: QueryCall, group: AwsGroup): Tree {
  return {
    Path: group.path,
    GroupName: group.name,
    GroupId: group.id,
    Arn: iamArn(model, account.id, `group${group.path}${group.name}`),
    CreateDate: group.createdAt,
    GroupPolicyList: group.inlinePolicies.map(inline),
    AttachedManagedPolicies: group.attachedPolicies.map(attachment),
  };
}

function roleTree({ model, account }: QueryCall, role: AwsRole): Tree {
  return {
    Path: role.path,
    RoleName: role.name,
    RoleId: role.id,
    Arn: iamArn(model, account.id, `role${role.path}${role.name}`),
    CreateDate: role.createdAt,
    AssumeRolePolicyDocument: encode(role.trust),
    InstanceProfileList: [],
    RolePolicyList: role.inlinePolicies.map(inline),
    AttachedManagedPolicies: role.attachedPolicies.map(attachment),
    PermissionsBoundary: boundary(role.boundary),
    Tags: [],
    RoleLastUsed: role.lastUsed ? { LastUsedDate: role.lastUsed.at, Region: role.lastUsed.region } : {},
  };
}

function policyTree({ model, account }: QueryCall, policy: AwsPolicy, { attachments, bounding }: Uses): Tree {
  const arn = iamArn(model, account.id, `policy${policy.path}${policy.name}`);
  const inForce = policy.versions.length;
  return {
    PolicyName: policy.name,
    PolicyId: policy.id,
    Arn: arn,
    Path: policy.path,
    DefaultVersionId: `v${inForce}`,
    AttachmentCount: attachments.get(arn) ?? 0,
    PermissionsBoundaryUsageCount: bounding.get(arn) ?? 0,
    IsAttachable: true,
    CreateDate: policy.createdAt,
    UpdateDate: policy.versions.at(-1)?.createdAt ?? policy.createdAt,
    PolicyVersionList: policy.versions
      .map(({ document, createdAt }, n): Tree => ({
        Document: encode(document),
        VersionId: `v${n + 1}`,
        IsDefaultVersion: n + 1 === inForce,
        CreateDate: createdAt,
      }))
      .toReversed(),
  };
}

function vendorPolicyTree(arn: string, { attachments, bounding }: Uses): Tree {
  const name = arn.slice(arn.lastIndexOf('/') + 1);
  const createdAt = '2015-02-06T18:39:48Z';
  const version = {
    Document: encode(vendorDocument(name)),
    VersionId: 'v1',
    IsDefaultVersion: true,
    CreateDate: createdAt,
  };
  return {
    PolicyName: name,
    PolicyId: `ANPA${name.toUpperCase()}`,
    Arn: arn,
    Path: arn.slice(arn.indexOf(':policy') + ':policy'.length, arn.lastIndexOf('/') + 1),
    DefaultVersionId: 'v1',
    AttachmentCount: attachments.get(arn) ?? 0,
    PermissionsBoundaryUsageCount: bounding.get(arn) ?? 0,
    IsAttachable: true,
    CreateDate: createdAt,
    UpdateDate: createdAt,
    PolicyVersionList: [version],
  };
}

function attachment(arn: string): Tree {
  return { PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn };
}

/** Who is not bounded has no such field. */
function boundary(arn: string | null): Tree | undefined {
  if (arn === null) return undefined;
  return { PermissionsBoundaryType: 'PermissionsBoundaryPolicy', PermissionsBoundaryArn: arn };
}

function inline({ name, document }: AwsInlinePolicy): Tree {
  return { PolicyName: name, PolicyDocument: encode(document) };
}

/** Policies travel URL-encoded by RFC 3986, which is stricter than what JavaScript calls a URI component. */
function encode(document: AwsDocument): string {
  return encodeURIComponent(JSON.stringify(document)).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
