import { z } from 'zod';
import { Account } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, notApplicable, pass } from '../finding.ts';

export const awsHumanAccessFederated = control({
  id: 'aws-human-access-federated',
  severity: 'high',
  assertion:
    'At each reading, no IAM user of a connected AWS account could sign in to the console with a password, so that whoever does comes by way of an identity provider, or is the root user. People who work with access keys of an IAM user were not told from programs.',
  board: 'There are fewer forgotten passwords, and whoever leaves is out everywhere at once.',
  remedy:
    'Let people in by permission sets of Identity Center, and delete the passwords of IAM users. Those that are kept for emergencies are exceptions.',
  collectors: ['aws'],
  population: 'IAM users and root users of every connected AWS account',
  parameters: z.strictObject({}),
  over: need(Account, ['root', 'consolePassword']),
  related: {},
  test: (account) =>
    account.given(['root'], ({ root }) =>
      root
        ? notApplicable('the root user belongs to no identity provider; root-not-used judges it')
        : account.given(['consolePassword'], ({ consolePassword }) =>
            consolePassword
              ? fail('signs in to the console with a password of its own')
              : pass('has no console password'),
          ),
    ),
});
