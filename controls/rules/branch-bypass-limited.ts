import { z } from 'zod';
import { ProtectionBypass, Ruleset } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, notApplicable, pass } from '../finding.ts';

export const branchBypassLimited = control({
  id: 'branch-bypass-limited',
  severity: 'high',
  assertion:
    'At each reading, nobody could pass by an active ruleset for branches, or classic protection of branches, of any connected GitHub organisation, administrators included, but those that the policy names. Whether there are rules at all is not part of this statement.',
  board: 'A rule bosses can skip is not a rule.',
  remedy:
    'Empty the bypass list of the ruleset, and forbid bypassing in classic protection; or name in the policy file under branch-bypass-limited who may, for emergencies.',
  collectors: ['github'],
  population: 'rulesets and classic protection rules of connected GitHub organisations',
  parameters: z.strictObject({
    /** Who may pass rules by, as the reasons print them, such as `Team 300: pull_request`. */
    approved: z.array(z.string().min(1)).default([]),
  }),
  over: need(Ruleset, ['target', 'enforcement', 'archived', 'bypassActors']),
  related: { classic: need(ProtectionBypass, ['actors'], 'ruleset') },
  test: (ruleset, { related, parameters: { approved } }) =>
    ruleset.given(['target', 'enforcement', 'archived'], ({ target, enforcement, archived }) => {
      if (archived) return notApplicable('the repository is archived: nobody can change it');
      if (target !== 'branch')
        return notApplicable(`it is a set of rules for ${target} and not for branches`);
      if (enforcement !== 'active') return notApplicable(`it is not in force (${enforcement})`);
      const judge = (actors: readonly string[]) => {
        const others = actors.filter((actor) => !approved.includes(actor));
        if (others.length > 0)
          return fail(`these may pass it by, and the policy does not name them: ${others.join(', ')}`);
        return pass(
          actors.length === 0 ? 'nobody may pass it by' : 'only whom the policy names may pass it by',
        );
      };
      const [classic] = related('classic');
      return classic
        ? classic.given(['actors'], ({ actors }) => judge(actors))
        : ruleset.given(['bypassActors'], ({ bypassActors }) => judge(bypassActors));
    }),
});
