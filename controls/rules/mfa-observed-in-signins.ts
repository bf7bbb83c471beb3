import { z } from 'zod';
import { Account, SignIn } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, notApplicable, pass, unless } from '../finding.ts';

export const mfaObservedInSignins = control({
  id: 'mfa-observed-in-signins',
  severity: 'high',
  assertion:
    'In the sign-in log of each connected Microsoft 365 tenant no account that was enabled at the reading had a successful interactive sign-in of the 30 days before it for which one factor was enough. Sign-ins by programs, and those that went by what had been shown before, are not part of this statement.',
  board: 'Shows that people really were asked for a second factor, not only that a rule says so.',
  remedy:
    'Look at each listed sign-in, and close the gap in the policies that let it through with a password alone.',
  collectors: ['microsoft365'],
  population: 'enabled accounts of connected Microsoft 365 tenants',
  parameters: z.strictObject({}),
  over: need(Account, ['enabled']),
  related: { signIns: need(SignIn, ['at', 'succeeded', 'secondFactorAsked', 'application'], 'account') },
  days: 30,
  test: (account, { related, open }) =>
    account.given(['enabled'], ({ enabled }) => {
      if (!enabled) return notApplicable('nobody can sign in with the account');
      const signIns = related('signIns').map((signIn) =>
        signIn.given(
          ['at', 'succeeded', 'secondFactorAsked', 'application'],
          ({ at, succeeded, secondFactorAsked, application }) =>
            succeeded && !secondFactorAsked
              ? fail(`signed in to ${application} on ${at.slice(0, 10)} with one factor alone`)
              : pass('a second factor was asked for, or nobody got in'),
        ),
      );
      return unless(
        open('signIns'),
        all([...signIns, pass('the log names no sign-in for which one factor was enough')]),
      );
    }),
});
