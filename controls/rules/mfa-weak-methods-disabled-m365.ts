import { z } from 'zod';
import { SignInMethodPolicy, SignInMethodRules } from '../../evidence-model/kinds.ts';
import { controlOverParts, need } from '../control.ts';
import { all, fail, noData, notApplicable, pass } from '../finding.ts';

/** Codes that whoever takes over a number or a mailbox gets: https://learn.microsoft.com/graph/api/resources/authenticationmethodspolicies-overview */
const weak: Readonly<Record<string, string>> = {
  Sms: 'text messages',
  Voice: 'voice calls',
  Email: 'codes by e-mail',
};

export const mfaWeakMethodsDisabledM365 = controlOverParts({
  id: 'mfa-weak-methods-disabled-m365',
  severity: 'medium',
  assertion:
    'At each reading, the policy for authentication methods of every connected Microsoft 365 tenant let nobody use text messages, voice calls or codes by e-mail, and no older settings held beside it: Microsoft called the move to it complete. What people had set up before, and whether guests sign in by a code that Microsoft mails them, was not judged.',
  board: 'Phone numbers can be hijacked.',
  remedy:
    'Complete the move to the policy for authentication methods, lead people to an app or a passkey, and turn text messages, voice calls and e-mail codes off.',
  collectors: ['microsoft365'],
  population:
    'authentication methods of connected Microsoft 365 tenants, and for each tenant whether other settings hold beside',
  parameters: z.strictObject({}),
  parts: (part) => [
    part({
      over: need(SignInMethodPolicy, ['enabled', 'includes']),
      related: { rules: need(SignInMethodRules, ['migration']) },
      test: (method, { related, open }) => {
        const what = weak[method.id];
        if (what === undefined) return notApplicable('it is none of the three that are judged');
        if (related('rules').length === 0)
          return noData(open('rules') ?? 'whether older settings hold beside the policy is not told');
        return method.given(['enabled'], ({ enabled }) => {
          if (!enabled) return pass(`${what} are off`);
          return method.given(['includes'], ({ includes }) =>
            includes.length === 0
              ? pass(`${what} are open to nobody`)
              : fail(`${what} are open to ${openTo(includes)}`),
          );
        });
      },
    }),
    part({
      over: need(SignInMethodRules, ['migration']),
      related: { methods: need(SignInMethodPolicy, ['enabled']) },
      test: (rules, { related, open }) =>
        all([
          rules.given(['migration'], ({ migration }) =>
            migration === 'migrationComplete'
              ? pass('no older settings hold beside the policy')
              : noData(`older settings, which nobody can read here, hold beside the policy (${migration})`),
          ),
          ...Object.entries(weak).map(([id, what]) =>
            related('methods').some((method) => method.id === id)
              ? pass('the policy tells of all three')
              : noData(open('methods') ?? `the policy does not tell of ${what}`),
          ),
        ]),
    }),
  ],
});

function openTo(includes: readonly string[]): string {
  if (includes.includes('all_users')) return 'everybody';
  return includes.length === 1 ? 'a group' : `${includes.length} groups`;
}
