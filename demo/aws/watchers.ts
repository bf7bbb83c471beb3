import type { AwsThing } from './cloud-model.ts';
import { fault, tokenPage, type JsonCall } from './operation.ts';
import { besides, listing, one, regionOf, thingsIn, tokens } from './regional.ts';
import type { Answer, Tree } from './wire.ts';

type Operations = Readonly<Record<string, (call: JsonCall) => Answer>>;

export const configOperations: Operations = {
  DescribeConfigurationRecorders: (call) => ({
    result: { ConfigurationRecorders: thingsIn(call, 'configRecorders') as Tree },
  }),
  DescribeConfigurationAggregators: listing('configAggregators', tokens.nextToken, (items) => ({
    ConfigurationAggregators: items,
  })),
  DescribeConfigurationRecorderStatus: (call) => ({
    result: { ConfigurationRecordersStatus: thingsIn(call, 'configRecorderStatus') as Tree },
  }),
};

export const logsOperations: Operations = {
  DescribeLogGroups: listing('logGroups', { ...tokens.lowerNextToken, size: 50 }, (items) => ({
    logGroups: items,
  })),
  DescribeMetricFilters: listing('metricFilters', { ...tokens.lowerNextToken, size: 50 }, (items) => ({
    metricFilters: items,
  })),
};

export const cloudwatchOperations: Operations = {
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_DescribeAlarms.html
  DescribeAlarms(call) {
    const metric = thingsIn(call, 'alarms');
    const all = [...metric, ...thingsIn(call, 'compositeAlarms')] as readonly Tree[];
    return tokenPage(call, all, tokens.nextToken, (page) => ({
      MetricAlarms: page.filter((each) => metric.includes(each as AwsThing)),
      CompositeAlarms: page.filter((each) => !metric.includes(each as AwsThing)),
    }));
  },
};

export const snsOperations: Operations = {
  ListTopics: listing('topics', tokens.nextToken, (items) => ({ Topics: items }), {
    told: ({ TopicArn }) => ({ TopicArn: String(TopicArn) }),
  }),
  GetTopicAttributes: one(
    'topics',
    { field: 'TopicArn', asked: 'TopicArn', missing: 'NotFound' },
    ({ TopicArn, confirmed, pending }) => ({
      Attributes: new Map([
        ['TopicArn', String(TopicArn)],
        ['SubscriptionsConfirmed', String(confirmed)],
        ['SubscriptionsPending', String(pending)],
        ['SubscriptionsDeleted', '0'],
      ]),
    }),
  ),
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
  ListCoverage: listing('watchedMachines', tokens.lowerNextToken, (items) => ({ resources: items })),
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
