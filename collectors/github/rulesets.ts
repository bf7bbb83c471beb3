import { z } from 'zod';
import { Ruleset } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { each, speaks } from '../dataset.ts';
import { dataset, listing, silent } from './scope.ts';

export const targets = ['branch', 'tag', 'push', 'repository'] as const;
export const enforcements = ['active', 'evaluate', 'disabled'] as const;

const Item = z.object({
  id: z.int(),
  name: z.string(),
  target: z.enum(targets).nullish(),
  enforcement: z.enum(enforcements),
});

/** Sets of rules that the organisation made for its repositories. Who may pass them by is asked of each apart. */
export const rulesets = dataset.state({
  id: 'github/rulesets',
  title: 'Rulesets of the organisation',
  docs: 'https://docs.github.com/rest/orgs/rules#get-all-organization-repository-rulesets',
  permissions: ['Repository metadata: read'],
  personal: [],
  speaks: [
    speaks(Ruleset, ['name', 'source', 'repository', 'place', 'target', 'enforcement'], { lists: true }),
  ],
  requests: ({ organization }) => [listing('/orgs/{org}/rulesets', { org: organization })],
  lists: [
    dataset.list('', Item, ({ id, name, target, enforcement }) => [
      Ruleset.record({
        id: String(id),
        name,
        source: 'organization',
        repository: 'none',
        place: 'none',
        target: known(target, silent),
        enforcement,
      }),
    ]),
  ],
});

export const eachRuleset = each(rulesets, Ruleset, ['name']);
export type OfRuleset = Parameters<NonNullable<typeof eachRuleset.where>>[0];
