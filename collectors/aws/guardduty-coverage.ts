import { z } from 'zod';
import { SensorCoverage } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachDetector, type OfDetector } from './guardduty-detectors.ts';
import { pagedBy } from './pages.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  ResourceId: z.string().min(1),
  AccountId: z.string(),
  ResourceDetails: z
    .object({ Ec2InstanceDetails: z.object({ InstanceId: z.string().min(1) }).optional() })
    .optional(),
  CoverageStatus: z.enum(['HEALTHY', 'UNHEALTHY']).optional(),
  Issue: z.string().optional(),
  UpdatedAt: z.iso.datetime().optional(),
});

const equals = (CriterionKey: string, value: string) => ({
  CriterionKey,
  FilterCondition: { Equals: [value] },
});

/** On which machines GuardDuty's agent watches what runs, and on which it should and does not. */
export const guarddutyCoverage = dataset.state({
  id: 'aws/guardduty-coverage',
  title: 'Coverage of machines by GuardDuty',
  docs: 'https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ListCoverage.html',
  permissions: ['guardduty:ListCoverage'],
  personal: [],
  speaks: [
    speaks(SensorCoverage, ['cloudAccount', 'region', 'resource', 'healthy', 'because', 'toldAt'], {
      lists: true,
    }),
  ],
  each: eachDetector,
  requests: (_scope, { id, cloudAccount, region }) => [
    {
      service: 'guardduty',
      operation: 'ListCoverage',
      input: {
        DetectorId: id,
        // The most that are in a page: https://docs.aws.amazon.com/guardduty/latest/APIReference/API_ListCoverage.html
        MaxResults: 50,
        // Who looks after others would be told of them all.
        FilterCriteria: {
          FilterCriterion: [equals('ACCOUNT_ID', cloudAccount), equals('RESOURCE_TYPE', 'EC2')],
        },
      },
      account: cloudAccount,
      region,
      paging: pagedBy.nextToken,
    },
  ],
  lists: [
    dataset.list('/Resources', Item, (covered, { parent }: OfDetector) => {
      const { ResourceId, AccountId, ResourceDetails, CoverageStatus, Issue, UpdatedAt } = covered;
      const reason = 'AWS does not tell it';
      return [
        SensorCoverage.record({
          id: ResourceId,
          cloudAccount: AccountId,
          region: parent.region,
          resource: known(ResourceDetails?.Ec2InstanceDetails?.InstanceId, reason),
          healthy: known(CoverageStatus && CoverageStatus === 'HEALTHY', reason),
          because: known(Issue, reason),
          toldAt: known(UpdatedAt, reason),
        }),
      ];
    }),
  ],
});
