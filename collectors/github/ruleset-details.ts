import { Ruleset } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { RulesetDetail, detailOf } from './ruleset-detail.ts';
import { eachRuleset, type OfRuleset } from './rulesets.ts';
import { dataset, single } from './scope.ts';

/** Rules of the organisation's rulesets and who may pass them by, as far as the caller is shown it. */
export const rulesetDetails = dataset.state<OfRuleset>({
  id: 'github/ruleset-details',
  title: 'Rules and bypass actors of rulesets of the organisation',
  docs: 'https://docs.github.com/rest/orgs/rules#get-an-organization-repository-ruleset',
  permissions: ['Repository metadata: read'],
  personal: [],
  speaks: [speaks(Ruleset, ['bypassActors', 'rules'])],
  each: eachRuleset,
  requests: ({ organization }, { id }) => [
    single('/orgs/{org}/rulesets/{ruleset_id}', { org: organization, ruleset_id: id }),
  ],
  lists: [dataset.one('', RulesetDetail, detailOf)],
});
