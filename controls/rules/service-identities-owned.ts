import { z } from 'zod';
import {
  AccountHolder,
  Application,
  DeclaredService,
  DeployKey,
  EffectiveMembership,
  Group,
  PermissionGrant,
  RoleAssignment,
} from '../../evidence-model/kinds.ts';
import { controlOverParts, need, type View } from '../control.ts';
import { daysBetween } from '../days.ts';
import { UnprivilegedRoles } from '../directory-roles.ts';
import { all, fail, notApplicable, pass, type Finding } from '../finding.ts';
import { powersOf } from '../program-powers.ts';

const fields = ['purpose', 'owner', 'ownerPresent', 'declaredOn'] as const;
type Declared = View<{
  readonly purpose: string;
  readonly owner: string;
  readonly ownerPresent: boolean;
  readonly declaredOn: string;
}>;

export const serviceIdentitiesOwned = controlOverParts({
  id: 'service-identities-owned',
  severity: 'high',
  assertion:
    'At each reading, each deploy key of a connected GitHub organisation that may write and was not switched off, each GitHub App that was let in there, not suspended and able to change something, each program that was let in to a connected Microsoft 365 tenant, switched on, and held a directory role by active assignment (its own or that of a group that it is in) other than those that the policy names as unprivileged, or a permission of its own whose name says that it changes something or reads what people wrote, and each account anywhere that was written down as one that no person signs in with, was written down as a service with a purpose and with somebody who answers for it and was there, as the accounts of that person tell, at most as many days before as the policy allows (180 unless it says otherwise). An account that nobody wrote down counts as a person’s and is not judged here; nor are roles of AWS.',
  board: 'Ownerless keys live for ever.',
  remedy:
    'Write each of them down under services, by the id that the results print, with what it is for and who answers for it; or take it away.',
  collectors: ['github', 'microsoft365', 'aws'],
  population:
    'deploy keys and GitHub Apps of connected organisations, programs in connected tenants, and accounts that are written down as services',
  parameters: z.strictObject({
    unprivilegedRoles: UnprivilegedRoles,
    reviewDays: z.number().int().min(1).max(730).default(180),
  }),
  parts: (part) => [
    part({
      collectors: ['github'],
      over: need(DeployKey, ['active', 'mayWrite']),
      related: { declared: need(DeclaredService, fields, { thing: 'id' }) },
      test: (key, { asOf, related, parameters }) =>
        key.given(['mayWrite'], ({ mayWrite }) => {
          if (!mayWrite) return notApplicable('it may only read');
          return key.given(['active'], ({ active }) =>
            active ? answeredFor(related('declared'), asOf, parameters) : notApplicable('it is switched off'),
          );
        }),
    }),
    part({
      collectors: ['github'],
      over: need(Application, ['permissions', 'suspended']),
      related: { declared: need(DeclaredService, fields, { thing: 'id' }) },
      test: (application, { asOf, related, parameters }) =>
        application.given(['suspended'], ({ suspended }) => {
          if (suspended) return notApplicable('it is suspended, so that it may do nothing');
          return application.given(['permissions'], ({ permissions }) =>
            permissions.every((each) => each.endsWith(': read'))
              ? notApplicable('it may only read')
              : answeredFor(related('declared'), asOf, parameters),
          );
        }),
    }),
    part({
      collectors: ['microsoft365'],
      over: need(Application, ['suspended']),
      related: {
        declared: need(DeclaredService, fields, { thing: 'id' }),
        assignments: need(RoleAssignment, ['account', 'accountType', 'role']),
        // What is read of each group is due for everything: what is in one holds what it holds.
        groups: need(Group, ['assignableToRoles']),
        memberships: need(EffectiveMembership, ['group'], 'account'),
        grants: need(PermissionGrant, ['way', 'permissions'], 'holder'),
      },
      test: (application, { asOf, related, parameters }) =>
        application.given(['suspended'], ({ suspended }) => {
          if (suspended) return notApplicable('it is switched off');
          const powers = powersOf(application.id, {
            assignments: related('assignments'),
            memberships: related('memberships'),
            grants: related('grants'),
            unprivilegedRoles: parameters.unprivilegedRoles,
            ways: ['by-itself'],
          });
          if (powers.status === 'fail') return notApplicable(powers.reason);
          return powers.status === 'pass'
            ? answeredFor(related('declared'), asOf, parameters, powers.reason)
            : powers;
        }),
    }),
    part({
      over: need(AccountHolder, ['holder'], undefined, { holderType: ['service'] }),
      related: { declared: need(DeclaredService, fields, { service: 'holder' }) },
      test: (_, { asOf, related, parameters }) => answeredFor(related('declared'), asOf, parameters),
    }),
  ],
});

/** Whether something is written down as a service, lately enough, and somebody answers for it who is there. */
function answeredFor(
  declared: readonly Declared[],
  asOf: string,
  { reviewDays }: { readonly reviewDays: number },
  may = 'it may change something',
): Finding {
  if (declared.length === 0) return fail(`${may}, and nobody wrote down whose it is`);
  return all(
    declared.map((each) =>
      each.given(fields, ({ purpose, owner, ownerPresent, declaredOn }) => {
        const age = daysBetween(declaredOn, asOf);
        if (!ownerPresent) return fail(`${owner}, who answers for it, is not there any more`);
        if (declaredOn > asOf.slice(0, 10))
          return fail(`it was written down as of ${declaredOn}, a day that has not come`);
        return age > reviewDays
          ? fail(`it was written down ${age} days ago, the policy allows ${reviewDays}`)
          : pass(`${owner} answers for it (${purpose}), as was written down on ${declaredOn}`);
      }),
    ),
  );
}
