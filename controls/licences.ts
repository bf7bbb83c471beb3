import type { View } from './control.ts';
import { fail, noData, pass, type Finding } from './finding.ts';
import { told } from './told.ts';

/** https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference */
export const plans = {
  /** Either lets people take on roles for a while: https://learn.microsoft.com/entra/id-governance/licensing-fundamentals */
  privilegedIdentities: ['AAD_PREMIUM_P2', 'Entra_Identity_Governance'],
  /** Lets policies act on risk: https://learn.microsoft.com/entra/id-protection/overview-identity-protection#license-requirements */
  risk: ['AAD_PREMIUM_P2'],
  /** Has attachments and links checked; the second plan holds the first. */
  mailProtection: ['ATP_ENTERPRISE', 'THREAT_INTELLIGENCE'],
} as const;

/** Whether a licence of a tenant holds one of these services; a failure only where all of its licences are known. */
export function bought(
  services: readonly string[],
  licences: readonly View<{ readonly services: readonly string[] }>[],
  open: string | null,
): Finding {
  const { known, untold } = told(licences, ['services']);
  if (known.some((licence) => licence.services.some((service) => services.includes(service))))
    return pass('it is among the licences');
  return untold ?? (open === null ? fail('it is among no licence') : noData(open));
}

/** Services of Exchange that give nobody a mailbox by themselves. */
const withoutMailbox = /FOUNDATION|ARCHIVE|ANALYTICS|MULTIGEO/;

/** Whether a service, told as `id name`, gives a mailbox to whoever has it and has not these turned off. */
export function givesMailbox(plan: string, off: readonly string[]): boolean {
  const [id = '', name = ''] = plan.split(' ');
  return name.startsWith('EXCHANGE') && !withoutMailbox.test(name) && !off.includes(id);
}
