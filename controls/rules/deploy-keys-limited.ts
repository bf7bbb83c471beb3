import { z } from 'zod';
import { DeployKey } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, fail, pass } from '../finding.ts';

export const deployKeysLimited = control({
  id: 'deploy-keys-limited',
  severity: 'medium',
  assertion:
    'At each reading, every deploy key that may write to a repository of a connected GitHub organisation and is not switched off was named in the policy with its owner and purpose, and was at most 365 days old (or what the policy says instead). Keys that may only read are not limited here; when a key was last used is not read.',
  board: 'Write keys can insert code.',
  remedy:
    'Replace the key by a GitHub App or one that may only read; or make it anew, and name it in the policy file under deploy-keys-limited.',
  collectors: ['github'],
  population: 'deploy keys of repositories of connected GitHub organisations',
  parameters: z.strictObject({
    /** Keys that may write, by their ids as results print them, each with who owns it and what it is for. */
    approved: z.record(z.string(), z.string().min(1)).default({}),
    maximumDays: z.number().int().min(1).default(365),
  }),
  over: need(DeployKey, ['active', 'mayWrite', 'createdAt']),
  related: {},
  test: (key, { asOf, parameters: { approved, maximumDays } }) =>
    key.given(['mayWrite'], ({ mayWrite }) => {
      if (!mayWrite) return pass('it may only read');
      return key.given(['active'], ({ active }) => {
        if (!active) return pass('it may write and is switched off');
        const owner = Object.hasOwn(approved, key.id) ? approved[key.id] : undefined;
        return all([
          owner === undefined
            ? fail('it may write, and the policy does not name it')
            : pass(`it may write: ${owner}`),
          key.given(['createdAt'], ({ createdAt }) => {
            const days = daysBetween(createdAt, asOf);
            const age = `it may write and is ${days} days old, the policy allows ${maximumDays}`;
            return days > maximumDays ? fail(age) : pass(age);
          }),
        ]);
      });
    }),
});
