import { z } from 'zod';
import { AccountAccess } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, notApplicable, pass } from '../finding.ts';

export const mfaGapPrivilegedAnywhere = control({
  id: 'mfa-gap-privileged-anywhere',
  severity: 'critical',
  assertion:
    'At each reading, whosever it was, no account of connected GitHub organisations, Microsoft 365 tenants and AWS accounts that administered something there, or could become an administrator in a known way, could be signed in to without a second factor. In Microsoft 365 conditional access or security defaults asked for one, a claim of an earlier sign-in may meet that, and of guests one of their own organisation; on GitHub one was set up and the organisation required it, or the tenant that signs the account in asked for one everywhere; in AWS one was registered, or there was no password, and no access key was active; or somebody said, at most 90 days before, that Identity Center has people signed in where one is asked for. Tokens and SSH keys of GitHub, roles, whoever owns a group of a tenant that holds a role, and accounts written down as those of services that only sign requests with keys were not judged.',
  board: 'The one sentence that insurers rely on: a second factor for all privileged access.',
  remedy: 'Have a second factor required of each listed account, or take its rights from it.',
  collectors: ['github', 'microsoft365', 'aws'],
  population: 'accounts of connected sources',
  parameters: z.strictObject({}),
  over: need(AccountAccess, [
    ...(['enabled', 'holderType', 'declared', 'person', 'interactive'] as const),
    ...(['privilege', 'privilegeBy', 'mfaRequired', 'mfaBy'] as const),
  ]),
  related: {},
  test: (account) =>
    account.given(['enabled', 'person'], ({ enabled, person }) => {
      if (!enabled) return notApplicable('nobody can sign in with it');
      const privileged = account.given(['privilege', 'privilegeBy'], ({ privilege, privilegeBy }) => {
        if (privilege !== 'administrator') return notApplicable(`is no administrator: ${privilegeBy}`);
        return account.given(['mfaRequired', 'mfaBy'], ({ mfaRequired, mfaBy }) =>
          mfaRequired ? pass(`${privilegeBy}; ${mfaBy}`) : fail(`${person}: ${privilegeBy}; ${mfaBy}`),
        );
      });
      if (privileged.status !== 'fail') return privileged;
      return account.given(['holderType'], ({ holderType }) => {
        if (holderType !== 'service') return privileged;
        return account.given(['interactive', 'declared'], ({ interactive, declared }) =>
          interactive
            ? privileged
            : notApplicable(
                `service ${person}, as ${declared} was written down; nobody can sign in with it but by a key`,
              ),
        );
      });
    }),
});
