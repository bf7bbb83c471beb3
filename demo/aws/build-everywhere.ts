import type { Making } from './build-account.ts';
import type { AwsThings } from './cloud-model.ts';

/** What stands in each region of a company that is careful: a network that is watched, and what looks after it. */
export function everywhere(
  { chance, ago, partition }: Making,
  account: string,
  region: string,
): Partial<AwsThings> {
  const id = (prefix: string, what: string) => `${prefix}-${chance.hex(`${account}/${region}/${what}`, 17)}`;
  const arn = (service: string, what: string) => `arn:${partition}:${service}:${region}:${account}:${what}`;
  const vpc = id('vpc', 'default');
  const standard = 'aws-foundational-security-best-practices/v/1.0.0';
  return {
    vpcs: [{ vpcId: vpc, ownerId: account, isDefault: true, cidrBlock: '172.31.0.0/16' }],
    flowLogs: [
      {
        flowLogId: id('fl', 'default'),
        resourceId: vpc,
        flowLogStatus: 'ACTIVE',
        deliverLogsStatus: 'SUCCESS',
        trafficType: 'ALL',
      },
    ],
    securityGroups: [
      {
        ownerId: account,
        groupId: id('sg', 'default'),
        groupName: 'default',
        vpcId: vpc,
        ipPermissions: '',
      },
    ],
    configRecorders: [
      { name: 'default', recordingGroup: { allSupported: true, includeGlobalResourceTypes: true } },
    ],
    configRecorderStatus: [{ name: 'default', recording: true, lastStatus: 'SUCCESS' }],
    detectors: [
      {
        detectorId: chance.hex(`${account}/${region}/detector`, 32),
        status: 'ENABLED',
        serviceRole: arn('iam', 'role/aws-service-role/guardduty'),
        createdAt: ago(300),
        features: [
          { name: 'CLOUD_TRAIL', status: 'ENABLED' },
          { name: 'S3_DATA_EVENTS', status: 'ENABLED' },
        ],
      },
    ],
    standards: [
      {
        StandardsSubscriptionArn: arn('securityhub', `subscription/${standard}`),
        StandardsArn: `arn:${partition}:securityhub:${region}::standards/${standard}`,
        StandardsInput: {},
        StandardsStatus: 'READY',
      },
    ],
    logGroups: [
      {
        logGroupName: 'traffic',
        arn: arn('logs', 'log-group:traffic:*'),
        retentionInDays: 400,
        logGroupClass: 'STANDARD',
      },
    ],
    accessAnalyzers: [
      {
        arn: arn('access-analyzer', 'analyzer/account'),
        name: 'account',
        type: 'ACCOUNT',
        status: 'ACTIVE',
        createdAt: ago(300),
      },
    ],
  };
}
