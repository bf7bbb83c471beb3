import { z } from 'zod';
import { Ruleset } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, type Reading } from '../dataset.ts';
import { eachRuleset, type OfRuleset } from './repository-rulesets.ts';
import { dataset, single, type Scope } from './scope.ts';

const Item = z.object({
  id: z.int(),
  bypass_actors: z
    .array(
      z.object({ actor_id: z.int().nullish(), actor_type: z.string(), bypass_mode: z.string().nullish() }),
    )
    .nullish(),
  rules: z.array(z.object({ type: z.string() })).nullish(),
});

/** GitHub shows bypass actors only to those who may change the ruleset, which Exhibit never asks to be. */
const hidden =
  'GitHub shows who may bypass a ruleset only to those who may change it; an owner can hand over an export';

/** What each ruleset demands and who may pass it by, as far as the caller is shown it. */
export const rulesetDetails = dataset.state<OfRuleset>({
  id: 'github/ruleset-details',
  title: 'Rules and bypass actors of rulesets',
  docs: 'https://docs.github.com/rest/repos/rules#get-a-repository-ruleset',
  permissions: ['Repository metadata: read'],
  personal: [],
  speaks: [speaks(Ruleset, ['bypassActors', 'rules'])],
  each: eachRuleset,
  requests: (_, { ruleset, place }) => {
    const [owner = '', repo = ''] = place.split('/');
    return [single('/repos/{owner}/{repo}/rulesets/{ruleset_id}', { owner, repo, ruleset_id: ruleset })];
  },
  lists: [
    dataset.one('', Item, ({ id, bypass_actors, rules }, { parent }: Reading<Scope, OfRuleset>) => {
      if (String(id) !== parent.ruleset) throw new Error('the answer is about another ruleset');
      return [
        Ruleset.record({
          id: parent.ruleset,
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
    }),
  ],
});
