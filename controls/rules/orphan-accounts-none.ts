import { z } from 'zod';
import { AccountHolder } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, notApplicable, pass } from '../finding.ts';

export const orphanAccountsNone = control({
  id: 'orphan-accounts-none',
  severity: 'high',
  assertion:
    "At each reading, every account of connected GitHub organisations and AWS accounts that can be signed in to was known to be that of a person who had not left, or of a service for which somebody answers who is not known to have left: by what the sources and the company's directory say of each other, or by what somebody wrote down under their name. Root users belong to their AWS account and are not part of this statement, nor are roles.",
  board: 'An account that nobody knows is waste or an intruder.',
  remedy:
    'Find out whose each listed account is and write it down in the register of people or services, or remove the account.',
  collectors: ['github', 'aws'],
  population: 'accounts of connected GitHub organisations and AWS accounts',
  parameters: z.strictObject({}),
  over: need(AccountHolder, ['enabled', 'ofThePlace', 'holder', 'holderType', 'present', 'owner']),
  related: {},
  test: (account) =>
    account.given(['enabled', 'ofThePlace'], ({ enabled, ofThePlace }) => {
      if (ofThePlace) return notApplicable('it belongs to the AWS account itself');
      if (!enabled) return notApplicable('nobody can sign in with it');
      return account.given(['holder', 'holderType'], ({ holder, holderType }) => {
        if (holderType === 'none') return fail('nothing that was read or written down says whose it is');
        if (holderType === 'service')
          return account.given(['owner', 'present'], ({ owner, present }) =>
            present
              ? pass(`service ${holder}, for which ${owner} answers`)
              : fail(`service ${holder}, for which nobody answers: ${owner} left`),
          );
        return account.given(['present'], ({ present }) =>
          present ? pass(`it is that of ${holder}`) : fail(`it is that of ${holder}, who left`),
        );
      });
    }),
});
