import { z } from 'zod';
import { AuditTrail, CloudAccount } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, any, fail, notApplicable, pass, unless } from '../finding.ts';

export const cloudtrailAllRegions = control({
  id: 'cloudtrail-all-regions',
  severity: 'critical',
  assertion:
    'At each reading, every connected, active AWS account had a CloudTrail trail for all regions that was switched on and recorded both read and write management events.',
  board: 'Without a record there is no investigation.',
  remedy:
    'Create one organisation trail for all regions with read and write management events, and keep it on.',
  collectors: ['aws'],
  population: 'connected AWS accounts',
  parameters: z.strictObject({}),
  over: need(CloudAccount, ['state']),
  related: { trails: need(AuditTrail, ['multiRegion', 'logging', 'managementEvents'], 'cloudAccount') },
  test: (account, { related, open }) =>
    account.given(['state'], ({ state }) =>
      state === 'ACTIVE'
        ? unless(
            open('trails'),
            any(
              related('trails').map((trail) =>
                all([
                  trail.given(['multiRegion'], ({ multiRegion }) =>
                    multiRegion
                      ? pass(`${trail.id} covers all regions`)
                      : fail(`${trail.id} covers one region only`),
                  ),
                  trail.given(['logging'], ({ logging }) =>
                    logging ? pass(`${trail.id} is switched on`) : fail(`${trail.id} is switched off`),
                  ),
                  trail.given(['managementEvents'], ({ managementEvents }) =>
                    managementEvents === 'all'
                      ? pass(`${trail.id} records all management events`)
                      : fail(`${trail.id} records ${managementEvents} management events`),
                  ),
                ]),
              ),
              fail('has no CloudTrail trail'),
            ),
          )
        : notApplicable(`the account is ${state}: nothing runs in it`),
    ),
});
