import { providerNeeds, provedElsewhere } from '../conditional-access/provider.ts';
import { byDefaults, ownSetting, required } from '../conditional-access/required.ts';
import { control } from '../control.ts';
import { askedEveryTime } from '../directory-roles.ts';
import { eachHolder, roleHolders } from '../role-holders.ts';

export const mfaRequiredAdminsM365 = control({
  id: 'mfa-required-admins-m365',
  severity: 'critical',
  assertion:
    'At each reading, every user account that held a directory role of a connected Microsoft 365 tenant by active assignment, its own or that of a group that it is in, other than those that the policy names as unprivileged (five that only read, unless the policy says otherwise), had a second factor required of every sign-in, or was refused, by enabled conditional access policies together or by security defaults. A claim of an earlier sign-in may meet that, and of guests one of their own organisation; but none was of a federated domain whose provider’s word the tenant takes for a second factor.',
  board: 'One unprotected administrator can hand over the whole company.',
  remedy:
    'Add a conditional access policy that asks everybody with a directory role for MFA or an authentication strength, in every application, and keep those whom it excludes as named exceptions.',
  ...roleHolders,
  related: { ...roleHolders.related, ...providerNeeds, ...ownSetting },
  test: (assignment, context) =>
    eachHolder(assignment, context, (id, { access, account, defaults }) => {
      const who = account(id);
      const elsewhere = context.once('elsewhere', provedElsewhere)(id);
      if (defaults !== null && [...who.roles].some((each) => askedEveryTime.has(each)))
        return byDefaults(defaults, context.related('policies'), asked, elsewhere);
      return required(access.judge(who, { proof: 'mfa' }), {
        what: 'a second factor',
        defaults,
        policies: context.related('policies'),
        open: context.open('policies'),
        own: context.related('states', id),
        elsewhere,
      });
    }),
});

const asked =
  'security defaults ask holders of the role at every sign-in; Microsoft decides which roles these are';
