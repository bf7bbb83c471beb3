import { z } from 'zod';
import { ServiceReport } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { fail, pass } from '../finding.ts';

export const serviceReportsCurrent = control({
  id: 'service-reports-current',
  severity: 'medium',
  assertion:
    'At each reading, for Microsoft, Amazon Web Services and GitHub as far as a source of theirs is connected, and for each other organisation that the company names as one whose services it builds on, a report on its controls is on record that somebody who is named had read, and whose period, or a letter that goes on from it, ended at most as many days before as the policy allows (365 unless it says otherwise). What the reports say is not part of this statement.',
  board: 'What others do for us is our risk, and their auditors have looked.',
  remedy:
    'Get the newest report, or a letter that goes on from it, have it read, and write that down under `subservices`.',
  collectors: ['exhibit'],
  population: 'organisations whose services the company builds on',
  parameters: z.strictObject({ maxAgeDays: z.number().int().min(1).max(730).default(365) }),
  over: need(ServiceReport, ['reportedTo', 'bridgedTo', 'reviewer', 'reviewedOn']),
  related: {},
  test: (organization, { asOf, parameters: { maxAgeDays } }) =>
    organization.given(['reportedTo', 'bridgedTo', 'reviewer', 'reviewedOn'], (it) => {
      const today = asOf.slice(0, 10);
      if (it.reportedTo === 'none' || it.reviewedOn === 'none') return fail('no report of it is on record');
      if (it.reviewedOn > today)
        return fail(`its report is to be read on ${it.reviewedOn}, which is to come`);
      if (it.reviewedOn < it.reportedTo)
        return fail(`its report goes up to ${it.reportedTo}, and was read on ${it.reviewedOn}, before that`);
      const to = it.bridgedTo !== 'none' && it.bridgedTo > it.reportedTo ? it.bridgedTo : it.reportedTo;
      if (to > today) return fail(`what is on record goes up to ${to}, which is to come`);
      const age = daysBetween(to, today);
      const told = `${it.reviewer} read its report on ${it.reviewedOn}, and what is on record goes up to ${to}`;
      return age > maxAgeDays
        ? fail(`${told}, which is ${age} days ago, and ${maxAgeDays} are the most`)
        : pass(told);
    }),
});
