import type { Service } from './scope.ts';

interface Pace {
  readonly perSecond: number;
  readonly burst: number;
  readonly width: number;
}

/** Our own restraint, where AWS publishes no limit, as for IAM, or one that is higher. */
const usual: Pace = { perSecond: 20, burst: 20, width: 4 };

/** What AWS publishes below that, of one account and region, for a service or one of its operations. */
const published: Readonly<Record<string, Pace>> = {
  // https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
  'cloudtrail:LookupEvents': { perSecond: 2, burst: 2, width: 1 },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch_limits.html
  cloudwatch: { perSecond: 9, burst: 9, width: 4 },
  // https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_DescribeContinuousBackups.html
  dynamodb: { perSecond: 10, burst: 10, width: 4 },
  // https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html
  'logs:DescribeMetricFilters': { perSecond: 5, burst: 5, width: 4 },
  logs: { perSecond: 10, burst: 10, width: 4 },
  // https://docs.aws.amazon.com/waf/latest/developerguide/limits.html
  wafv2: { perSecond: 5, burst: 5, width: 4 },
  // https://docs.aws.amazon.com/securityhub/1.0/APIReference/Welcome.html
  'securityhub:GetFindings': { perSecond: 3, burst: 6, width: 3 },
  securityhub: { perSecond: 10, burst: 30, width: 4 },
  // https://docs.aws.amazon.com/ec2/latest/devguide/ec2-api-throttling.html (calls without filter or pages)
  ec2: { perSecond: 10, burst: 50, width: 4 },
  // https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html (control plane)
  lambda: { perSecond: 15, burst: 15, width: 4 },
};

/** How fast an operation may be asked, and with which others it shares that. */
export function paceOf(
  service: Service,
  operation: string | null,
): { readonly of: string; readonly pace: Pace } {
  const of = [operation ?? '', service].find((name) => Object.hasOwn(published, name)) ?? service;
  return { of, pace: published[of] ?? usual };
}
