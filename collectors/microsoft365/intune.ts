import type { Refusal } from '../dataset.ts';

/**
 * Intune refuses a tenant that has not bought it as a question that does not apply, with a code that says no more. It is
 * believed of questions alone that nothing is wrong with: they are declared, and the same for every tenant.
 */
export function withoutIntune({ status, code }: Refusal): boolean {
  return status === 400 && code === 'BadRequest';
}
