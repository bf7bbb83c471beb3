import { z } from 'zod';
import { PersonalToken } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { fail, notApplicable, pass } from '../finding.ts';

export const githubTokensGoverned = control({
  id: 'github-tokens-governed',
  severity: 'high',
  assertion:
    'At each reading, every personal access token that had not ended and that GitHub listed for a connected organisation, as it does those of the fine-grained sort that were let in and classic ones that were let through single sign-on, was of the fine-grained sort (unless the policy allows classic ones) and would end within 366 days (or what the policy says instead). Classic tokens that nobody let through single sign-on, and whether somebody approves tokens, are not part of this statement.',
  board: 'A token in a laptop is a copy of the code.',
  remedy:
    'In the policies for personal access tokens restrict classic tokens, require approval and a maximum lifetime; revoke those that are listed.',
  collectors: ['github'],
  population: 'personal access tokens, and what GitHub lists beside them, of connected GitHub organisations',
  parameters: z.strictObject({
    /** Within how many days each token must end. */
    maximumDays: z.number().int().min(1).default(366),
    /** Classic tokens reach whatever their owners reach. */
    allowClassic: z.boolean().default(false),
  }),
  over: need(PersonalToken, ['type', 'expiresAt']),
  related: {},
  test: (token, { asOf, parameters: { maximumDays, allowClassic } }) =>
    token.given(['type'], ({ type }) => {
      if (type === 'ssh-key') return notApplicable('it is an SSH key and no token');
      if (type === 'app-token')
        return notApplicable('it was given to a program that was let in, not made by a person');
      return token.given(['expiresAt'], ({ expiresAt }) => {
        if (expiresAt === 'never')
          return fail(type === 'classic-token' ? 'it is a classic token that never ends' : 'it never ends');
        if (Date.parse(expiresAt) <= Date.parse(asOf)) return notApplicable(`it ended at ${expiresAt}`);
        if (type === 'classic-token' && !allowClassic)
          return fail('it is a classic token, which reaches whatever its owner reaches');
        const days = daysBetween(asOf, expiresAt);
        const end = `it ends in ${days} days, the policy allows ${maximumDays}`;
        return days > maximumDays ? fail(end) : pass(end);
      });
    }),
});
