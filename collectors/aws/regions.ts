import { z } from 'zod';
import { CloudRegion } from '../../evidence-model/kinds.ts';
import { type Unknown } from '../../evidence-model/unknown.ts';
import { each, speaks, type Reading } from '../dataset.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset, type Request, type Scope } from './scope.ts';

const Item = z.object({ RegionName: z.string().min(1), OptInStatus: z.string().optional() });

/** The regions that there are for each account, those too that are not switched on and hold nothing. */
export const regions = dataset.state({
  id: 'aws/regions',
  title: 'Regions',
  docs: 'https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_DescribeRegions.html',
  permissions: ['ec2:DescribeRegions'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [speaks(CloudRegion, ['cloudAccount', 'name', 'enabled'], { lists: true })],
  neverEmpty: 'every account has regions that cannot be switched off',
  each: activeAccounts,
  requests: (_scope, { id }) => [
    { service: 'ec2', operation: 'DescribeRegions', input: { AllRegions: true }, account: id },
  ],
  lists: [
    dataset.list('/Regions', Item, ({ RegionName, OptInStatus }, { parent }: OfAccount) => [
      CloudRegion.record({
        id: `${parent.id}|${RegionName}`,
        cloudAccount: parent.id,
        name: RegionName,
        enabled: enabledOf(OptInStatus),
      }),
    ]),
  ],
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Region.html */
function enabledOf(status: string | undefined): boolean | Unknown {
  if (status === 'opt-in-not-required' || status === 'opted-in') return true;
  return status === 'not-opted-in'
    ? false
    : { unknown: 'AWS does not say whether the region is switched on' };
}

/** Asked once for each region of each account that is switched on: what fails in one is open in that one alone. */
export const eachRegion = each(
  regions,
  CloudRegion,
  ['cloudAccount', 'name', 'enabled'],
  ({ enabled }) => enabled,
);

type RegionOf = Parameters<typeof eachRegion.where>[0];

/** What an item of such a question is read with. */
export type OfRegion = Reading<Scope, RegionOf>;

/** The account and the region, as records name them. */
export function placeOf({ cloudAccount, name }: Pick<RegionOf, 'cloudAccount' | 'name'>) {
  return { cloudAccount, region: name };
}

/** A question about a region of an account. */
export function inRegion(
  { cloudAccount, name }: Pick<RegionOf, 'cloudAccount' | 'name'>,
  question: Pick<Request, 'service' | 'operation' | 'paging'> & Partial<Pick<Request, 'input'>>,
): Request {
  return { input: {}, ...question, account: cloudAccount, region: name };
}
