import { z } from 'zod';
import { WebAcl } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

/** Where those for distributions are asked for: https://docs.aws.amazon.com/waf/latest/APIReference/API_ListWebACLs.html */
const home = 'us-east-1';

const Item = z.object({ ARN: z.string().min(1), Name: z.string().optional() });

/** Rules of requests that the application firewall knows. What stands behind which is told of what stands there. */
export const webAcls = dataset.state({
  id: 'aws/web-acls',
  title: 'Web ACLs',
  docs: 'https://docs.aws.amazon.com/waf/latest/APIReference/API_ListWebACLs.html',
  permissions: ['wafv2:ListWebACLs'],
  personal: [],
  speaks: [speaks(WebAcl, ['cloudAccount', 'region', 'name', 'for'], { lists: true })],
  each: eachRegion,
  requests: (_scope, region) =>
    (region.name === home ? ['REGIONAL', 'CLOUDFRONT'] : ['REGIONAL']).map((Scope) =>
      inRegion(region, {
        service: 'wafv2',
        operation: 'ListWebACLs',
        input: { Scope, Limit: 100 },
        paging: { out: 'NextMarker', in: 'NextMarker' },
      }),
    ),
  lists: [
    dataset.list('/WebACLs', Item, ({ ARN, Name }, { parent }: OfRegion) => [
      WebAcl.record({
        id: ARN,
        ...placeOf(parent),
        name: known(Name, 'AWS does not tell it'),
        for: scopeOf(ARN),
      }),
    ]),
  ],
});

/** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awswafv2.html */
function scopeOf(arn: string): 'region' | 'distributions' | Unknown {
  const [, scope] = /^arn:[^:]+:wafv2:[^:]+:\d{12}:([a-z]+)\/webacl\//.exec(arn) ?? [];
  if (scope === 'regional') return 'region';
  return scope === 'global' ? 'distributions' : { unknown: 'its ARN does not say what it is for' };
}
