import { z } from 'zod';
import { ScoreControl } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  title: z.string().nullish(),
  service: z.string().nullish(),
  controlCategory: z.string().nullish(),
  maxScore: z.number().nullish(),
  deprecated: z.boolean().nullish(),
});

/** What Microsoft counts towards the secure score, of Exchange and Defender too, and how much at most. */
export const secureScoreControls = dataset.state({
  id: 'microsoft365/secure-score-controls',
  title: 'What the secure score counts',
  docs: 'https://learn.microsoft.com/graph/api/security-list-securescorecontrolprofiles',
  permissions: ['SecurityEvents.Read.All'],
  personal: ['e-mail addresses'],
  speaks: [speaks(ScoreControl, ['name', 'service', 'category', 'outOf', 'deprecated'], { lists: true })],
  requests: () => [listing('/security/secureScoreControlProfiles')],
  lists: [
    dataset.list('/value', Item, (item) => [
      ScoreControl.record({
        id: item.id,
        name: known(item.title, silent),
        service: known(item.service, silent),
        category: known(item.controlCategory, silent),
        outOf: known(item.maxScore, silent),
        deprecated: known(item.deprecated, silent),
      }),
    ]),
  ],
  neverEmpty: 'Microsoft counts the same things in every tenant',
});
