import { z } from 'zod';
import { ImageRegistry } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  repositoryArn: z.string().min(1),
  repositoryName: z.string().optional(),
  imageTagMutability: z.string().optional(),
  imageScanningConfiguration: z.object({ scanOnPush: z.boolean().optional() }).optional(),
});

/** Where images of containers are kept, and whether each is looked at when it comes. */
export const imageRegistries = dataset.state({
  id: 'aws/image-registries',
  title: 'Registries of images',
  docs: 'https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeRepositories.html',
  permissions: ['ecr:DescribeRepositories'],
  personal: [],
  speaks: [
    speaks(ImageRegistry, ['cloudAccount', 'region', 'name', 'scanOnPush', 'namesFixed'], { lists: true }),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'ecr',
      operation: 'DescribeRepositories',
      input: { maxResults: 1000 },
      paging: pagedBy.lowerNextToken,
    }),
  ],
  lists: [
    dataset.list('/repositories', Item, (repository, { parent }: OfRegion) => {
      const { imageTagMutability: tags, imageScanningConfiguration: scanning } = repository;
      return [
        ImageRegistry.record({
          id: repository.repositoryArn,
          ...placeOf(parent),
          name: known(repository.repositoryName, 'AWS does not tell it'),
          scanOnPush: known(scanning?.scanOnPush, 'AWS does not tell it'),
          // There are words for «all but some», which is not all.
          namesFixed: known(tags === undefined ? undefined : tags === 'IMMUTABLE', 'AWS does not tell it'),
        }),
      ];
    }),
  ],
});
