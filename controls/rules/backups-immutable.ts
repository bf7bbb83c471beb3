import { z } from 'zod';
import { BackupVault } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, notApplicable, pass } from '../finding.ts';

export const backupsImmutable = control({
  id: 'backups-immutable',
  severity: 'critical',
  assertion:
    'At each reading, every vault of AWS Backup in the connected AWS accounts that held copies had a lock that nobody can take off any more (its time for second thoughts over), and that keeps new copies for at least the days that the policy names (14 unless it says otherwise). What is copied into vaults, copies that are made in other ways, and regions that are not switched on were not looked at.',
  board: 'It can make the difference between paying a ransom and not.',
  remedy:
    'Lock the listed vaults with a date from which on the lock stays, and with a least time of retention.',
  collectors: ['aws'],
  population: 'vaults of AWS Backup in connected AWS accounts',
  parameters: z.strictObject({ leastDays: z.number().int().min(1).default(14) }),
  over: need(BackupVault, ['locked', 'lockFinalAt', 'minimumDays', 'copies']),
  related: {},
  test: (vault, { asOf, parameters: { leastDays } }) =>
    vault.given(['copies'], ({ copies }) => {
      if (copies === 0) return notApplicable('it holds no copies');
      return vault.given(['locked'], ({ locked }) => {
        if (!locked) return fail('the vault has no lock');
        return all([
          vault.given(['lockFinalAt'], ({ lockFinalAt }) => {
            if (lockFinalAt === 'never') return fail('whoever has the right can take the lock off');
            return Date.parse(lockFinalAt) <= Date.parse(asOf)
              ? pass('nobody can take the lock off')
              : fail(`until ${lockFinalAt} the lock can still be taken off`);
          }),
          vault.given(['minimumDays'], ({ minimumDays }) => {
            const told = `copies are kept for at least ${minimumDays} days, ${leastDays} are wanted`;
            return minimumDays < leastDays ? fail(told) : pass(told);
          }),
        ]);
      });
    }),
});
