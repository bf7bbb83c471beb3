import { z } from 'zod';
import { Incident } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, within } from '../dataset.ts';
import { dataset, listing, silent, Time, timeOf } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  createdDateTime: Time,
  lastUpdateDateTime: Time.nullish(),
  displayName: z.string().nullish(),
  severity: z.string().nullish(),
  status: z.string().nullish(),
  classification: z.string().nullish(),
});

/** What Microsoft Defender took for attacks, by when it did, as they stood when they were read. */
export const incidents = dataset.log({
  id: 'microsoft365/incidents',
  title: 'Security incidents',
  docs: 'https://learn.microsoft.com/graph/api/security-list-incidents',
  permissions: ['SecurityIncident.Read.All'],
  tier: 'full',
  personal: ['account names', 'e-mail addresses', 'names of people'],
  speaks: [
    speaks(Incident, ['at', 'name', 'severity', 'state', 'classification', 'changedAt'], { lists: true }),
  ],
  // https://learn.microsoft.com/defender-xdr/data-privacy#data-retention
  memoryDays: 180,
  settleMinutes: 60, // ours: nothing is published
  // What people wrote to each other about it.
  secrets: ['/value/*/comments', '/value/*/summary', '/value/*/description', '/value/*/resolvingComment'],
  requests: (_scope, _parent, { from, to }) => [
    listing('/security/incidents', {
      $filter: `createdDateTime ge ${from} and createdDateTime le ${to}`,
      // Microsoft's own greatest number: https://learn.microsoft.com/graph/api/security-list-incidents#optional-query-parameters
      $top: '50',
    }),
  ],
  lists: [
    dataset.list('/value', Item, (item, reading) => {
      if (!within(item.createdDateTime, reading)) return [];
      return [
        Incident.record({
          id: item.id,
          at: timeOf(item.createdDateTime),
          name: known(item.displayName, silent),
          severity: known(item.severity, silent),
          state: known(item.status, silent),
          classification: known(item.classification, silent),
          changedAt: known(timeOf(item.lastUpdateDateTime), silent),
        }),
      ];
    }),
  ],
});
