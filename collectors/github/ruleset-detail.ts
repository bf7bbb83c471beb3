import { z } from 'zod';
import { Ruleset } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import type { Reading } from '../dataset.ts';

/** One ruleset with all that is shown of it. */
export const RulesetDetail = z.object({
  id: z.int(),
  bypass_actors: z
    .array(
      z.object({
        actor_id: z.int().nullish(),
        actor_type: z.string(),
        bypass_mode: z.string().nullish(),
      }),
    )
    .nullish(),
  rules: z.array(z.object({ type: z.string() })).nullish(),
});

/** GitHub shows bypass actors only to those who may change the ruleset, which Exhibit never asks to be. */
const hidden =
  'GitHub shows who may bypass a ruleset only to those who may change it; an owner can hand over an export';

/** What a ruleset says; the answer must be about the one that was asked for. */
export function detailOf(
  { id, bypass_actors, rules }: z.output<typeof RulesetDetail>,
  { parent }: Pick<Reading<unknown, { readonly id: string }>, 'parent'>,
) {
  if (String(id) !== parent.id) throw new Error('the answer is about another ruleset');
  return [
    Ruleset.record({
      id: parent.id,
      bypassActors: known(
        bypass_actors?.map(
          ({ actor_id, actor_type, bypass_mode }) =>
            `${actor_type} ${actor_id ?? 'any'}: ${bypass_mode ?? 'always'}`,
        ),
        hidden,
      ),
      rules: known(
        rules?.map(({ type }) => type),
        'GitHub does not tell its rules',
      ),
    }),
  ];
}
