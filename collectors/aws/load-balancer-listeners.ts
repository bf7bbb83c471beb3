import { z } from 'zod';
import { Listener } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { eachLoadBalancer, type OfLoadBalancer } from './load-balancers.ts';
import { pagedBy } from './pages.ts';
import { dataset, type Scope } from './scope.ts';

const Item = z.object({
  ListenerArn: z.string().min(1),
  Port: z.int().optional(),
  Protocol: z.string().optional(),
  SslPolicy: z.string().optional(),
});

/** The ports of each load balancer, and what is asked of those who call there. */
export const loadBalancerListeners = dataset.state({
  id: 'aws/load-balancer-listeners',
  title: 'Listeners of load balancers',
  docs: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_DescribeListeners.html',
  permissions: ['elasticloadbalancing:DescribeListeners'],
  personal: [],
  speaks: [
    speaks(Listener, ['cloudAccount', 'region', 'loadBalancer', 'port', 'protocol', 'tlsPolicy', 'plain'], {
      lists: true,
    }),
  ],
  each: eachLoadBalancer,
  requests: (_scope, { id, cloudAccount, region }) => [
    {
      service: 'elasticloadbalancing',
      operation: 'DescribeListeners',
      input: { LoadBalancerArn: id },
      account: cloudAccount,
      region,
      paging: pagedBy.nextMarker,
    },
  ],
  lists: [
    dataset.list('/Listeners', Item, (listener, { parent }: OfLoadBalancer) => [
      Listener.record({
        id: listener.ListenerArn,
        cloudAccount: parent.cloudAccount,
        region: parent.region,
        loadBalancer: parent.id,
        // A load balancer that hands on everything has neither port nor protocol.
        port: known(listener.Port, 'AWS names no port'),
        protocol: known(listener.Protocol, 'AWS names no protocol'),
        tlsPolicy: policyOf(listener),
        plain: listener.Protocol === 'HTTP',
      }),
    ]),
  ],
});

function policyOf({ Protocol, SslPolicy }: z.output<typeof Item>): string | Unknown {
  if (SslPolicy !== undefined) return SslPolicy;
  const encrypted = Protocol === undefined || Protocol === 'HTTPS' || Protocol === 'TLS';
  return encrypted ? { unknown: 'AWS does not tell it' } : 'none';
}

/** Asked once for each that encrypts nothing. */
export const eachPlainListener = each(
  loadBalancerListeners,
  Listener,
  ['cloudAccount', 'region', 'plain'],
  ({ plain }) => plain,
);
export type OfPlainListener = Reading<Scope, Parameters<typeof eachPlainListener.where>[0]>;
