import { z } from 'zod';
import { ScanCoverage } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachInspector, type OfInspector } from './inspector-status.ts';
import { pagedBy } from './pages.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  resourceId: z.string().min(1),
  resourceType: z.string().optional(),
  scanType: z.string(),
  accountId: z.string().min(1),
  scanStatus: z.object({ statusCode: z.enum(['ACTIVE', 'INACTIVE']), reason: z.string() }).optional(),
  lastScannedAt: z.iso.datetime().optional(),
});

const equals = (value: string) => [{ comparison: 'EQUALS', value }];

/** What Inspector looks at, and what it should and cannot. */
export const inspectorCoverage = dataset.state({
  id: 'aws/inspector-coverage',
  title: 'Coverage of Inspector',
  docs: 'https://docs.aws.amazon.com/inspector/v2/APIReference/API_ListCoverage.html',
  permissions: ['inspector2:ListCoverage'],
  personal: [],
  speaks: [
    speaks(
      ScanCoverage,
      [
        ...(['cloudAccount', 'region', 'resource', 'type'] as const),
        ...(['scan', 'scanned', 'because', 'lastScannedAt'] as const),
      ],
      { lists: true },
    ),
  ],
  each: eachInspector,
  requests: (_scope, { cloudAccount, region }) => [
    {
      service: 'inspector2',
      operation: 'ListCoverage',
      // Who looks after others would be told of them all.
      input: { maxResults: 200, filterCriteria: { accountId: equals(cloudAccount) } },
      account: cloudAccount,
      region,
      paging: pagedBy.lowerNextToken,
    },
  ],
  lists: [
    dataset.list('/coveredResources', Item, (covered, { parent }: OfInspector) => {
      const { resourceId, resourceType, scanType, accountId, scanStatus, lastScannedAt } = covered;
      return [
        ScanCoverage.record({
          // One thing may be looked at in several ways.
          id: `${resourceId}|${scanType}`,
          cloudAccount: accountId,
          region: parent.region,
          // A function is named with the version of it that is looked at.
          resource: resourceId.replace(/(:function:[^:]+):\$LATEST$/, '$1'),
          type: known(resourceType, 'AWS does not tell it'),
          scan: scanType,
          scanned: known(scanStatus && scanStatus.statusCode === 'ACTIVE', 'AWS does not tell it'),
          because: known(scanStatus?.reason, 'AWS does not tell it'),
          lastScannedAt: known(lastScannedAt, 'AWS tells of no scan'),
        }),
      ];
    }),
  ],
});
