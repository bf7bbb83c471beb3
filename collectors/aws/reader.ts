import { z } from 'zod';
import { Reader } from '../../evidence-model/kinds.ts';
import { speaks } from '../dataset.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset } from './scope.ts';

const Identity = z.object({ Account: z.string(), Arn: z.string().startsWith('arn:') });

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
const forms = [
  ['role', /^arn:[^:]+:sts::\d{12}:assumed-role\/([^/]+)\/[^/]+$/],
  ['user', /^arn:[^:]+:iam::\d{12}:user\/(?:.*\/)?([^/]+)$/],
  ['root', /^arn:[^:]+:iam::\d{12}:(root)$/],
] as const;

/** As whom each account is read. Whoever asks is told, whatever they may do. */
export const reader = dataset.state({
  id: 'aws/reader',
  title: 'Who reads',
  docs: 'https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html',
  permissions: [],
  personal: [],
  speaks: [speaks(Reader, ['cloudAccount', 'name', 'type'], { lists: true })],
  each: activeAccounts,
  requests: (_scope, { id }) => [{ service: 'sts', operation: 'GetCallerIdentity', input: {}, account: id }],
  lists: [
    dataset.one('', Identity, ({ Account, Arn }, { parent }: OfAccount) => {
      if (Account !== parent.id) throw new Error('the answer is about another account');
      const [type = 'other', name = Arn] =
        forms
          .map(([each, form]) => [each, form.exec(Arn)?.[1]] as const)
          .find(([, found]) => found !== undefined) ?? [];
      // What a session is called changes, and who reads does not.
      const id = type === 'role' ? Arn.slice(0, Arn.lastIndexOf('/')) : Arn;
      return [Reader.record({ id, cloudAccount: Account, name, type })];
    }),
  ],
});
