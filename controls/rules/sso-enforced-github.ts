import { z } from 'zod';
import { Account, Organization } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, noData, notApplicable, pass } from '../finding.ts';

/** Plans without single sign-on: https://docs.github.com/enterprise-cloud@latest/organizations/managing-saml-single-sign-on-for-your-organization/about-identity-and-access-management-with-saml-single-sign-on */
const plansWithout = ['free', 'team'];

export const ssoEnforcedGithub = control({
  id: 'sso-enforced-github',
  severity: 'high',
  assertion:
    "At each reading, every member of every connected GitHub organisation had an account that the company's enterprise manages, which nobody can sign in to but by its identity provider. Outside collaborators are not members.",
  board: 'One switch to turn a leaver off.',
  remedy:
    'Use managed accounts; or require SAML single sign-on, of which GitHub shows readers no proof, and hand that over.',
  collectors: ['github'],
  population: 'members and outside collaborators of connected GitHub organisations',
  parameters: z.strictObject({}),
  over: need(Account, ['role', 'managed']),
  related: { organization: need(Organization, ['plan']) },
  test: (account, { related }) =>
    account.given(['role'], ({ role }) => {
      if (role === 'outside-collaborator')
        return notApplicable('an outside collaborator is no member of the organisation');
      return account.given(['managed'], ({ managed }) => {
        if (managed) return pass('the enterprise manages the account');
        const plans = related('organization').map((organization) =>
          organization.given(['plan'], ({ plan }) =>
            plansWithout.includes(plan)
              ? fail(
                  `the account signs in by itself: the plan of the organisation (${plan}) has no single sign-on`,
                )
              : noData('whether single sign-on is required is not shown to whoever only reads'),
          ),
        );
        return plans.length === 0 ? noData('the plan of the organisation was not read') : all(plans);
      });
    }),
});
