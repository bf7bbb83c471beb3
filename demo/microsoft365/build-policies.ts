import type { Seeded } from '../aws/random.ts';
import { guardedRoles } from './build-roles.ts';
import type { M365Policy } from './model.ts';

/** The company's policies: good ones, one that only reports, one that asks only outside the office, one switched off. */
export function policiesOf(chance: Seeded, breakGlass: string, emergencies: string[]): M365Policy[] {
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
    policy('Require a compliant device', {
      include: everybody,
      exclude: { users: [breakGlass], groups: emergencies },
      controls: ['compliantDevice'],
      state: 'disabled',
    }),
  ];
}
