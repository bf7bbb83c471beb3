import { z } from 'zod';
import { Application } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, pass } from '../finding.ts';

export const thirdPartyAppsApproved = control({
  id: 'third-party-apps-approved',
  severity: 'medium',
  assertion:
    'At each reading, every GitHub App that was let into a connected GitHub organisation and not suspended was named in the policy with its owner and purpose. OAuth apps that people let in for themselves are not listed by GitHub, and when an App was last used is not told.',
  board: 'Consent phishing steals data without passwords.',
  remedy:
    'Uninstall the App, or name it in the policy file under third-party-apps-approved with who answers for it and what it is for.',
  collectors: ['github'],
  population: 'GitHub Apps that were let into connected organisations',
  parameters: z.strictObject({
    /** Programs that may be let in, by the id that they have everywhere, each with who answers for it and what it is for. */
    approved: z.record(z.string(), z.string().min(1)).default({}),
  }),
  over: need(Application, ['program', 'permissions', 'reach', 'suspended']),
  related: {},
  test: (application, { parameters: { approved } }) =>
    application.given(['program'], ({ program }) => {
      const owner = Object.hasOwn(approved, program) ? approved[program] : undefined;
      if (owner !== undefined) return pass(`the policy names it: ${owner}`);
      return application.given(['suspended'], ({ suspended }) => {
        if (suspended) return pass('it is suspended, so that it may do nothing');
        const { reason } = application.given(['permissions', 'reach'], ({ permissions, reach }) =>
          pass(`in ${reach} repositories it may ${permissions.toSorted().join(', ')}`),
        );
        return fail(`the policy does not name the App ${program}; ${reason}`);
      });
    }),
});
