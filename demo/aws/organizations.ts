import { accountOf, type AwsAccount, type AwsOrganization } from './model.ts';
import { fault, text, type JsonCall } from './operation.ts';
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
  ListAccounts: within((call, organization) => {
    const { model, principal, input, pageSize } = call;
    if (
      ![organization.managementAccount, ...organization.delegatedAdministrators].includes(principal.account)
    )
      return fault(400, 'AccessDeniedException', "You don't have permissions to access this resource.");
    const asked = input['MaxResults'] ?? 20;
    if (typeof asked !== 'number' || asked < 1 || asked > 20)
      return fault(400, 'InvalidInputException', 'You specified an invalid value: MaxResults.');
    const mark = text(input, 'NextToken');
    const page = slice(model.accounts, { mark, size: Math.min(asked, pageSize), question: 'accounts' });
    if (!page) return fault(400, 'InvalidInputException', 'You specified an invalid value: NextToken.');
    const accounts = page.items.map((account) => accountTree(model.partition, organization, account));
    return { result: { Accounts: accounts, ...(page.next === null ? {} : { NextToken: page.next }) } };
  }),
};

function within(
  answer: (call: JsonCall, organization: AwsOrganization) => Answer,
): (call: JsonCall) => Answer {
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
