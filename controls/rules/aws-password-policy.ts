import { z } from 'zod';
import { Account, CloudAccount, PasswordPolicy } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, noData, notApplicable, pass, worst } from '../finding.ts';

export const awsPasswordPolicy = control({
  id: 'aws-password-policy',
  severity: 'low',
  assertion:
    'At each reading, every connected, active AWS account in which an IAM user has a console password had a password policy with at least the length and reuse prevention that our policy wants (14 characters and 24 passwords unless the policy says otherwise).',
  board: 'Basic hygiene that an underwriter asks about.',
  remedy: 'Set the account password policy, or remove the last console passwords.',
  collectors: ['aws'],
  population: 'connected AWS accounts',
  parameters: z.strictObject({
    minimumLength: z.number().int().min(6).default(14),
    reusePrevention: z.number().int().min(0).max(24).default(24),
  }),
  over: need(CloudAccount, ['state']),
  related: {
    users: need(Account, ['root', 'consolePassword'], 'cloudAccount'),
    policies: need(PasswordPolicy, ['set', 'minimumLength', 'reusePrevention'], 'cloudAccount'),
  },
  test: (account, { related, parameters }) =>
    account.given(['state'], ({ state }) => {
      if (state !== 'ACTIVE') return notApplicable(`AWS calls the account ${state}, so that it was not read`);
      const users = related('users').map((user) =>
        user.given(['root'], ({ root }) =>
          root
            ? notApplicable('the policy does not reach the root user')
            : user.given(['consolePassword'], ({ consolePassword }) =>
                consolePassword ? pass('has a console password') : notApplicable('has none'),
              ),
        ),
      );
      const anyone = users.some(({ status }) => status === 'pass');
      const unknown = users.find(({ status }) => status === 'no-data');
      if (!anyone && unknown) return unknown;
      if (!anyone) return notApplicable('no IAM user of the account has a console password');
      const [policy, ...others] = related('policies');
      if (!policy || others.length > 0) return noData('the password policy of the account is not known');
      return policy.given(['set'], ({ set }) => {
        if (!set) return fail("no password policy is set, so AWS's own default applies");
        const findings = [
          policy.given(['minimumLength'], ({ minimumLength }) => {
            const told = `passwords have at least ${minimumLength} characters, ${parameters.minimumLength} are wanted`;
            return minimumLength < parameters.minimumLength ? fail(told) : pass(told);
          }),
          policy.given(['reusePrevention'], ({ reusePrevention }) => {
            const told = `the last ${reusePrevention} passwords are refused, ${parameters.reusePrevention} are wanted`;
            return reusePrevention < parameters.reusePrevention ? fail(told) : pass(told);
          }),
        ];
        return worst(findings.map(({ status }) => status)) === 'pass' && unknown ? unknown : all(findings);
      });
    }),
});
