import { z } from 'zod';
import { AccountAccess } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, notApplicable, pass } from '../finding.ts';

/** What several people call an account that they use together, in the languages of the first users. */
const common = [
  ...['accounting', 'accounts', 'admin', 'administrator', 'billing', 'build', 'contact', 'deploy', 'dev'],
  ...['developer', 'finance', 'guest', 'help', 'helpdesk', 'hr', 'info', 'it', 'jobs', 'mail', 'marketing'],
  ...['noc', 'office', 'operations', 'ops', 'reception', 'root', 'sales', 'security', 'service', 'shared'],
  ...['staff', 'support', 'team', 'test', 'user'],
];

export const sharedAccountsNone = control({
  id: 'shared-accounts-none',
  severity: 'medium',
  assertion:
    'At each reading, no account of connected GitHub organisations, Microsoft 365 tenants and AWS accounts that could be signed in to was called by a name from the policy’s list of names that several people share (such as info, office or support, before any @ and without regard to digits at its end), unless somebody had written it down as that of a person or a service. Accounts that are shared under another name cannot be told. Root users belong to their AWS account and are not part of this statement.',
  board: 'Without names there is no accountability.',
  remedy:
    'Block sign-in to mailboxes that several people use, give each of them an account, and write services down in the register.',
  collectors: ['github', 'microsoft365', 'aws'],
  population: 'accounts of connected sources',
  parameters: z.strictObject({
    /** Names that stand for no single person, in small letters. */
    names: z.array(z.string().regex(/^[^A-Z\s]+$/)).default(common),
  }),
  over: need(AccountAccess, ['name', 'enabled', 'ofThePlace', 'person', 'holderType', 'tiedBy']),
  related: {},
  test: (account, { parameters: { names } }) =>
    account.given(['enabled', 'ofThePlace'], ({ enabled, ofThePlace }) => {
      if (ofThePlace) return notApplicable('it belongs to the AWS account itself');
      if (!enabled) return notApplicable('nobody can sign in with it');
      return account.given(['name'], ({ name }) => {
        const own = (name.toLowerCase().split('@')[0] ?? '').replace(/[-._]?\d+$/, '');
        if (!names.includes(own)) return pass(`${name} is none of the names that several people share`);
        return account.given(['person', 'holderType', 'tiedBy'], ({ person, holderType, tiedBy }) =>
          tiedBy === 'by-hand'
            ? pass(`${name} is written down as that of ${holderType} ${person}`)
            : fail(`${name} is a name that several people share, and nobody wrote down whose it is`),
        );
      });
    }),
});
