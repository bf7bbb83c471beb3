import { z } from 'zod';
import { PasswordPolicy } from '../../evidence-model/kinds.ts';
import { known, type Unknown } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { activeAccounts, type OfAccount } from './accounts.ts';
import { dataset } from './scope.ts';

const Item = z.object({
  MinimumPasswordLength: z.int().optional(),
  PasswordReusePrevention: z.int().optional(),
  ExpirePasswords: z.boolean().optional(),
  MaxPasswordAge: z.int().optional(),
});

/** What passwords of IAM users must look like. That there is no policy is an answer too. */
export const passwordPolicy = dataset.state({
  id: 'aws/password-policy',
  title: 'Password policies',
  docs: 'https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetAccountPasswordPolicy.html',
  permissions: ['iam:GetAccountPasswordPolicy'],
  tier: 'insurance-mfa',
  personal: [],
  speaks: [
    speaks(PasswordPolicy, ['cloudAccount', 'set', 'minimumLength', 'reusePrevention', 'maximumAgeDays'], {
      lists: true,
    }),
  ],
  each: activeAccounts,
  requests: (_scope, { id }) => [
    { service: 'iam', operation: 'GetAccountPasswordPolicy', input: {}, account: id },
  ],
  none: ({ status, code }) => status === 404 && code === 'NoSuchEntity',
  lists: [
    dataset.one('/PasswordPolicy', Item.nullable(), (policy, { parent }: OfAccount) => {
      const place = { id: parent.id, cloudAccount: parent.id };
      if (policy === null) return [PasswordPolicy.record({ ...place, set: false })];
      return [
        PasswordPolicy.record({
          ...place,
          set: true,
          minimumLength: known(policy.MinimumPasswordLength, 'the policy does not tell it'),
          // The vendor's range begins at 1 and the field is optional: left out means that none is refused.
          // https://docs.aws.amazon.com/IAM/latest/APIReference/API_PasswordPolicy.html
          reusePrevention: policy.PasswordReusePrevention ?? 0,
          maximumAgeDays: maximumAge(policy),
        }),
      ];
    }),
  ],
});

function maximumAge({
  ExpirePasswords,
  MaxPasswordAge,
}: z.output<typeof Item>): number | 'unlimited' | Unknown {
  const expires = MaxPasswordAge !== undefined && MaxPasswordAge > 0;
  if (ExpirePasswords === true && expires) return MaxPasswordAge;
  if (ExpirePasswords === false && !expires) return 'unlimited';
  return { unknown: 'ExpirePasswords and MaxPasswordAge do not agree' };
}
