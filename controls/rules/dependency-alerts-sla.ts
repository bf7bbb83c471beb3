import { z } from 'zod';
import { DependencyAlert, Repository } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, fail, notApplicable, pass } from '../finding.ts';
import { nameOf } from '../told.ts';

export const dependencyAlertsSla = control({
  id: 'dependency-alerts-sla',
  severity: 'high',
  assertion:
    'At each reading, every repository that is not archived of every connected GitHub organisation had Dependabot alerts on, and no repository had an open one older than 14 days if critical, 30 days if high or 90 days if medium (or what the policy says instead). Alerts that somebody dismissed are not counted, nor those of low severity.',
  board: "Most software is other people's code.",
  remedy:
    'Turn Dependabot alerts on for all repositories; upgrade what is listed, or accept it as an exception that ends.',
  collectors: ['github'],
  population: 'repositories of connected GitHub organisations',
  parameters: z.strictObject({
    /** For how many days an alert of each severity may be open. */
    criticalDays: z.number().int().min(1).default(14),
    highDays: z.number().int().min(1).default(30),
    mediumDays: z.number().int().min(1).default(90),
  }),
  over: need(Repository, ['archived', 'dependencyAlerts']),
  related: { alerts: need(DependencyAlert, ['name', 'severity', 'openedAt'], 'repository') },
  test: (repository, { related, asOf, parameters: { criticalDays, highDays, mediumDays } }) => {
    const limits = { critical: criticalDays, high: highDays, medium: mediumDays, low: Infinity };
    const alerts = related('alerts').map((alert) =>
      alert.given(['severity', 'openedAt'], ({ severity, openedAt }) => {
        const days = daysBetween(openedAt, asOf);
        const told = `a ${severity} flaw in ${nameOf(alert)} has been open for ${days} days`;
        return days > limits[severity] ? fail(`${told}, the policy allows ${limits[severity]}`) : pass(told);
      }),
    );
    const looked = repository.given(['archived'], ({ archived }) => {
      if (archived) return notApplicable('the repository is archived: nobody can change it');
      return repository.given(['dependencyAlerts'], ({ dependencyAlerts }) =>
        dependencyAlerts
          ? pass('no open alert is older than the policy allows')
          : fail('Dependabot alerts are off'),
      );
    });
    return all([looked, ...alerts.filter(({ status }) => status !== 'pass')]);
  },
});
