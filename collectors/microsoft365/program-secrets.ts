import { z } from 'zod';
import { known } from '../../evidence-model/unknown.ts';
import { silent } from './scope.ts';

const Limit = z.object({
  restrictionType: z.string(),
  state: z.string().nullish(),
  maxLifetime: z.string().nullish(),
});

/** What passwords and keys programs may have. */
export const Restrictions = z
  .object({ passwordCredentials: z.array(Limit).nullish(), keyCredentials: z.array(Limit).nullish() })
  .nullish();
type Restrictions = z.output<typeof Restrictions>;

export const secretsFields = ['name', 'enabled', 'restrictions'] as const;

/** The restrictions of one policy; unknown unless all parts that it should have are told. */
export function restrictionsOf(
  parts: readonly (readonly ['registrations' | 'programs' | 'both', Restrictions])[],
) {
  const whole = parts.every(([, part]) => part?.passwordCredentials && part.keyCredentials);
  const found = parts.flatMap(([on, part]) =>
    [...(part?.passwordCredentials ?? []), ...(part?.keyCredentials ?? [])].map(
      ({ restrictionType, state, maxLifetime }) => ({
        what: restrictionType,
        on,
        enabled: state !== 'disabled',
        longest: maxLifetime ?? 'none',
      }),
    ),
  );
  return known(whole ? found : null, silent);
}
