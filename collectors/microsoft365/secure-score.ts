import { z } from 'zod';
import { Score, ScorePart } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, silent, single, Time, timeOf } from './scope.ts';

const Item = z.object({
  id: z.string().min(1),
  createdDateTime: Time,
  currentScore: z.number().nullish(),
  maxScore: z.number().nullish(),
  controlScores: z.array(z.object({ controlName: z.string().min(1), score: z.number().nullish() })),
});

/** What Microsoft last made of the tenant's settings. It is Microsoft's opinion, and here to be held against the rest. */
export const secureScore = dataset.state({
  id: 'microsoft365/secure-score',
  title: 'Secure score',
  docs: 'https://learn.microsoft.com/graph/api/security-list-securescores',
  permissions: ['SecurityEvents.Read.All'],
  personal: [],
  speaks: [
    speaks(Score, ['at', 'points', 'outOf'], { lists: true }),
    speaks(ScorePart, ['score', 'control', 'points'], { lists: true }),
  ],
  // There is one a day, the newest first, and older ones were read on their day.
  requests: () => [single('/security/secureScores', { $top: '1' })],
  lists: [
    dataset.list('/value', Item, ({ id, createdDateTime, currentScore, maxScore, controlScores }) => [
      Score.record({
        id,
        at: timeOf(createdDateTime),
        points: known(currentScore, silent),
        outOf: known(maxScore, silent),
      }),
      ...controlScores.map(({ controlName, score }) =>
        ScorePart.record({
          id: `${id}:${controlName}`,
          score: id,
          control: controlName,
          points: known(score, silent),
        }),
      ),
    ]),
  ],
  neverEmpty: 'Microsoft works one out for every tenant, each day',
});
