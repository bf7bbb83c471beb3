import { z } from 'zod';
import {
  AppRegistration,
  Application,
  Credential,
  EffectiveMembership,
  Group,
  PermissionGrant,
  RoleAssignment,
} from '../../evidence-model/kinds.ts';
import { control, need, type View } from '../control.ts';
import { UnprivilegedRoles } from '../directory-roles.ts';
import { all, fail, notApplicable, pass, type Finding } from '../finding.ts';
import { powersOf } from '../program-powers.ts';

export const serviceAdminSecrets = control({
  id: 'service-admin-secrets',
  severity: 'high',
  assertion:
    'At each reading, no program that was let in to a connected Microsoft 365 tenant and switched on, and held a directory role by active assignment (its own or that of a group that it is in) other than those that the policy names as unprivileged, or a permission of its own whose name says that it changes something or reads what people wrote, had a password there that had not ended. What programs of others prove themselves with at home, and when a program was last used, were not read.',
  board: 'App passwords bypass MFA.',
  remedy: 'Give the listed programs a certificate or a managed identity, or take their rights from them.',
  collectors: ['microsoft365'],
  population: 'programs that were let in to connected Microsoft 365 tenants',
  parameters: z.strictObject({ unprivilegedRoles: UnprivilegedRoles }),
  over: need(Application, ['program', 'suspended']),
  related: {
    assignments: need(RoleAssignment, ['account', 'accountType', 'role']),
    // What is read of each group is due for everything: what is in one holds what it holds.
    groups: need(Group, ['assignableToRoles']),
    memberships: need(EffectiveMembership, ['group'], 'account'),
    grants: need(PermissionGrant, ['way', 'permissions'], 'holder'),
    registrations: need(AppRegistration, ['program']),
    credentials: need(Credential, ['account', 'type', 'expiresAt']),
  },
  test: (application, { asOf, related, parameters: { unprivilegedRoles } }) =>
    application.given(['suspended'], ({ suspended }) => {
      if (suspended) return notApplicable('it is switched off');
      const powers = powersOf(application.id, {
        assignments: related('assignments'),
        memberships: related('memberships'),
        grants: related('grants'),
        unprivilegedRoles,
        ways: ['by-itself'],
      });
      if (powers.status === 'fail') return notApplicable(powers.reason);
      if (powers.status !== 'pass') return powers;
      return application.given(['program'], ({ program }) => {
        const owners = new Set([application.id]);
        const registrations = related('registrations').map((registration) =>
          registration.given(['program'], (registered) => {
            if (registered.program === program) owners.add(registration.id);
            return pass('looked at');
          }),
        );
        const found = all([
          ...registrations,
          ...related('credentials').map((each) => passwordOf(each, owners, asOf)),
        ]);
        if (found.status === 'no-data') return found;
        return found.status === 'fail'
          ? fail(`${powers.reason}; ${found.reason}`)
          : pass(`${powers.reason}; no password of it that has not ended is kept here`);
      });
    }),
});

interface Secret {
  readonly account: string;
  readonly type: string;
  readonly expiresAt: string;
}

/** Whether a password of one of these opens something still. */
function passwordOf(credential: View<Secret>, owners: ReadonlySet<string>, asOf: string): Finding {
  return credential.given(['account', 'type'], ({ account, type }) =>
    owners.has(account) && type === 'program-password'
      ? credential.given(['expiresAt'], ({ expiresAt }) =>
          expiresAt === 'never' || Date.parse(expiresAt) > Date.parse(asOf)
            ? fail(
                `it has a password ${expiresAt === 'never' ? 'without end' : `until ${expiresAt.slice(0, 10)}`}`,
              )
            : pass('a password has ended'),
        )
      : pass('no password of it'),
  );
}
