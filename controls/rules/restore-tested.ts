import { z } from 'zod';
import { Attestation, CloudAccount, ProtectedResource, Restore } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, any, fail, manual, noData, notApplicable, pass, type Finding } from '../finding.ts';

/** Restores are read up to a day before, and by the first reading from 30 days before on. */
const withinLog = 27;
const notYetRead = 3;
const dayMs = 86_400_000;

export const restoreTested = control({
  id: 'restore-tested',
  severity: 'high',
  assertion:
    'For each sort of thing that AWS Backup copies in each connected, active AWS account, it was stated by somebody who is named that things of that sort were brought back on a day at most so many days before each reading as the policy allows (365 unless it says otherwise), in one of the connected accounts, and of no test of that day or later that they could not be; and where that day was in the 27 days before the reading, AWS Backup tells of a restore of that sort that was completed there on the day, the day before or the day after. Whether what was brought back was whole, and what other tools copy, is not part of this statement.',
  board: 'An untested backup is a hope.',
  remedy:
    'Bring something of each sort back, and write down under `attestations` when, how long it took, and what came of it.',
  collectors: ['aws'],
  population: 'connected AWS accounts',
  parameters: z.strictObject({ maxAgeDays: z.number().int().min(1).max(730).default(365) }),
  over: need(CloudAccount, ['state']),
  related: {
    resources: need(ProtectedResource, ['type'], 'cloudAccount'),
    restores: need(Restore, ['type', 'state', 'completedAt']),
    statements: need(
      Attestation,
      ['by', 'role', 'statedOn', 'validUntil', 'topic', 'types', 'testedOn', 'outcome'],
      undefined,
      { topic: ['restore-test'] },
    ),
  },
  days: 28,
  test: (account, { asOf, related, open, parameters: { maxAgeDays } }) => {
    const today = asOf.slice(0, 10);
    const seen = (type: string, testedOn: string): Finding => {
      if (daysBetween(testedOn, today) > withinLog) return pass('it is older than the log');
      const near = (at: string) => Math.abs(Date.parse(at.slice(0, 10)) - Date.parse(testedOn)) <= dayMs;
      const restores = related('restores').map((restore) =>
        restore.given(['type', 'state'], (it) => {
          if (it.type !== type || it.state !== 'COMPLETED') return fail('it is another');
          return restore.given(['completedAt'], ({ completedAt }) =>
            near(completedAt) ? pass('AWS tells of it') : fail('it is of another day'),
          );
        }),
      );
      const lacking = open('restores');
      const told = `AWS Backup tells of no restore of ${type} around that day`;
      const early = daysBetween(testedOn, today) <= notYetRead;
      const none =
        lacking !== null
          ? noData(lacking)
          : early
            ? noData(`${told}, and the last days are not read yet`)
            : fail(told);
      return any(
        restores.filter(({ status }) => status !== 'fail'),
        none,
      );
    };
    const tested = (type: string): Finding => {
      /** The day of each test that failed, also where nobody relies on that any more. */
      const failures: string[] = [];
      const findings = related('statements').flatMap((statement) => {
        let on = '';
        const finding = statement.given(
          ['by', 'role', 'statedOn', 'validUntil', 'types', 'testedOn', 'outcome'],
          (it): Finding => {
            if (!it.types.includes(type)) return notApplicable('it is of another sort');
            on = it.testedOn;
            const who = `by ${it.by} (${it.role}) on ${it.statedOn}`;
            if (it.statedOn > today || it.testedOn > it.statedOn)
              return manual(`what is stated ${who} is of a day to come`);
            if (it.outcome === 'failed') failures.push(on);
            if (it.validUntil < today || daysBetween(it.testedOn, today) > maxAgeDays)
              return manual(`the test of ${type} of ${it.testedOn} is too old to rely upon`);
            if (it.outcome === 'failed')
              return fail(`it was stated ${who} that ${type} could not be brought back on ${it.testedOn}`);
            const told = `it was stated ${who} that ${type} was brought back on ${it.testedOn}`;
            const { status, reason } = seen(type, it.testedOn);
            return status === 'pass' ? pass(told) : { status, reason: `${told}; ${reason}` };
          },
        );
        return finding.status === 'not-applicable' ? [] : [{ ...finding, on }];
      });
      const none = manual(`nobody stated that ${type} was brought back from a copy`);
      const failed = failures.sort().at(-1);
      if (failed === undefined) return any(findings, none);
      // The newest test decides.
      const later = findings.filter(({ status, on }) => on > failed && status !== 'manual');
      return later.length > 0 ? any(later, none) : all(findings.filter(({ on }) => on === failed));
    };
    return account.given(['state'], ({ state }) => {
      if (state !== 'ACTIVE') return notApplicable(`AWS calls the account ${state}, so that it was not read`);
      const types = new Set<string>();
      const resources = related('resources').map((resource) =>
        resource.given(['type'], ({ type }) => {
          types.add(type);
          return pass('its sort is told');
        }),
      );
      const untold = resources.filter(({ status }) => status !== 'pass');
      const lacking = open('resources');
      if (types.size === 0 && untold.length === 0)
        return lacking === null ? notApplicable('AWS Backup copies nothing in it') : noData(lacking);
      return all([...untold, ...[...types].sort().map(tested)]);
    });
  },
});
