import { z } from 'zod';
import { AccessGrant, Account } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, fail, pass, type Finding } from '../finding.ts';
import { nameOf } from '../told.ts';

interface Sponsor {
  readonly sponsor: string;
  readonly until: string;
}

export const outsideCollaboratorsReviewed = control({
  id: 'outside-collaborators-reviewed',
  severity: 'medium',
  assertion:
    'At each reading, every outside collaborator of a connected GitHub organisation was named in the policy with somebody who answers for them and a last day, which had not passed and was no further ahead than the policy allows (180 days unless it says otherwise); and none had been granted other access to a repository by name than the policy allows (read, triage or write unless it says otherwise). When they last worked there was not read.',
  board: 'Code leaves by the side door.',
  remedy:
    'Remove whoever is no longer needed, take rights of administration from the others, and name each in the policy file under outside-collaborators-reviewed with who answers for them and until when.',
  collectors: ['github'],
  population: 'outside collaborators of connected GitHub organisations',
  parameters: z.strictObject({
    /** Who answers for whom, and until when: by the id of the account or its login. */
    sponsored: z
      .record(z.string().min(1), z.strictObject({ sponsor: z.string().min(1), until: z.iso.date() }))
      .default({}),
    maximumDays: z.number().int().min(1).default(180),
    /** Levels of access that they may have, in GitHub's words in small letters. */
    levels: z.array(z.string().min(1)).default(['read', 'triage', 'write']),
  }),
  over: need(Account, ['name', 'role'], undefined, { role: ['outside-collaborator'] }),
  related: { grants: need(AccessGrant, ['holderType', 'level'], 'holder') },
  test: (account, { asOf, related, parameters: { sponsored, maximumDays, levels } }) => {
    const login = nameOf(account).toLowerCase();
    const [, sponsor] =
      Object.entries(sponsored).find(([name]) => name === account.id || name.toLowerCase() === login) ?? [];
    const unnamed = account.given(['name'], () => fail('the policy names nobody who answers for them'));
    return all([
      sponsor ? withinDays(sponsor, asOf, maximumDays) : unnamed,
      ...related('grants').map((grant) =>
        grant.given(['holderType', 'level'], ({ holderType, level }) =>
          // Teams are numbered by themselves, and one may be called like an account.
          holderType === 'account' && !levels.includes(level)
            ? fail(`they have ${level} access to a repository (${grant.id})`)
            : pass('what they may is within what the policy allows'),
        ),
      ),
    ]);
  },
});

function withinDays({ sponsor, until }: Sponsor, asOf: string, maximumDays: number): Finding {
  const told = `${sponsor} answers for them until ${until}`;
  // The last day counts whole.
  if (until < asOf.slice(0, 10)) return fail(`${told}, which has passed`);
  return daysBetween(asOf, `${until}T00:00:00.000Z`) > maximumDays
    ? fail(`${told}, which is more than ${maximumDays} days ahead`)
    : pass(told);
}
