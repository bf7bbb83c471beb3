import { z } from 'zod';
import { Alert } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachAnalyzer, type OfAnalyzer } from './access-analyzers.ts';
import { pagedBy } from './pages.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  findingType: z.string(),
  resource: z.string().optional(),
  resourceType: z.string().optional(),
  resourceOwnerAccount: z.string().optional(),
  createdAt: z.iso.datetime().optional(),
});

/** What the analyzers found: what somebody outside can get at, and access that nobody uses. */
export const accessAnalyzerFindings = dataset.state({
  id: 'aws/access-analyzer-findings',
  title: 'Findings of access analyzers',
  docs: 'https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_ListFindingsV2.html',
  permissions: ['access-analyzer:ListFindings'],
  tier: 'full',
  personal: ['account names'],
  speaks: [speaks(Alert, ['cloudAccount', 'region', 'resource', 'type', 'name', 'openedAt'])],
  each: eachAnalyzer,
  requests: (_scope, { id, cloudAccount, region }) => [
    {
      service: 'access-analyzer',
      operation: 'ListFindingsV2',
      input: { analyzerArn: id, filter: { status: { eq: ['ACTIVE'] } }, maxResults: 100 },
      account: cloudAccount,
      region,
      paging: pagedBy.lowerNextToken,
    },
  ],
  lists: [
    dataset.list('/findings', Item, (finding, { parent }: OfAnalyzer) => [
      Alert.record({
        id: finding.id,
        cloudAccount: known(finding.resourceOwnerAccount, 'AWS does not tell it'),
        region: parent.region,
        resource: known(finding.resource, 'AWS does not tell it'),
        type: typeOf(finding.findingType),
        name: known(finding.resourceType, 'AWS does not tell it'),
        openedAt: known(finding.createdAt, 'AWS does not tell it'),
      }),
    ]),
  ],
});

function typeOf(word: string): 'access-from-outside' | 'access-from-inside' | 'unused-access' | Unknown {
  if (word === 'ExternalAccess') return 'access-from-outside';
  if (word === 'InternalAccess') return 'access-from-inside';
  return word.startsWith('Unused') ? 'unused-access' : { unknown: 'AWS calls it what is not understood' };
}
