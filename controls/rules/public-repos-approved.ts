import { z } from 'zod';
import { Repository } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, pass } from '../finding.ts';

export const publicReposApproved = control({
  id: 'public-repos-approved',
  severity: 'high',
  assertion:
    'At each reading, no repository of any connected GitHub organisation was public but those that the policy names.',
  board: 'Stops accidental publication.',
  remedy:
    'Make the repository private and replace every secret that it held, or name it in the policy file under public-repos-approved.',
  collectors: ['github'],
  population: 'repositories of connected GitHub organisations',
  parameters: z.strictObject({
    /** Repositories that may be public, each as `owner/name`. */
    approved: z.array(z.string().regex(/^[^/\s]+\/[^/\s]+$/)).default([]),
  }),
  over: need(Repository, ['name', 'visibility']),
  related: {},
  test: (repository, { parameters: { approved } }) =>
    repository.given(['visibility'], ({ visibility }) => {
      if (visibility !== 'public') return pass(`the repository is ${visibility}`);
      // GitHub tells names of any case apart by nothing.
      return repository.given(['name'], ({ name }) =>
        approved.some((each) => each.toLowerCase() === name.toLowerCase())
          ? pass('it is public, and the policy names it')
          : fail('it is public, and the policy does not name it'),
      );
    }),
});
