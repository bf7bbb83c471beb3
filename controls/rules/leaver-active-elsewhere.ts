import { z } from 'zod';
import { AccountHolder } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, noData, notApplicable, pass } from '../finding.ts';

export const leaverActiveElsewhere = control({
  id: 'leaver-active-elsewhere',
  severity: 'critical',
  assertion:
    "At each reading, no account of connected GitHub organisations and AWS accounts could be signed in to that is that of a person whose accounts in the company's directory were all switched off, or whom the list of leavers names as having left. Root users belong to their AWS account and are not part of this statement.",
  board: 'Leaving that is half done leaves code and cloud open.',
  remedy: 'Remove each listed account, with its keys and tokens.',
  collectors: ['github', 'aws'],
  population: 'accounts of connected GitHub organisations and AWS accounts',
  parameters: z.strictObject({}),
  over: need(AccountHolder, ['enabled', 'ofThePlace', 'holder', 'holderType', 'present']),
  related: {},
  test: (account) =>
    account.given(['enabled', 'ofThePlace'], ({ enabled, ofThePlace }) => {
      if (ofThePlace) return notApplicable('it belongs to the AWS account itself');
      if (!enabled) return notApplicable('nobody can sign in with it');
      return account.given(['holder', 'holderType'], ({ holder, holderType }) => {
        if (holderType === 'service') return notApplicable(`it is that of service ${holder}`);
        if (holderType === 'none')
          return noData('nothing says whose it is, so it may be that of somebody who left');
        return account.given(['present'], ({ present }) =>
          present ? pass(`it is that of ${holder}, who is there`) : fail(`it is that of ${holder}, who left`),
        );
      });
    }),
});
