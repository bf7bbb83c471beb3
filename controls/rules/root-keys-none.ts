import { z } from 'zod';
import { Account, CloudAccount } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, notApplicable, pass } from '../finding.ts';
import { rootOf } from '../root-user.ts';

export const rootKeysNone = control({
  id: 'root-keys-none',
  severity: 'critical',
  assertion:
    'At each reading, no root user of a connected, active AWS account had an access key, active or not.',
  board: 'A leaked root key cannot be limited.',
  remedy: 'Delete the access keys of the root user.',
  collectors: ['aws'],
  population: 'connected AWS accounts',
  parameters: z.strictObject({}),
  over: need(CloudAccount, ['state']),
  related: { accounts: need(Account, ['root', 'accessKeysPresent'], 'cloudAccount') },
  test: (account, { related }) =>
    account.given(['state'], ({ state }) =>
      state === 'ACTIVE'
        ? rootOf(related('accounts'), (root) =>
            root.given(['accessKeysPresent'], ({ accessKeysPresent }) =>
              accessKeysPresent
                ? fail('the root user has an access key')
                : pass('the root user has no access key'),
            ),
          )
        : notApplicable(`the account is ${state}: keys in it open nothing`),
    ),
});
