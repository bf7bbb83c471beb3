import { z } from 'zod';
import { AccountHolder } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, notApplicable, pass } from '../finding.ts';

/** How it is known whose an account is, in words. */
const ways = {
  directory: 'it is an account of the directory',
  'single-sign-on': 'the directory signs it in',
  provisioning: 'the directory made it',
  'verified-email': 'the directory says that an address which GitHub verified for it is theirs',
  'by-hand': 'somebody wrote it down under their name',
} as const;

export const personAccessMatrixComplete = control({
  id: 'person-access-matrix-complete',
  severity: 'high',
  assertion:
    'At each reading, every account that can be signed in to, in every connected GitHub organisation, Microsoft 365 tenant and AWS account, was tied to exactly one person or service: because it stands in the directory, because the directory signs it in or made it, because an address of mail that GitHub had verified for it, in a domain that was proven to be the organisation’s, was in the directory that of this person or service alone, or because somebody wrote it down under their name. Root users belong to their AWS account and are not part of this statement.',
  board: 'For each person, every system that they can get into: the list with which every incident begins.',
  remedy: 'Write each listed account down in the register of people or services, or remove it.',
  collectors: ['github', 'microsoft365', 'aws'],
  population: 'accounts of connected sources',
  parameters: z.strictObject({}),
  over: need(AccountHolder, ['enabled', 'ofThePlace', 'holder', 'way']),
  related: {},
  test: (account) =>
    account.given(['enabled', 'ofThePlace'], ({ enabled, ofThePlace }) => {
      if (ofThePlace) return notApplicable('it belongs to the AWS account itself');
      if (!enabled) return notApplicable('nobody can sign in with it');
      return account.given(['holder', 'way'], ({ holder, way }) =>
        way === 'none'
          ? fail('nothing that was read or written down says whose it is')
          : pass(`it is that of ${holder}: ${ways[way]}`),
      );
    }),
});
