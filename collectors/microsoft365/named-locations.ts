import { z } from 'zod';
import { NamedLocation } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

const common = { id: z.string().min(1), displayName: z.string().nullish() };
const Item = z.discriminatedUnion('@odata.type', [
  z.object({
    ...common,
    '@odata.type': z.literal('#microsoft.graph.ipNamedLocation'),
    isTrusted: z.boolean().nullish(),
    ipRanges: z.array(z.object({ cidrAddress: z.string() })).nullish(),
  }),
  z.object({
    ...common,
    '@odata.type': z.literal('#microsoft.graph.countryNamedLocation'),
    countriesAndRegions: z.array(z.string()).nullish(),
    includeUnknownCountriesAndRegions: z.boolean().nullish(),
  }),
]);

/** Places that conditional access refers to. Of a kind that nobody knows yet, one is not passed over but rejected. */
export const namedLocations = dataset.state({
  id: 'microsoft365/named-locations',
  title: 'Named locations',
  docs: 'https://learn.microsoft.com/graph/api/conditionalaccessroot-list-namedlocations',
  permissions: ['Policy.Read.All'],
  tier: 'insurance-mfa',
  personal: ['IP addresses'],
  speaks: [
    speaks(NamedLocation, ['name', 'type', 'trusted', 'ranges', 'countries', 'unknownCountries'], {
      lists: true,
    }),
  ],
  requests: () => [listing('/identity/conditionalAccess/namedLocations')],
  lists: [
    dataset.list('/value', Item, (item) => {
      const said = { id: item.id, name: known(item.displayName, silent) };
      if (item['@odata.type'] === '#microsoft.graph.ipNamedLocation')
        return [
          NamedLocation.record({
            ...said,
            type: 'addresses',
            trusted: known(item.isTrusted, silent),
            ranges: known(
              item.ipRanges?.map(({ cidrAddress }) => cidrAddress),
              silent,
            ),
          }),
        ];
      return [
        NamedLocation.record({
          ...said,
          type: 'countries',
          // Countries cannot be trusted: https://learn.microsoft.com/graph/api/resources/countrynamedlocation
          trusted: false,
          countries: known(item.countriesAndRegions, silent),
          unknownCountries: known(item.includeUnknownCountriesAndRegions, silent),
        }),
      ];
    }),
  ],
});
