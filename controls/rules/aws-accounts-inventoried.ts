import { z } from 'zod';
import { Account, CloudAccount, CloudRegion } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, noData, notApplicable, pass } from '../finding.ts';
import { rootOf } from '../root-user.ts';

export const awsAccountsInventoried = control({
  id: 'aws-accounts-inventoried',
  severity: 'high',
  assertion:
    'At each reading, every active account that a connected AWS organisation lists was read itself, its regions and its users, and named somebody whom AWS tells about security. Accounts that are in no connected organisation are not known.',
  board: 'Forgotten accounts hold forgotten data.',
  remedy:
    'Roll out the read role to the listed accounts, name a security contact in each, invite accounts that stand outside, and close those that nobody needs.',
  collectors: ['aws'],
  population: 'accounts of connected AWS organisations',
  parameters: z.strictObject({}),
  over: need(CloudAccount, ['state', 'joinedAt', 'securityContact']),
  related: {
    users: need(Account, ['root'], 'cloudAccount'),
    regions: need(CloudRegion, ['enabled'], 'cloudAccount'),
  },
  test: (account, { related }) =>
    // Only an organisation that lists its accounts says since when each is in it.
    account.given(['state', 'joinedAt'], ({ state }) => {
      if (state !== 'ACTIVE') return notApplicable(`AWS calls the account ${state}: nothing answers in it`);
      return all([
        rootOf(related('users'), () => pass('its users were read')),
        related('regions').length > 0
          ? pass('its regions were read')
          : noData('its regions are in no reading'),
        account.given(['securityContact'], ({ securityContact }) =>
          securityContact
            ? pass('somebody is named whom AWS tells about security')
            : fail('nobody is named whom AWS tells about security'),
        ),
      ]);
    }),
});
