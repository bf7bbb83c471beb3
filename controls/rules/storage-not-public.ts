import { z } from 'zod';
import { CloudAccount, CloudRegion, DataStore } from '../../evidence-model/kinds.ts';
import { controlOverParts, need } from '../control.ts';
import { any, fail, noData, notApplicable, pass, unless } from '../finding.ts';

const place = { cloudAccount: 'cloudAccount', region: 'name' } as const;

export const storageNotPublic = controlOverParts({
  id: 'storage-not-public',
  severity: 'critical',
  assertion:
    'At each reading, every S3 bucket of the connected AWS accounts was kept from being public by all four settings of its own or of its account; no RDS database had a public address; and no snapshot of a volume, nor any of a database that somebody had made by hand, could be restored by everybody. Snapshots of clusters and machine images were not looked at, nor regions that are not switched on.',
  board: 'Storage that is open by mistake is the commonest cause of leaks in the headlines.',
  remedy:
    'Turn on the block of public access for each account, take the public address from the listed databases, and stop sharing the listed snapshots with everybody.',
  collectors: ['aws'],
  population:
    'buckets, databases and snapshots of databases of connected AWS accounts, and their regions, each for its snapshots of volumes',
  parameters: z.strictObject({}),
  parts: (part) => [
    part({
      over: need(DataStore, ['publicAccessBlocked', 'publicPolicy'], undefined, { type: ['bucket'] }),
      related: { accounts: need(CloudAccount, ['publicBucketsBlocked'], { id: 'cloudAccount' }) },
      test: (bucket, { related, open }) => {
        const blocks = [
          bucket.given(['publicAccessBlocked'], ({ publicAccessBlocked }) =>
            publicAccessBlocked ? pass('the bucket cannot be made public') : fail(''),
          ),
          ...related('accounts').map((account) =>
            account.given(['publicBucketsBlocked'], ({ publicBucketsBlocked }) =>
              publicBucketsBlocked ? pass('no bucket of its account can be made public') : fail(''),
            ),
          ),
        ];
        if (related('accounts').length === 0)
          blocks.push(noData(open('accounts') ?? 'the account of the bucket is in no reading'));
        const blocked = unless(open('accounts'), any(blocks, fail('')));
        if (blocked.status !== 'fail') return blocked;
        // That nothing keeps it from being public is the failure; its policy only says how bad it is.
        const policy = bucket.given(['publicPolicy'], ({ publicPolicy }) =>
          publicPolicy ? fail('its policy lets everybody in, and nothing stops that') : pass(''),
        );
        return policy.status === 'fail' ? policy : fail('nothing keeps the bucket from being public');
      },
    }),
    part({
      over: need(DataStore, ['public'], undefined, { type: ['database'] }),
      related: {},
      test: (database) =>
        database.given(['public'], (it) =>
          it.public
            ? fail('it has a public address, whatever firewalls let through to it')
            : pass('it has no public address'),
        ),
    }),
    part({
      over: need(DataStore, ['public'], undefined, { type: ['database-snapshot'] }),
      related: {},
      test: (snapshot) =>
        snapshot.given(['public'], (it) =>
          it.public ? fail('everybody may restore it') : pass('not everybody may restore it'),
        ),
    }),
    part({
      over: need(CloudRegion, ['enabled', 'publicSnapshotsBlocked']),
      related: { snapshots: need(DataStore, [], place, { type: ['public-volume-snapshot'] }) },
      test: (region, { related, open }) =>
        region.given(['enabled'], ({ enabled }) => {
          if (!enabled) return notApplicable('the region is not switched on, and was not asked');
          const [first, ...others] = related('snapshots');
          const lacking = open('snapshots');
          const shared = first
            ? fail(
                `everybody may restore the snapshot ${first.id}${others.length > 0 ? ` and ${others.length} more` : ''}`,
              )
            : lacking === null
              ? pass('no snapshot of a volume is shared with everybody')
              : noData(lacking);
          return any(
            [
              shared,
              region.given(['publicSnapshotsBlocked'], ({ publicSnapshotsBlocked }) =>
                publicSnapshotsBlocked === 'all'
                  ? pass('the region lets nobody else restore snapshots that are shared with everybody')
                  : shared,
              ),
            ],
            shared,
          );
        }),
    }),
  ],
});
