import { z } from 'zod';
import { Alert } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { dataset } from './scope.ts';
import { eachHub, type OfHub } from './security-hubs.ts';

const words = {
  CRITICAL: 'critical',
  HIGH: 'high',
  MEDIUM: 'medium',
  LOW: 'low',
  INFORMATIONAL: 'informational',
} as const;

const Item = z.object({
  Id: z.string().min(1),
  AwsAccountId: z.string(),
  Region: z.string().optional(),
  Title: z.string().optional(),
  Severity: z
    .object({ Label: z.enum(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW', 'INFORMATIONAL']).optional() })
    .optional(),
  FirstObservedAt: z.iso.datetime({ offset: true }).optional(),
  Resources: z.array(z.object({ Id: z.string() })).min(1),
});

const equals = (Value: string) => [{ Comparison: 'EQUALS', Value }];
const open = {
  ComplianceStatus: equals('FAILED'),
  RecordState: equals('ACTIVE'),
  WorkflowStatus: [...equals('NEW'), ...equals('NOTIFIED')],
};

/**
 * What Security Hub found wrong and nobody has settled: of each account its own, not those it looks after. What a finding
 * tells of a thing may hold its environment, which is never kept.
 */
export const securityHubFindings = dataset.state({
  id: 'aws/security-hub-findings',
  title: 'Failed checks of Security Hub',
  docs: 'https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_GetFindings.html',
  permissions: ['securityhub:GetFindings'],
  tier: 'full',
  personal: ['account names'],
  secrets: ['/Findings/*/Resources/*/Details'],
  speaks: [speaks(Alert, ['cloudAccount', 'region', 'resource', 'type', 'name', 'severity', 'openedAt'])],
  each: eachHub,
  requests: (_scope, { cloudAccount, region }) => [
    {
      service: 'securityhub',
      operation: 'GetFindings',
      input: { MaxResults: 100, Filters: { ...open, AwsAccountId: equals(cloudAccount) } },
      account: cloudAccount,
      region,
      paging: pagedBy.nextToken,
    },
  ],
  lists: [
    dataset.list('/Findings', Item, (finding, { parent }: OfHub) => {
      const { Id, AwsAccountId, Region = parent.region, Title, Severity, FirstObservedAt } = finding;
      return [
        Alert.record({
          id: Id,
          cloudAccount: AwsAccountId,
          region: Region,
          resource: finding.Resources.map((resource) => resource.Id).join(', '),
          type: 'misconfiguration',
          name: known(Title, 'AWS does not tell it'),
          severity: known(Severity?.Label && words[Severity.Label], 'AWS does not tell it'),
          openedAt: known(
            FirstObservedAt && new Date(FirstObservedAt).toISOString(),
            'AWS does not tell when it was first seen',
          ),
        }),
      ];
    }),
  ],
});
