import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, pass } from '../finding.ts';

export const mfaEnabledGithubMembers = control({
  id: 'mfa-enabled-github-members',
  severity: 'critical',
  assertion:
    'At each reading, every member and outside collaborator of every connected GitHub organisation had a second factor set up that GitHub calls secure.',
  board: 'One developer account can alter what customers run.',
  remedy: 'Ask each listed person to set up an authenticator app or security key, or remove the account.',
  collectors: ['github'],
  population: 'members and outside collaborators of connected GitHub organisations',
  parameters: z.strictObject({}),
  over: need(Account, ['mfaEnabled', 'mfaSecure']),
  related: {},
  test: (account) =>
    all([
      account.given(['mfaEnabled'], ({ mfaEnabled }) =>
        mfaEnabled ? pass('has a second factor') : fail('has no second factor'),
      ),
      account.given(['mfaSecure'], ({ mfaSecure }) =>
        mfaSecure
          ? pass('GitHub names no insecure second factor')
          : fail('uses a second factor that GitHub calls insecure'),
      ),
    ]),
});
