import { z } from 'zod';
import { CloudRegion, DataStore } from '../../evidence-model/kinds.ts';
import { controlOverParts, need } from '../control.ts';
import { fail, noData, notApplicable, pass } from '../finding.ts';

export const encryptionAtRest = controlOverParts({
  id: 'encryption-at-rest',
  severity: 'high',
  assertion:
    'At each reading, every volume, every RDS database and cluster of databases, and every snapshot of a database that somebody had made by hand, in the connected AWS accounts, was encrypted; every S3 bucket encrypted what was put into it where nobody said otherwise; and every region that held a volume encrypted new ones by itself. What older objects of buckets, snapshots of volumes and other kinds of storage are was not looked at, nor regions that are not switched on.',
  board: 'It limits the harm of a lost disk or copy, and often the duty to notify.',
  remedy:
    'Turn on encryption of new volumes in each region, and make encrypted copies of the listed volumes, databases and snapshots to take their place.',
  collectors: ['aws'],
  population:
    'buckets, volumes, databases, clusters of databases and snapshots of databases of connected AWS accounts, and their regions, each for its new volumes',
  parameters: z.strictObject({}),
  parts: (part) => [
    part({
      over: need(DataStore, ['encrypted'], undefined, {
        type: ['bucket', 'volume', 'database', 'database-cluster', 'database-snapshot'],
      }),
      related: {},
      test: (store) =>
        store.given(['encrypted'], ({ encrypted }) =>
          encrypted ? pass('it is encrypted') : fail('it is not encrypted'),
        ),
    }),
    part({
      over: need(CloudRegion, ['enabled', 'volumeEncryptionDefault']),
      related: {
        volumes: need(DataStore, [], { cloudAccount: 'cloudAccount', region: 'name' }, { type: ['volume'] }),
      },
      test: (region, { related, open }) =>
        region.given(['enabled'], ({ enabled }) => {
          if (!enabled) return notApplicable('the region is not switched on, and was not asked');
          const lacking = open('volumes');
          const given = region.given(['volumeEncryptionDefault'], ({ volumeEncryptionDefault }) =>
            volumeEncryptionDefault
              ? pass('new volumes are encrypted by themselves')
              : fail('new volumes are encrypted only where somebody asks for it'),
          );
          if (related('volumes').length > 0 || given.status === 'pass') return given;
          return lacking === null ? notApplicable('the region holds no volume') : noData(lacking);
        }),
    }),
  ],
});
