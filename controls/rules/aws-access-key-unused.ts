import { z } from 'zod';
import { Account, Credential } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, fail, noData, notApplicable, pass } from '../finding.ts';

export const awsAccessKeyUnused = control({
  id: 'aws-access-key-unused',
  severity: 'medium',
  assertion:
    'At each reading, every active access key and every console password of an IAM user had been used within the days that the policy allows (45 unless the policy says otherwise), or was new (at most 30 days unless the policy says otherwise) where it was never used.',
  board: 'Unused keys only serve attackers.',
  remedy: 'Switch off the unused keys and passwords of the listed users, then delete them.',
  collectors: ['aws'],
  population: 'IAM users and root users of every connected AWS account',
  parameters: z.strictObject({
    maximumDays: z.number().int().min(1).default(45),
    maximumDaysNeverUsed: z.number().int().min(1).default(30),
  }),
  over: need(Account, ['root', 'consolePassword', 'passwordLastUsedAt', 'passwordChangedAt']),
  related: { keys: need(Credential, ['type', 'active', 'rotatedAt', 'lastUsedAt'], 'account') },
  test: (account, { asOf, related, parameters: { maximumDays, maximumDaysNeverUsed } }) => {
    const unused = (what: string, lastUsedAt: string, since: string) => {
      const never = lastUsedAt === 'never';
      const days = daysBetween(never ? since : lastUsedAt, asOf);
      if (days < 0) return noData(`${what}: the source tells a time after it was read`);
      const allowed = never ? maximumDaysNeverUsed : maximumDays;
      const told = `${what} was ${never ? 'never used and is' : 'last used'} ${days} days ${never ? 'old' : 'ago'}, ${allowed} are allowed`;
      return days > allowed ? fail(told) : pass(told);
    };
    const keys = related('keys').map((key) =>
      key.given(['type', 'active'], ({ type, active }) => {
        if (type !== 'access-key' || !active) return notApplicable('it opens nothing');
        return key.given(['lastUsedAt'], ({ lastUsedAt }) =>
          lastUsedAt === 'never'
            ? key.given(['rotatedAt'], ({ rotatedAt }) => unused(keyName(key.id), 'never', rotatedAt))
            : unused(keyName(key.id), lastUsedAt, ''),
        );
      }),
    );
    return account.given(['root'], ({ root }) => {
      const password = root
        ? notApplicable('the password of a root user is kept for emergencies')
        : account.given(['consolePassword'], ({ consolePassword }) =>
            consolePassword
              ? account.given(['passwordLastUsedAt'], ({ passwordLastUsedAt }) =>
                  passwordLastUsedAt === 'never'
                    ? account.given(['passwordChangedAt'], ({ passwordChangedAt }) =>
                        unused('the console password', 'never', passwordChangedAt),
                      )
                    : unused('the console password', passwordLastUsedAt, ''),
                )
              : notApplicable('has no console password'),
          );
      const judged = [password, ...keys].filter(({ status }) => status !== 'not-applicable');
      return judged.length === 0
        ? notApplicable('has neither an active key nor a console password')
        : all(judged);
    });
  },
});

/** The last part of the id, such as `access-key-1`. */
function keyName(id: string): string {
  return id.split('/').at(-1) ?? id;
}
