import { z } from 'zod';
import {
  Application,
  EffectiveMembership,
  Group,
  Organization,
  PermissionGrant,
  RoleAssignment,
} from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { UnprivilegedRoles } from '../directory-roles.ts';
import { fail, notApplicable, pass, unless } from '../finding.ts';
import { powersOf } from '../program-powers.ts';

export const thirdPartyAppsApprovedM365 = control({
  id: 'third-party-apps-approved-m365',
  severity: 'medium',
  assertion:
    'At each reading, every program that somebody other than the company and Microsoft’s own services had made, and that was let in to a connected Microsoft 365 tenant and switched on, was one that the policy names as approved if it held a directory role by active assignment (its own or that of a group that it is in) other than those that the policy names as unprivileged, or, by itself or for anybody who is signed in, a permission whose name says that it changes something or reads what people wrote. When a program was last used was not read.',
  board: 'Consent phishing steals data without passwords.',
  remedy: 'Take out the listed programs, or name those that the company wants in the policy file.',
  collectors: ['microsoft365'],
  population: 'programs that were let in to connected Microsoft 365 tenants',
  parameters: z.strictObject({
    unprivilegedRoles: UnprivilegedRoles,
    /** Programs that the company has looked at and wants, by application (client) id. */
    approvedPrograms: z.array(z.guid()).default([]),
  }),
  over: need(Application, ['program', 'type', 'maker', 'builtIn', 'suspended']),
  related: {
    tenants: need(Organization, ['name']),
    assignments: need(RoleAssignment, ['account', 'accountType', 'role']),
    // What is read of each group is due for everything: what is in one holds what it holds.
    groups: need(Group, ['assignableToRoles']),
    memberships: need(EffectiveMembership, ['group'], 'account'),
    grants: need(PermissionGrant, ['way', 'permissions'], 'holder'),
  },
  test: (application, { related, open, parameters: { unprivilegedRoles, approvedPrograms } }) =>
    application.given(['type', 'suspended'], ({ type, suspended }) => {
      if (suspended) return notApplicable('it is switched off');
      if (type === 'ManagedIdentity') return notApplicable('a managed identity, which nobody else made');
      return application.given(['maker', 'builtIn'], ({ maker, builtIn }) => {
        if (related('tenants').some(({ id }) => id === maker)) return notApplicable('the company made it');
        if (builtIn) return notApplicable('it is one of Microsoft’s own services');
        const powers = powersOf(application.id, {
          assignments: related('assignments'),
          memberships: related('memberships'),
          grants: related('grants'),
          unprivilegedRoles,
          ways: ['by-itself', 'for-somebody'],
        });
        if (powers.status === 'fail') return notApplicable(powers.reason);
        return application.given(['program'], ({ program }) => {
          if (approvedPrograms.includes(program)) return pass('the policy names it as approved');
          return powers.status === 'pass'
            ? unless(
                open('tenants'),
                fail(`${powers.reason}, and the policy does not name ${program} as approved`),
              )
            : powers;
        });
      });
    }),
});
