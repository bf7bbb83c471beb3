import { z } from 'zod';
import { AuditTrail, CloudAccount, DataStore, Organization } from '../../evidence-model/kinds.ts';
import { controlOverParts, need } from '../control.ts';
import { all, any, fail, noData, notApplicable, pass, unless } from '../finding.ts';

export const logRetention365 = controlOverParts({
  id: 'log-retention-365',
  severity: 'medium',
  assertion:
    'At each reading, every connected, active AWS account had a CloudTrail trail for all regions that was switched on and wrote to a bucket of a connected account in which no rule deletes anything before the days that the policy names (365 unless it says otherwise). Who may delete it by hand, since when the trail has been there, and the logs of GitHub and Microsoft 365, which forget earlier and may be kept elsewhere, were not looked at: where one of these is connected, nothing is said.',
  board: 'Break-ins are often found late.',
  remedy:
    'Take the rule from the bucket, or let it delete later; send the logs of Microsoft 365 and GitHub to a place that keeps them for a year, and hand over how that is set.',
  collectors: ['aws', 'github', 'microsoft365'],
  population: 'connected AWS accounts, GitHub organisations and Microsoft 365 tenants',
  parameters: z.strictObject({ leastDays: z.number().int().min(1).default(365) }),
  parts: (part) => [
    part({
      collectors: ['aws'],
      over: need(CloudAccount, ['state']),
      related: {
        trails: need(AuditTrail, ['multiRegion', 'logging', 'bucket'], 'cloudAccount'),
        buckets: need(DataStore, ['deletesAfterDays'], 'id', { type: ['bucket'] }),
      },
      test: (account, { related, open, parameters: { leastDays } }) =>
        account.given(['state'], ({ state }) => {
          if (state !== 'ACTIVE') return notApplicable(`the account is ${state}: nothing runs in it`);
          const kept = (bucket: string) => {
            const [found] = related('buckets', bucket);
            if (!found) return noData(`${bucket}, where it is written, stands in no account that was read`);
            return found.given(['deletesAfterDays'], ({ deletesAfterDays: days }) =>
              days === 'never' || days >= leastDays
                ? pass(`no rule of ${bucket} deletes anything before ${leastDays} days`)
                : fail(`a rule of ${bucket} deletes after ${days} days, ${leastDays} are wanted`),
            );
          };
          const trails = related('trails').map((trail) =>
            all([
              trail.given(['multiRegion'], ({ multiRegion }) =>
                multiRegion
                  ? pass(`${trail.id} covers all regions`)
                  : fail(`${trail.id} covers one region only`),
              ),
              trail.given(['logging'], ({ logging }) =>
                logging ? pass(`${trail.id} is switched on`) : fail(`${trail.id} is switched off`),
              ),
              trail.given(['bucket'], ({ bucket }) => kept(bucket)),
            ]),
          );
          return unless(open('trails'), any(trails, fail('has no CloudTrail trail')));
        }),
    }),
    part({
      collectors: ['github'],
      over: need(Organization, ['name']),
      related: {},
      // https://docs.github.com/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise
      test: () =>
        noData(
          'GitHub forgets what its audit log tells after 180 days, and where it is kept longer is not read: hand over how it is streamed, and for how long that place keeps it',
        ),
    }),
    part({
      collectors: ['microsoft365'],
      over: need(Organization, ['name']),
      related: {},
      // https://learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention
      test: () =>
        noData(
          'Microsoft forgets sign-ins and changes of the directory after 7 or 30 days, and where they are kept longer is not read: hand over the diagnostic settings of Entra, the retention of the audit log of Purview, and for how long the place that they name keeps them',
        ),
    }),
  ],
});
