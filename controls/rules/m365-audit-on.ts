import { z } from 'zod';
import { MailSettings } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, pass } from '../finding.ts';

export const m365AuditOn = control({
  id: 'm365-audit-on',
  severity: 'high',
  assertion:
    'At each reading, what people and administrators do was being taken into the audit log of every connected Microsoft 365 tenant, and mailboxes were audited unless one says otherwise for itself. Which mailboxes or accounts are left out, and for how long the log is kept, were not read.',
  board: 'Without records, no investigation and no claim support.',
  remedy: 'Turn on the unified audit log, and the auditing of mailboxes for the whole organisation.',
  collectors: ['microsoft365'],
  population: 'Exchange Online of connected Microsoft 365 tenants',
  parameters: z.strictObject({}),
  over: need(MailSettings, ['activitiesRecorded', 'mailboxesAudited']),
  related: {},
  test: (settings) =>
    all([
      settings.given(['activitiesRecorded'], ({ activitiesRecorded }) =>
        activitiesRecorded
          ? pass('the audit log takes in what is done, and mailboxes are audited')
          : fail('the audit log takes nothing in'),
      ),
      settings.given(['mailboxesAudited'], ({ mailboxesAudited }) =>
        mailboxesAudited
          ? pass('the audit log takes in what is done, and mailboxes are audited')
          : fail('auditing of mailboxes is turned off for the whole organisation'),
      ),
    ]),
});
