import { z } from 'zod';
import { Account, CloudAccount } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, any, fail, noData, notApplicable, pass } from '../finding.ts';
import { rootOf } from '../root-user.ts';

export const mfaAwsRoot = control({
  id: 'mfa-aws-root',
  severity: 'critical',
  assertion:
    'At each reading, the root user of every connected, active AWS account had a second factor set up, or no password, access key or signing certificate at all.',
  board: 'The root user can close the account and delete everything.',
  remedy: 'Register MFA for the root user, or remove the root credentials of member accounts centrally.',
  collectors: ['aws'],
  population: 'connected AWS accounts',
  parameters: z.strictObject({}),
  over: need(CloudAccount, ['state']),
  related: {
    accounts: need(
      Account,
      ['root', 'mfaEnabled', 'passwordPresent', 'accessKeysPresent', 'signingCertificatesPresent'],
      'cloudAccount',
    ),
  },
  test: (account, { related }) =>
    account.given(['state'], ({ state }) => {
      if (state !== 'ACTIVE') return notApplicable(`AWS calls the account ${state}, so that it was not read`);
      return rootOf(related('accounts'), (root) =>
        any(
          [
            root.given(['mfaEnabled'], ({ mfaEnabled }) =>
              mfaEnabled
                ? pass('the root user has a second factor')
                : fail('the root user has no second factor'),
            ),
            all([
              root.given(['passwordPresent'], (it) =>
                it.passwordPresent
                  ? fail('the root user has no second factor')
                  : pass('the root user has no password'),
              ),
              root.given(['accessKeysPresent'], (it) =>
                it.accessKeysPresent ? fail('the root user has no second factor') : pass('no access key'),
              ),
              root.given(['signingCertificatesPresent'], (it) =>
                it.signingCertificatesPresent
                  ? fail('the root user has no second factor')
                  : pass('no certificate'),
              ),
            ]),
          ],
          noData('nothing is known of the root user'),
        ),
      );
    }),
});
