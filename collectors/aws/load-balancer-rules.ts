import { z } from 'zod';
import { ListenerRule } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { eachPlainListener, type OfPlainListener } from './load-balancer-listeners.ts';
import { pagedBy } from './pages.ts';
import { dataset } from './scope.ts';

const Action = z.object({
  Type: z.string(),
  RedirectConfig: z.object({ Protocol: z.string().optional() }).optional(),
});
const Item = z.object({ RuleArn: z.string().min(1), Actions: z.array(Action).optional() });

/**
 * What listeners that encrypt nothing do with requests. The last rule of each is the one for all others. A header that a
 * rule asks for is often a password, by which CloudFront is known, and never kept.
 */
export const loadBalancerRules = dataset.state({
  id: 'aws/load-balancer-rules',
  title: 'Rules of listeners that encrypt nothing',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeRules.html',
  permissions: ['elasticloadbalancing:DescribeRules'],
  personal: [],
  secrets: ['<HttpHeaderConfig>'],
  speaks: [speaks(ListenerRule, ['listener', 'sendsToTls'], { lists: true })],
  each: eachPlainListener,
  neverEmpty: 'every listener has a rule for what no other is about',
  requests: (_scope, { id, cloudAccount, region }) => [
    {
      service: 'elasticloadbalancing',
      operation: 'DescribeRules',
      input: { ListenerArn: id },
      account: cloudAccount,
      region,
      paging: pagedBy.nextMarker,
    },
  ],
  lists: [
    dataset.list('/Rules', Item, ({ RuleArn, Actions }, { parent }: OfPlainListener) => [
      ListenerRule.record({
        id: RuleArn,
        listener: parent.id,
        sendsToTls: known(Actions && Actions.length > 0 && Actions.every(isRedirect), 'AWS does not tell it'),
      }),
    ]),
  ],
});

/** Without a protocol of its own a redirect keeps that of the request. */
function isRedirect({ Type, RedirectConfig }: z.output<typeof Action>): boolean {
  return Type === 'redirect' && RedirectConfig?.Protocol === 'HTTPS';
}
