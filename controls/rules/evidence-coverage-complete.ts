import { z } from 'zod';
import { Coverage } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, manual, noData, notApplicable, pass } from '../finding.ts';

export const evidenceCoverageComplete = control({
  id: 'evidence-coverage-complete',
  severity: 'high',
  assertion:
    'Over the scheduled nights of the last 30 days, each dataset of each connected source was wholly read on at least 97 of 100 nights that were due and with no gap of more than 3 nights (or what the policy says instead), and each other system in scope is declared.',
  board: 'Gaps are what auditors and claims handlers attack.',
  remedy:
    'Grant what the reason names, or keep the service running; a gap that has passed can only be disclosed.',
  collectors: ['exhibit'],
  population: 'datasets of connected sources and declared systems',
  tolerant: true,
  parameters: z.strictObject({
    minimumPer100: z.number().min(1).max(100).default(97),
    maximumGapNights: z.number().int().min(0).default(3),
  }),
  over: need(Coverage, [
    'state',
    'declaredBy',
    'declaredOn',
    'nightsDue',
    'nightsComplete',
    'longestGapNights',
    'lastShortfall',
  ]),
  related: {},
  test: (part, { parameters: { minimumPer100, maximumGapNights } }) =>
    part.given(['state'], ({ state }) => {
      if (state !== 'connected' && state !== 'former')
        return part.given(['declaredBy', 'declaredOn'], ({ declaredBy, declaredOn }) => {
          const who = `declared by ${declaredBy} on ${declaredOn}`;
          if (state === 'absent') return notApplicable(`the company does not have it, ${who}`);
          if (state === 'by-hand') return manual(`its evidence is handed over by hand, ${who}`);
          return noData(`it is in scope and nobody reads it, ${who}`);
        });
      return part.given(['nightsDue', 'nightsComplete', 'longestGapNights'], (it) => {
        if (it.nightsDue === 0) return noData('no scheduled night has been due yet');
        const told = `wholly read on ${it.nightsComplete} of ${it.nightsDue} nights, longest gap ${it.longestGapNights}`;
        const enough = it.nightsComplete * 100 >= minimumPer100 * it.nightsDue;
        if (enough && it.longestGapNights <= maximumGapNights)
          return state === 'connected' ? pass(told) : noData(`it is no longer configured; before, ${told}`);
        return part.given(['lastShortfall'], ({ lastShortfall }) => fail(`${told}; last: ${lastShortfall}`));
      });
    }),
});
