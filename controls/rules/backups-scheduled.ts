import { z } from 'zod';
import { DataStore, ProtectedResource } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { any, fail, noData, pass, unless } from '../finding.ts';

export const backupsScheduled = control({
  id: 'backups-scheduled',
  severity: 'high',
  assertion:
    'At each reading, every RDS database and cluster of databases of the connected AWS accounts either had daily copies switched on that RDS keeps for at least the days that the policy names (7 unless it says otherwise), or had been copied by AWS Backup within the hours that the policy names (24 unless it says otherwise). Volumes, buckets, file systems and other storage were not looked at, nor regions that are not switched on.',
  board: 'It decides how much work is lost.',
  remedy: 'Switch on the daily copies of the listed databases, or add them to a backup plan.',
  collectors: ['aws'],
  population: 'databases and clusters of databases of connected AWS accounts',
  parameters: z.strictObject({
    leastDays: z.number().int().min(1).default(7),
    maximumHours: z.number().int().min(1).default(24),
  }),
  over: need(DataStore, ['backupDays'], undefined, { type: ['database', 'database-cluster'] }),
  related: { copied: need(ProtectedResource, ['lastBackupAt'], 'resource') },
  test: (store, { asOf, related, open, parameters: { leastDays, maximumHours } }) => {
    const byItself = store.given(['backupDays'], ({ backupDays }) => {
      if (backupDays === 0) return fail('no daily copies are switched on');
      const told = `daily copies are kept for ${backupDays} days, ${leastDays} are wanted`;
      return backupDays < leastDays ? fail(told) : pass(told);
    });
    const byPlan = related('copied').map((copy) =>
      copy.given(['lastBackupAt'], ({ lastBackupAt }) => {
        const hours = (Date.parse(asOf) - Date.parse(lastBackupAt)) / 3_600_000;
        if (hours < 0) return noData('the source tells of a copy that was made after it was read');
        const told = `AWS Backup copied it ${Math.ceil(hours)} hours ago, ${maximumHours} are allowed`;
        return hours > maximumHours ? fail(told) : pass(told);
      }),
    );
    return unless(open('copied'), any([byItself, ...byPlan], byItself));
  },
});
