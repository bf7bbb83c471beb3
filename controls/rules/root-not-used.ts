import { z } from 'zod';
import { Account, CloudAccount, Credential } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, any, fail, noData, notApplicable, pass, type Finding } from '../finding.ts';
import { rootOf } from '../root-user.ts';

export const rootNotUsed = control({
  id: 'root-not-used',
  severity: 'high',
  assertion:
    'At each reading, the root user of every connected, active AWS account had neither signed in with its password nor used a key within the days that the policy names (30 unless it says otherwise), as far as the credential report tells, or had neither password, access key nor signing certificate. What somebody does as root by way of a session that the organisation gave them is not told there.',
  board: 'What root does is hard to put down to anybody, and cannot be limited.',
  remedy: 'Use roles, keep root for emergencies, and write down each time that it was needed.',
  collectors: ['aws'],
  population: 'connected AWS accounts',
  parameters: z.strictObject({ leastDays: z.number().int().min(1).default(30) }),
  over: need(CloudAccount, ['state']),
  related: {
    accounts: need(
      Account,
      [
        ...(['root', 'passwordLastUsedAt', 'passwordPresent'] as const),
        ...(['accessKeysPresent', 'signingCertificatesPresent'] as const),
      ],
      'cloudAccount',
    ),
    keys: need(Credential, ['account', 'type', 'active', 'lastUsedAt'], 'cloudAccount'),
  },
  test: (account, { asOf, related, open, parameters: { leastDays } }) => {
    const unused = (what: string, at: string): Finding => {
      if (at === 'never') return pass(`${what} of the root user was never used`);
      const days = daysBetween(at, asOf);
      if (days < 0) return noData(`the source says that ${what} was used after it was read`);
      const told = `${what} of the root user was last used ${days} days ago`;
      return days <= leastDays
        ? fail(`${told}, and more than ${leastDays} days without use are wanted`)
        : pass(told);
    };
    return account.given(['state'], ({ state }) => {
      if (state !== 'ACTIVE') return notApplicable(`AWS calls the account ${state}, so that it was not read`);
      return rootOf(related('accounts'), (root) => {
        const keys = related('keys').map((key) =>
          key.given(['account'], ({ account: owner }) => {
            if (owner !== root.id) return notApplicable('somebody else’s');
            return key.given(['type', 'lastUsedAt'], ({ type, lastUsedAt }) =>
              unused(type === 'access-key' ? 'an access key' : 'a signing certificate', lastUsedAt),
            );
          }),
        );
        const lacking = open('keys');
        return any(
          [
            all([
              root.given(['passwordLastUsedAt'], ({ passwordLastUsedAt }) =>
                unused('the password', passwordLastUsedAt),
              ),
              ...keys.filter(({ status }) => status !== 'not-applicable'),
              ...(lacking === null ? [] : [noData(lacking)]),
            ]),
            root.given(['passwordPresent', 'accessKeysPresent', 'signingCertificatesPresent'], (has) =>
              has.passwordPresent || has.accessKeysPresent || has.signingCertificatesPresent
                ? fail('it has something to sign in with')
                : pass('the root user has nothing to sign in with'),
            ),
          ],
          noData('nothing is known of the root user'),
        );
      });
    });
  },
});
