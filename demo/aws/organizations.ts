import { accountOf, type AwsAccount, type AwsOrganization } from './model.ts';
import type { AwsOrganizationPolicy } from './cloud-model.ts';
import { fault, text, tokenPage, type JsonCall } from './operation.ts';
import { slice } from './paging.ts';
import type { Answer, Tree } from './wire.ts';

/** The operations of Organizations. */
export const organizationsOperations: Readonly<Record<string, (call: JsonCall) => Answer>> = {
  DescribeOrganization: within(({ model }, organization) => {
    const id = organization.managementAccount;
    return {
      result: {
        Organization: {
          Id: organization.id,
          Arn: `arn:${model.partition}:organizations::${id}:organization/${organization.id}`,
          FeatureSet: 'ALL',
          MasterAccountArn: `arn:${model.partition}:organizations::${id}:account/${organization.id}/${id}`,
          MasterAccountId: id,
          MasterAccountEmail: accountOf(model, id)?.email,
          AvailablePolicyTypes: [{ Type: 'SERVICE_CONTROL_POLICY', Status: 'ENABLED' }],
        },
      },
    };
  }),

  // https://docs.aws.amazon.com/organizations/latest/APIReference/API_ListAccounts.html
  ListAccounts: managed((call, organization) => {
    const { model, input, pageSize } = call;
    const asked = input['MaxResults'] ?? 20;
    if (typeof asked !== 'number' || asked < 1 || asked > 20)
      return fault(400, 'InvalidInputException', 'You specified an invalid value: MaxResults.');
    const mark = text(input, 'NextToken');
    const page = slice(model.accounts, { mark, size: Math.min(asked, pageSize), question: 'accounts' });
    if (!page) return fault(400, 'InvalidInputException', 'You specified an invalid value: NextToken.');
    const accounts = page.items.map((account) => accountTree(model.partition, organization, account));
    return { result: { Accounts: accounts, ...(page.next === null ? {} : { NextToken: page.next }) } };
  }),

  ListDelegatedAdministrators: managed((call, organization) => {
    const { model } = call;
    const delegated = model.accounts.filter(({ id }) => organization.delegatedAdministrators.includes(id));
    return tokenPage(call, delegated, token, (items) => ({
      DelegatedAdministrators: items.map((each) => accountTree(model.partition, organization, each)),
    }));
  }),
  ListPolicies: managed((call, { policies }) => {
    const { Filter } = call.input;
    const asked = policies.filter(({ type }) => type === Filter);
    return tokenPage(call, asked, token, (items) => ({
      Policies: items.map((each) => summaryTree(call, each)),
    }));
  }),
  DescribePolicy: managed(
    ofPolicy((call, policy) => ({
      result: {
        Policy: { PolicySummary: summaryTree(call, policy), Content: JSON.stringify(policy.document) },
      },
    })),
  ),
  ListTargetsForPolicy: managed(
    ofPolicy((call, { targets }) =>
      tokenPage(call, targets, token, (items) => ({
        Targets: items.map(({ id, type, name }) => ({ TargetId: id, Type: type, Name: name })),
      })),
    ),
  ),
};

const token = { out: 'NextToken', in: 'NextToken', size: 20 };

/** Only the management account and those that it delegated to are told. */
function managed(answer: InOrganization): (call: JsonCall) => Answer {
  return within((call, organization) =>
    [organization.managementAccount, ...organization.delegatedAdministrators].includes(call.principal.account)
      ? answer(call, organization)
      : fault(400, 'AccessDeniedException', "You don't have permissions to access this resource."),
  );
}

function ofPolicy(answer: (call: JsonCall, policy: AwsOrganizationPolicy) => Answer): InOrganization {
  return (call, { policies }) => {
    const found = policies.find(({ id }) => id === call.input['PolicyId']);
    return found
      ? answer(call, found)
      : fault(400, 'PolicyNotFoundException', 'We can’t find a policy with the PolicyId that you specified.');
  };
}

function summaryTree({ model }: JsonCall, { id, name, type, awsManaged }: AwsOrganizationPolicy): Tree {
  const owner = awsManaged ? 'aws' : (model.organization?.managementAccount ?? '');
  return {
    Id: id,
    Arn: `arn:${model.partition}:organizations::${owner}:policy/${type.toLowerCase()}/${id}`,
    Name: name,
    Type: type,
    AwsManaged: awsManaged,
  };
}

type InOrganization = (call: JsonCall, organization: AwsOrganization) => Answer;

function within(answer: InOrganization): (call: JsonCall) => Answer {
  return (call) =>
    call.model.organization
      ? answer(call, call.model.organization)
      : fault(400, 'AWSOrganizationsNotInUseException', 'Your account is not a member of an organization.');
}

function accountTree(partition: string, organization: AwsOrganization, account: AwsAccount): Tree {
  const owner = `arn:${partition}:organizations::${organization.managementAccount}`;
  return {
    Id: account.id,
    Arn: `${owner}:account/${organization.id}/${account.id}`,
    Email: account.email,
    Name: account.name,
    Status: account.status,
    State: account.status,
    JoinedMethod: account.joinedMethod,
    JoinedTimestamp: Date.parse(account.joinedAt) / 1000,
  };
}
