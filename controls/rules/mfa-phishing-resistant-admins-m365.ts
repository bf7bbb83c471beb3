import { required } from '../conditional-access/required.ts';
import { control } from '../control.ts';
import { eachHolder, roleHolders } from '../role-holders.ts';

export const mfaPhishingResistantAdminsM365 = control({
  id: 'mfa-phishing-resistant-admins-m365',
  severity: 'high',
  assertion:
    'At each reading, every user account that held a directory role of a connected Microsoft 365 tenant by active assignment, its own or that of a group that it is in, other than those that the policy names as unprivileged (five that only read, unless the policy says otherwise), had a passkey, Windows Hello for Business or a certificate that counts as two factors required of every sign-in, or was refused, by enabled conditional access policies together. Whether it has set one up is another matter.',
  board: 'Modern phishing kits defeat codes and push prompts.',
  remedy:
    'Issue security keys or passkeys, and have a conditional access policy ask everybody with a directory role for the strength that resists phishing.',
  ...roleHolders,
  test: (assignment, context) =>
    eachHolder(assignment, context, (id, { access, account }) =>
      required(access.judge(account(id), { proof: 'phishing-resistant' }), {
        what: 'a factor that resists phishing',
        // Security defaults ask for any second factor.
        defaults: null,
        policies: context.related('policies'),
        open: context.open('policies'),
      }),
    ),
});
