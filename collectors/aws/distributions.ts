import { z } from 'zod';
import { Distribution } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset } from './scope.ts';

const Behavior = z.object({ ViewerProtocolPolicy: z.string() });
const Item = z.object({
  ARN: z.string().min(1),
  DomainName: z.string().optional(),
  Enabled: z.boolean().optional(),
  DefaultCacheBehavior: Behavior.optional(),
  CacheBehaviors: z.object({ Quantity: z.int(), Items: z.array(Behavior).optional() }).optional(),
  ViewerCertificate: z
    .object({
      CloudFrontDefaultCertificate: z.boolean().optional(),
      MinimumProtocolVersion: z.string().optional(),
    })
    .optional(),
  WebACLId: z.string().optional(),
});
type Item = z.output<typeof Item>;

const List = z.object({
  DistributionList: z.looseObject({ Quantity: z.int(), Items: z.array(z.unknown()).default([]) }),
});

/**
 * What CloudFront hands on, and how viewers reach it. It stands in no region: each account is asked once. By what it adds
 * to requests, origins often know that it is CloudFront: that is a password, and never kept.
 */
export const distributions = dataset.state({
  id: 'aws/distributions',
  title: 'CloudFront distributions',
  docs: 'https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ListDistributions.html',
  permissions: ['cloudfront:ListDistributions'],
  personal: [],
  secrets: ['<HeaderValue>'],
  speaks: [
    speaks(Distribution, ['cloudAccount', 'name', 'enabled', 'viewerPolicies', 'tlsPolicy', 'webAcl'], {
      lists: true,
    }),
  ],
  each: activeAccounts,
  requests: (_scope, { id }) => [
    {
      service: 'cloudfront',
      operation: 'ListDistributions',
      input: {},
      account: id,
      paging: { out: 'NextMarker', in: 'Marker', more: 'IsTruncated', under: 'DistributionList' },
    },
  ],
  // Where there is none AWS leaves out the list, and says that there are none.
  parse(value) {
    const { DistributionList } = List.parse(value);
    const { Quantity, Items } = DistributionList;
    if (Items.length === 0 && Quantity > 0) throw new Error('there are distributions, and none is shown');
    return { DistributionList };
  },
  lists: [
    dataset.list('/DistributionList/Items', Item, (distribution, { parent }: OfAccount) => {
      const reason = 'AWS does not tell it';
      const { WebACLId } = distribution;
      return [
        Distribution.record({
          id: distribution.ARN,
          cloudAccount: parent.id,
          name: known(distribution.DomainName, reason),
          enabled: known(distribution.Enabled, reason),
          viewerPolicies: viewerPoliciesOf(distribution),
          tlsPolicy: tlsPolicyOf(distribution),
          webAcl: WebACLId === '' ? 'none' : known(WebACLId, reason),
        }),
      ];
    }),
  ],
});

/** Of all parts of it, the one for whatever no other is for first. */
function viewerPoliciesOf({ DefaultCacheBehavior, CacheBehaviors }: Item): string[] | Unknown {
  const others = CacheBehaviors?.Items ?? [];
  return DefaultCacheBehavior && CacheBehaviors?.Quantity === others.length
    ? [DefaultCacheBehavior, ...others].map(({ ViewerProtocolPolicy }) => ViewerProtocolPolicy)
    : { unknown: 'AWS does not tell them of all its parts' };
}

/** https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_ViewerCertificate.html: under its own name, TLSv1. */
function tlsPolicyOf({ ViewerCertificate: certificate }: Item): string | Unknown {
  if (certificate?.CloudFrontDefaultCertificate === true) return 'TLSv1';
  return known(certificate?.MinimumProtocolVersion, 'AWS does not tell it');
}
