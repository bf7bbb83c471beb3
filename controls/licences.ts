import type { View } from './control.ts';
import { told } from './told.ts';

/** https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference */
export const plans = {
  /** Either lets people take on roles for a while: https://learn.microsoft.com/entra/id-governance/licensing-fundamentals */
  privilegedIdentities: ['AAD_PREMIUM_P2', 'Entra_Identity_Governance'],
  /** Lets policies act on risk: https://learn.microsoft.com/entra/id-protection/overview-identity-protection#license-requirements */
  risk: ['AAD_PREMIUM_P2'],
} as const;

/** Whether the licences of a tenant, all of which must be known, hold none of these services. */
export function lacks(
  services: readonly string[],
  licences: readonly View<{ readonly services: readonly string[] }>[],
  open: string | null,
): boolean {
  const { known, untold } = told(licences, ['services']);
  if (open !== null || untold) return false;
  return !known.some((licence) => licence.services.some((service) => services.includes(service)));
}

/** Services of Exchange that give nobody a mailbox by themselves. */
const withoutMailbox = /FOUNDATION|ARCHIVE|ANALYTICS|MULTIGEO/;

/** Whether a service, told as `id name`, gives a mailbox to whoever has it and has not these turned off. */
export function givesMailbox(plan: string, off: readonly string[]): boolean {
  const [id = '', name = ''] = plan.split(' ');
  return name.startsWith('EXCHANGE') && !withoutMailbox.test(name) && !off.includes(id);
}
