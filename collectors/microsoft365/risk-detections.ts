import { z } from 'zod';
import { RiskDetection } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, within } from '../dataset.ts';
import { planWith } from './plan.ts';
import { dataset, listing, silent, Time, timeOf } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  detectedDateTime: Time,
  userId: z.string().nullish(),
  riskEventType: z.string().nullish(),
  riskLevel: z.string().nullish(),
  riskState: z.string().nullish(),
});

/** What Microsoft saw at accounts and sign-ins that should not be, by when it saw it. */
export const riskDetections = dataset.log({
  id: 'microsoft365/risk-detections',
  title: 'Risk detections',
  docs: 'https://learn.microsoft.com/graph/api/riskdetection-list',
  permissions: ['IdentityRiskEvent.Read.All'],
  licence: 'Microsoft Entra ID P2',
  plan: planWith('AAD_PREMIUM_P2'),
  tier: 'full',
  personal: ['account names', 'e-mail addresses', 'names of people', 'IP addresses', 'times of use'],
  speaks: [speaks(RiskDetection, ['at', 'account', 'type', 'level', 'state'], { lists: true })],
  // What a tenant without a licence keeps: https://learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention
  memoryDays: 7,
  // Detections that are made later than the sign-in carry the time of detection; an hour for showing them is ours.
  settleMinutes: 60,
  // Free text about a sign-in, and where it came from.
  secrets: ['/value/*/additionalInfo', '/value/*/location'],
  requests: (_scope, _parent, { from, to }) => [
    listing('/identityProtection/riskDetections', {
      $filter: `detectedDateTime ge ${from} and detectedDateTime le ${to}`,
      $top: '500',
    }),
  ],
  lists: [
    dataset.list('/value', Item, (item, reading) => {
      if (!within(item.detectedDateTime, reading)) return [];
      return [
        RiskDetection.record({
          id: item.id,
          at: timeOf(item.detectedDateTime),
          account: known(item.userId, silent),
          type: known(item.riskEventType, silent),
          level: known(item.riskLevel, silent),
          state: known(item.riskState, silent),
        }),
      ];
    }),
  ],
});
