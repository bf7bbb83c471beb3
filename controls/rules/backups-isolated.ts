import { z } from 'zod';
import { Backup, BackupVault, DataStore } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, any, fail, noData, notApplicable, pass, unless } from '../finding.ts';

export const backupsIsolated = control({
  id: 'backups-isolated',
  severity: 'high',
  assertion:
    'At each reading, every cluster of databases and every RDS database that is in none, as its engine tells, of the connected AWS accounts had a copy in a vault of AWS Backup in another connected AWS account, which was begun within the hours before that the policy names (48 unless it says otherwise) and was wholly made; and in another region, where the policy asks for that. Who administers that account and where in the organisation it stands, whether the copy can be deleted or was deleted since, volumes, buckets and other storage, and regions that are not switched on were not looked at.',
  board: 'One stolen administrator must not reach both the data and its copies.',
  remedy:
    'Add a copy to a vault in an account of its own to the backup plan of the listed databases, and give that account other administrators.',
  collectors: ['aws'],
  population: 'databases and clusters of databases of connected AWS accounts',
  parameters: z.strictObject({
    maximumHours: z.number().min(1).max(144).default(48),
    /** Whether a copy must stand in another region, too. */
    otherRegion: z.boolean().default(false),
  }),
  days: 7,
  over: need(DataStore, ['cloudAccount', 'region', 'type', 'engine'], undefined, {
    type: ['database', 'database-cluster'],
  }),
  related: {
    // A copy may stand in any vault of any account, so that each must have been asked.
    vaults: need(BackupVault, ['name']),
    copies: need(Backup, ['cloudAccount', 'region', 'at', 'state'], 'resource'),
  },
  test: (store, { loggedTo, related, open, parameters: { maximumHours, otherRegion } }) =>
    store.given(['cloudAccount', 'region', 'type'], ({ cloudAccount, region, type }) => {
      const none = fail(
        `no copy of it that was begun in the ${maximumHours} hours before stands in another account${otherRegion ? ' and region' : ''}`,
      );
      const good = pass('a copy of it stands in another account');
      const copies = related('copies').map((copy) =>
        all([
          copy.given(['cloudAccount'], (it) => (it.cloudAccount === cloudAccount ? none : good)),
          otherRegion ? copy.given(['region'], (it) => (it.region === region ? none : good)) : good,
          copy.given(['state'], ({ state }) => (state === 'COMPLETED' ? good : none)),
          copy.given(['at'], ({ at }) => {
            const hours = (Date.parse(loggedTo) - Date.parse(at)) / 3_600_000;
            if (hours < 0) return noData('the source tells of a copy that was made after it was read');
            return hours > maximumHours ? none : good;
          }),
        ]),
      );
      const found = unless(open('vaults') ?? open('copies'), any(copies, none));
      if (found.status === 'pass' || type !== 'database') return found;
      return store.given(['engine'], ({ engine }) =>
        clustered.test(engine)
          ? notApplicable('it keeps its data in its cluster, which is looked at for itself')
          : found,
      );
    }),
});

/**
 * Engines whose databases keep what they hold in a cluster, which is what AWS Backup copies.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Aurora.Overview.StorageReliability.html
 */
const clustered = /^(?:aurora|docdb|neptune)/;
