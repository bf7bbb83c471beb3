import { fault, type JsonCall } from './operation.ts';
import { besides, listing, one, regionOf, thingsIn, tokens } from './regional.ts';
import type { Answer, Tree } from './wire.ts';

type Operations = Readonly<Record<string, (call: JsonCall) => Answer>>;

export const configOperations: Operations = {
  DescribeConfigurationRecorders: (call) => ({
    result: { ConfigurationRecorders: thingsIn(call, 'configRecorders') as Tree },
  }),
  DescribeConfigurationRecorderStatus: (call) => ({
    result: { ConfigurationRecordersStatus: thingsIn(call, 'configRecorderStatus') as Tree },
  }),
};

export const guarddutyOperations: Operations = {
  ListDetectors: listing('detectors', tokens.lowerNextToken, (items) => ({ detectorIds: items }), {
    told: ({ detectorId }) => String(detectorId),
  }),
  GetDetector: one(
    'detectors',
    { field: 'detectorId', asked: 'detector', missing: 'BadRequestException' },
    (thing) => besides(thing, 'detectorId'),
  ),
};

const hubArn = ({ model, region, account }: JsonCall) =>
  `arn:${model.partition}:securityhub:${region}:${account.id}:hub/default`;

/** https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_DescribeHub.html: the word for those who may not, too. */
function subscribed(answer: (call: JsonCall) => Answer): (call: JsonCall) => Answer {
  return (call) =>
    regionOf(call)?.securityHub === true
      ? answer(call)
      : fault(
          401,
          'InvalidAccessException',
          `Account ${call.account.id} is not subscribed to AWS Security Hub`,
        );
}

export const securityhubOperations: Operations = {
  DescribeHub: subscribed((call) => ({
    result: { HubArn: hubArn(call), SubscribedAt: call.account.joinedAt, AutoEnableControls: true },
  })),
  GetEnabledStandards: subscribed(
    listing('standards', tokens.nextToken, (items) => ({ StandardsSubscriptions: items })),
  ),
  GetFindings: subscribed(listing('failedChecks', tokens.nextToken, (items) => ({ Findings: items }))),
};

export const accessAnalyzerOperations: Operations = {
  ListAnalyzers: listing('accessAnalyzers', tokens.lowerNextToken, (items) => ({ analyzers: items })),
  ListFindingsV2: (call) =>
    thingsIn(call, 'accessAnalyzers').some(({ arn }) => arn === call.input['analyzerArn'])
      ? listing('accessFindings', tokens.lowerNextToken, (items) => ({ findings: items }))(call)
      : fault(404, 'ResourceNotFoundException', 'The analyzer does not exist'),
};

export const inspectorOperations: Operations = {
  // https://docs.aws.amazon.com/inspector/v2/APIReference/API_BatchGetAccountStatus.html
  BatchGetAccountStatus(call) {
    const status = regionOf(call)?.inspector === true ? 'ENABLED' : 'DISABLED';
    const state = { status, errorCode: 'ALREADY_ENABLED', errorMessage: '' };
    const resourceState = { ec2: state, ecr: state, lambda: state };
    return {
      result: { accounts: [{ accountId: call.account.id, state, resourceState }], failedAccounts: [] },
    };
  },
  ListCoverage: (call) =>
    regionOf(call)?.inspector === true
      ? listing('inspectedThings', tokens.lowerNextToken, (items) => ({ coveredResources: items }))(call)
      : fault(403, 'AccessDeniedException', 'Invoking account does not have access'),
};

export const accountOperations: Operations = {
  GetAlternateContact: ({ account }) =>
    account.securityContact
      ? {
          result: {
            AlternateContact: {
              AlternateContactType: 'SECURITY',
              EmailAddress: account.email,
              Name: 'Security Desk',
              PhoneNumber: '+1 555 0100',
              Title: 'Security',
            },
          },
        }
      : fault(404, 'ResourceNotFoundException', 'No contact of the inputted alternate contact type found.'),
};
