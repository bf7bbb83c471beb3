import type { Seeded } from '../aws/random.ts';
import { globalAdministrator, guardedRoles } from './build-roles.ts';
import type { M365Policy } from './model.ts';

/** The built-in strength that resists phishing: https://learn.microsoft.com/entra/identity/authentication/concept-authentication-strengths */
const resistsPhishing = '00000000-0000-0000-0000-000000000004';

/** Whom policies leave out: the account for emergencies, groups, and one guest whom somebody forgot. */
interface LeftOut {
  readonly breakGlass: string;
  readonly emergencies: string[];
  readonly guests: string[];
}

/**
 * The company's policies: good ones, one that only reports, one that asks only outside the office, one switched off,
 * one for the highest role alone, one that leaves out a guest.
 */
export function policiesOf(chance: Seeded, { breakGlass, emergencies, guests }: LeftOut): M365Policy[] {
  const policy = (
    name: string,
    said: Partial<M365Policy> & Pick<M365Policy, 'include' | 'controls'>,
  ): M365Policy => ({
    id: chance.uuid(`policy/${name}`),
    name,
    state: 'enabled',
    exclude: { users: [breakGlass] },
    applications: ['All'],
    clients: ['all'],
    exceptAt: null,
    strength: null,
    ...said,
  });
  const everybody = { users: ['All'] };
  return [
    policy('Require MFA for administrators', { include: { roles: [...guardedRoles] }, controls: ['mfa'] }),
    policy('Require MFA for everyone', {
      include: everybody,
      controls: ['mfa'],
      state: 'enabledForReportingButNotEnforced',
    }),
    policy('Require MFA outside the office', {
      include: everybody,
      controls: ['mfa'],
      exceptAt: ['AllTrusted'],
    }),
    policy('Block legacy authentication', {
      include: everybody,
      controls: ['block'],
      clients: ['exchangeActiveSync', 'other'],
    }),
    policy('Require passkeys for global administrators', {
      include: { roles: [globalAdministrator] },
      controls: [],
      strength: resistsPhishing,
    }),
    policy('Require MFA for guests', {
      include: { users: ['GuestsOrExternalUsers'] },
      exclude: { users: guests },
      controls: ['mfa'],
    }),
    policy('Require a compliant device', {
      include: everybody,
      exclude: { users: [breakGlass], groups: emergencies },
      controls: ['compliantDevice'],
      state: 'disabled',
    }),
  ];
}
