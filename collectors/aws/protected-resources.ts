import { z } from 'zod';
import { ProtectedResource } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  ResourceArn: z.string().min(1),
  ResourceType: z.string().optional(),
  LastBackupTime: z.iso.datetime().optional(),
});

/** What AWS Backup has made copies of, and when it last did. What is copied in another way is not in it. */
export const protectedResources = dataset.state({
  id: 'aws/protected-resources',
  title: 'Protected resources',
  docs: 'https://docs.aws.amazon.com/aws-backup/latest/devguide/API_ListProtectedResources.html',
  permissions: ['backup:ListProtectedResources'],
  personal: [],
  speaks: [
    speaks(ProtectedResource, ['cloudAccount', 'region', 'resource', 'type', 'lastBackupAt'], {
      lists: true,
    }),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, { service: 'backup', operation: 'ListProtectedResources', paging: pagedBy.nextToken }),
  ],
  lists: [
    dataset.list('/Results', Item, ({ ResourceArn, ResourceType, LastBackupTime }, { parent }: OfRegion) => [
      ProtectedResource.record({
        id: ResourceArn,
        ...placeOf(parent),
        resource: idOf(ResourceArn),
        type: known(ResourceType, 'AWS does not tell it'),
        lastBackupAt: known(LastBackupTime, 'AWS does not tell it'),
      }),
    ]),
  ],
});

/** Volumes and machines are known by an id without an ARN around it. */
function idOf(arn: string): string {
  return /^arn:[^:]+:ec2:[^:]*:\d{12}:(?:volume|instance)\/(.+)$/.exec(arn)?.[1] ?? arn;
}
