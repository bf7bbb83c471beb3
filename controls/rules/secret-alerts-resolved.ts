import { z } from 'zod';
import { LeakedSecret, Repository } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, fail, noData, notApplicable, pass } from '../finding.ts';
import { nameOf } from '../told.ts';

export const secretAlertsResolved = control({
  id: 'secret-alerts-resolved',
  severity: 'critical',
  assertion:
    'At each reading, no repository of any connected GitHub organisation had an open alert about a leaked secret that was older than 7 days, or than 1 day where GitHub had found that the secret opens something (or what the policy says instead), and every repository in which code can change was looked through. That a secret whose alert was closed no longer works is not part of this statement.',
  board: 'A known leak left open is indefensible after a loss.',
  remedy: 'Revoke and replace the secret where it was made, then close the alert as revoked.',
  collectors: ['github'],
  population: 'repositories of connected GitHub organisations',
  parameters: z.strictObject({
    /** For how many days an alert may be open. */
    maximumDays: z.number().int().min(1).default(7),
    /** And where GitHub tried the secret and found that it works. */
    maximumDaysActive: z.number().int().min(1).default(1),
  }),
  over: need(Repository, ['archived', 'secretScanning']),
  related: { secrets: need(LeakedSecret, ['name', 'openedAt', 'validity'], 'repository') },
  test: (repository, { related, asOf, parameters: { maximumDays, maximumDaysActive } }) => {
    const secrets = related('secrets').map((secret) =>
      secret.given(['openedAt'], ({ openedAt }) => {
        const days = daysBetween(openedAt, asOf);
        const told = (limit: number, which = '') => {
          const what = `a leaked secret${which} (${nameOf(secret)}) has been open for ${days} days`;
          return days > limit ? fail(`${what}, the policy allows ${limit}`) : pass(what);
        };
        if (days > maximumDays) return told(maximumDays);
        return secret.given(['validity'], ({ validity }) =>
          validity === 'active' ? told(maximumDaysActive, ' that GitHub found to work') : told(maximumDays),
        );
      }),
    );
    const scanned = repository.given(['archived', 'secretScanning'], ({ archived, secretScanning }) => {
      if (secretScanning) return pass('no leaked secret has been open for too long');
      return archived
        ? notApplicable('the repository is archived and not looked through for secrets')
        : noData('secret scanning is off, so that nobody knows what has leaked here');
    });
    return all([scanned, ...secrets.filter(({ status }) => status !== 'pass')]);
  },
});
