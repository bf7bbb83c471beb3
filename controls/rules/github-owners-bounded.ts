import { z } from 'zod';
import { Account, Organization } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, noData, pass, unless } from '../finding.ts';

export const githubOwnersBounded = control({
  id: 'github-owners-bounded',
  severity: 'high',
  assertion:
    'At each reading, every connected GitHub organisation had no fewer and no more owner accounts than the policy allows (2 to 5 unless the policy says otherwise).',
  board: 'Owners can delete every repository.',
  remedy: 'Make owners who do not administer the organisation members, and keep at least two owners.',
  collectors: ['github'],
  population: 'connected GitHub organisations',
  parameters: z.strictObject({
    minimum: z.number().int().min(1).default(2),
    maximum: z.number().int().min(1).default(5),
  }),
  over: need(Organization, ['name']),
  related: { accounts: need(Account, ['role']) },
  test: (_, { related, open, parameters: { minimum, maximum } }) => {
    const told = related('accounts').map((account) =>
      account.given(['role'], ({ role }) => (role === 'owner' ? fail('owner') : pass('no owner'))),
    );
    const owners = told.filter(({ status }) => status === 'fail').length;
    const unknown = told.filter(({ status }) => status === 'no-data');
    const bounds = `the policy allows ${minimum} to ${maximum}`;
    if (owners > maximum) return fail(`at least ${owners} accounts are owners, ${bounds}`);
    const [first] = unknown;
    if (first) return noData(`the role of ${unknown.length} accounts is not known: ${first.reason}`);
    return owners < minimum
      ? unless(open('accounts'), fail(`${owners} accounts are owners, ${bounds}`))
      : pass(`${owners} accounts are owners, ${bounds}`);
  },
});
