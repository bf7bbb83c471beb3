import { z } from 'zod';
import { Secret } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { pagedBy } from './pages.ts';
import { eachRegion, inRegion, placeOf, type OfRegion } from './regions.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  ARN: z.string().min(1),
  RotationEnabled: z.boolean().optional(),
  RotationRules: z.object({ AutomaticallyAfterDays: z.int().optional() }).optional(),
  LastRotatedDate: z.iso.datetime().optional(),
  LastChangedDate: z.iso.datetime().optional(),
  LastAccessedDate: z.iso.datetime().optional(),
});

/** Secrets that AWS keeps for programs: whether and when they are exchanged. What they are is never asked for. */
export const secrets = dataset.state({
  id: 'aws/secrets',
  title: 'Secrets',
  docs: 'https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_ListSecrets.html',
  permissions: ['secretsmanager:ListSecrets'],
  tier: 'full',
  personal: [],
  // What somebody wrote about a secret says whose it is, or worse.
  secrets: ['/SecretList/*/Description', '/SecretList/*/Tags/*/Value'],
  speaks: [
    speaks(
      Secret,
      ['cloudAccount', 'region', 'rotated', 'rotationDays', 'rotatedAt', 'changedAt', 'lastUsedAt'],
      { lists: true },
    ),
  ],
  each: eachRegion,
  requests: (_scope, region) => [
    inRegion(region, {
      service: 'secretsmanager',
      operation: 'ListSecrets',
      input: { MaxResults: 100 },
      paging: pagedBy.nextToken,
    }),
  ],
  lists: [
    dataset.list('/SecretList', Item, (secret, { parent }: OfRegion) => [
      Secret.record({
        id: secret.ARN,
        ...placeOf(parent),
        // AWS leaves it out of those for which nobody ever set it up, and says no more than that.
        rotated: known(secret.RotationEnabled, 'AWS does not say that it is exchanged'),
        rotationDays: known(secret.RotationRules?.AutomaticallyAfterDays, 'AWS names no number of days'),
        rotatedAt: known(secret.LastRotatedDate, 'AWS tells of no exchange'),
        changedAt: known(secret.LastChangedDate, 'AWS does not tell it'),
        lastUsedAt: known(secret.LastAccessedDate, 'AWS tells of no use'),
      }),
    ]),
  ],
});
