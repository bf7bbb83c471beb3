import { Ruleset } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { eachRepositoryRuleset, type OfRepositoryRuleset } from './repository-rulesets.ts';
import { RulesetDetail, detailOf } from './ruleset-detail.ts';
import { dataset, single } from './scope.ts';

/** Rules of repositories' own rulesets and who may pass them by, as far as the caller is shown it. */
export const repositoryRulesetDetails = dataset.state<OfRepositoryRuleset>({
  id: 'github/repository-ruleset-details',
  title: 'Rules and bypass actors of rulesets of repositories',
  docs: 'https://docs.github.com/rest/repos/rules#get-a-repository-ruleset',
  permissions: ['Repository metadata: read'],
  personal: [],
  speaks: [speaks(Ruleset, ['bypassActors', 'rules'])],
  each: eachRepositoryRuleset,
  requests: (_, { id, place }) => {
    const [owner = '', repo = ''] = place.split('/');
    return [single('/repos/{owner}/{repo}/rulesets/{ruleset_id}', { owner, repo, ruleset_id: id })];
  },
  lists: [dataset.one('', RulesetDetail, detailOf)],
});
