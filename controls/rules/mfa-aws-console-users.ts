import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, notApplicable, pass } from '../finding.ts';

export const mfaAwsConsoleUsers = control({
  id: 'mfa-aws-console-users',
  severity: 'critical',
  assertion:
    'At each reading, every IAM user who could sign in to the AWS console with a password had a second factor set up.',
  board: 'Access to the cloud console is access to production.',
  remedy: 'Register an MFA device for each listed user, or remove the console password.',
  collectors: ['aws'],
  population: 'IAM users and root users of every connected AWS account',
  parameters: z.strictObject({}),
  over: need(Account, ['root', 'consolePassword', 'mfaEnabled']),
  related: {},
  test: (account) =>
    account.given(['root'], ({ root }) =>
      root
        ? notApplicable('the root user is judged by mfa-aws-root')
        : account.given(['consolePassword'], ({ consolePassword }) =>
            consolePassword
              ? account.given(['mfaEnabled'], ({ mfaEnabled }) =>
                  mfaEnabled
                    ? pass('signs in to the console with a password and a second factor')
                    : fail('signs in to the console with a password and no second factor'),
                )
              : notApplicable('has no console password'),
          ),
    ),
});
