import { z } from 'zod';
import { UserRights } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, noData, pass, type Finding } from '../finding.ts';

/** Policies that Microsoft made: https://learn.microsoft.com/entra/identity/enterprise-apps/manage-app-consent-policies */
const built: Readonly<Record<string, Finding>> = {
  'microsoft-user-default-low': pass('people let in programs of verified publishers with low permissions'),
  'microsoft-user-default-legacy': fail('people let in any program that needs no administrator'),
  'microsoft-user-default-recommended': noData('Microsoft decides which programs people may let in'),
};

export const userConsentLimitedM365 = control({
  id: 'user-consent-limited-m365',
  severity: 'medium',
  assertion:
    'At each reading, people in every connected Microsoft 365 tenant could let programs act for them not at all, or only programs of verified publishers (or of the company) and permissions that the tenant classes as low. Which permissions it classes so, programs that Microsoft calls risky, and what owners of groups and chats may let in there were not judged.',
  board: 'Consent phishing steals data without passwords.',
  remedy: 'Let people ask an administrator, or consent to low permissions of verified publishers only.',
  collectors: ['microsoft365'],
  population: 'what people may do in connected Microsoft 365 tenants',
  parameters: z.strictObject({}),
  over: need(UserRights, ['consentPolicies']),
  related: {},
  test: (rights) =>
    rights.given(['consentPolicies'], ({ consentPolicies }) => {
      const own = consentPolicies.filter(
        (name) => !name.startsWith('ManagePermissionGrantsForOwnedResource.'),
      );
      if (own.length === 0) return pass('people let no program in by themselves');
      return all(
        own.map(
          (name) =>
            built[name.replace(/^ManagePermissionGrantsForSelf\./, '')] ??
            noData(`what people may let in by ${name} was not read`),
        ),
      );
    }),
});
