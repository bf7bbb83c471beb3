import { z } from 'zod';
import { Organization } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, pass } from '../finding.ts';

export const mfaRequiredGithubOrg = control({
  id: 'mfa-required-github-org',
  severity: 'critical',
  assertion:
    'At each reading, every connected GitHub organisation refused membership to whoever has no second factor.',
  board: "Source code is the company's product and its delivery line.",
  remedy:
    'Turn on «Require two-factor authentication» in the authentication security settings of the organisation.',
  collectors: ['github'],
  population: 'connected GitHub organisations',
  parameters: z.strictObject({}),
  over: need(Organization, ['mfaRequired']),
  related: {},
  test: (organization) =>
    organization.given(['mfaRequired'], ({ mfaRequired }) =>
      mfaRequired
        ? pass('two-factor sign-in is required')
        : fail('the organisation itself does not require two-factor sign-in'),
    ),
});
