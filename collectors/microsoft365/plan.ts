import { z } from 'zod';
import { single } from './scope.ts';

const Bought = z.object({
  value: z.array(z.object({ servicePlans: z.array(z.object({ servicePlanName: z.string() })) })),
});

/**
 * Tells a tenant that has not bought something from a caller who may not see it, where Microsoft refuses both alike.
 * Names of plans: https://learn.microsoft.com/entra/identity/users/licensing-service-plan-reference
 */
export function planWith(service: string) {
  return {
    what: "the tenant's list of licences",
    request: () => single('/subscribedSkus'),
    has(value: unknown): boolean | null {
      const bought = Bought.safeParse(value).data?.value;
      if (!bought) return null;
      return bought.some(({ servicePlans }) => servicePlans.some((plan) => plan.servicePlanName === service));
    },
  };
}
