import { z } from 'zod';
import { Machine } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  ResourceId: z.string().min(1),
  ComplianceType: z.literal('Patch'),
  NonCompliantSummary: z
    .object({
      NonCompliantCount: z.int().optional(),
      SeveritySummary: z
        .object({ CriticalCount: z.int().optional(), UnspecifiedCount: z.int().optional() })
        .optional(),
    })
    .optional(),
  ExecutionSummary: z.object({ ExecutionTime: z.iso.datetime() }).optional(),
});

/**
 * How many patches each machine lacks, as of its last scan. A machine that was never scanned is not in it. It is the
 * listing of all machines: DescribeInstancePatchStates would be asked for fifty at a time, by their names.
 */
export const patchCompliance = dataset.state({
  id: 'aws/patch-compliance',
  title: 'Patches of machines',
  docs: 'https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ListResourceComplianceSummaries.html',
  permissions: ['ssm:ListResourceComplianceSummaries'],
  personal: [],
  speaks: [
    speaks(Machine, [
      ...(['cloudAccount', 'region', 'patchesMissing'] as const),
      ...(['criticalPatchesMissing', 'patchesCheckedAt'] as const),
    ]),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'ssm',
      operation: 'ListResourceComplianceSummaries',
      input: { Filters: [{ Key: 'ComplianceType', Values: ['Patch'], Type: 'EQUAL' }], MaxResults: 50 },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/ResourceComplianceSummaryItems', Item, (summary, { parent }: OfRegion) => [
      Machine.record({
        id: summary.ResourceId,
        ...placeOf(parent),
        patchesMissing: known(summary.NonCompliantSummary?.NonCompliantCount, 'AWS does not tell it'),
        criticalPatchesMissing: known(
          criticalOf(summary.NonCompliantSummary),
          'AWS does not tell how severe they are',
        ),
        patchesCheckedAt: known(summary.ExecutionSummary?.ExecutionTime, 'AWS does not tell it'),
      }),
    ]),
  ],
});

/**
 * How severe a patch is the baseline says, and those that AWS gives by default say it of none, so that there may be
 * critical ones among the unspecified. https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_SeveritySummary.html
 */
function criticalOf(missing: z.output<typeof Item>['NonCompliantSummary']): number | undefined {
  // Where none is missing, none of those is critical.
  if (missing?.NonCompliantCount === 0) return 0;
  const { CriticalCount, UnspecifiedCount } = missing?.SeveritySummary ?? {};
  return CriticalCount === 0 && UnspecifiedCount !== 0 ? undefined : CriticalCount;
}
