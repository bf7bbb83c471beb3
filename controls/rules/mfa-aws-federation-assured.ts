import { z } from 'zod';
import { FederationRoute } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, pass } from '../finding.ts';

export const mfaAwsFederationAssured = control({
  id: 'mfa-aws-federation-assured',
  severity: 'high',
  assertion:
    'At each reading, of every Identity Center and every SAML provider of connected AWS accounts somebody had said, at most 90 days before, where whoever comes by way of it signs in, which no API tells; and there nobody whom it lets in could sign in without a second factor: each user of Identity Center who can sign in, or, for a SAML provider, every account of the tenant, was asked for one in every application by enabled conditional access policies or security defaults, or Identity Center itself was said to ask everybody. What is called as AWS calls the provider of Identity Center in an account (AWSSSO_…_DO_NOT_DELETE) was taken for it. Providers of OpenID Connect, which mostly sign in programs, were not judged.',
  board: 'Insurers ask about a second factor in the cloud, wherever people sign in to it.',
  remedy:
    'Have people signed in by the Microsoft 365 tenant, with a policy that asks everybody for a second factor in every application; and write down where each provider leads under federations, anew every 90 days.',
  collectors: ['aws'],
  population: 'Identity Centers and SAML providers of connected AWS accounts',
  parameters: z.strictObject({}),
  over: need(FederationRoute, ['called', 'leadsTo', 'mfaRequired', 'mfaBy']),
  related: {},
  test: (route) =>
    route.given(['called', 'leadsTo', 'mfaRequired', 'mfaBy'], ({ called, leadsTo, mfaRequired, mfaBy }) => {
      const text = `by way of ${called} people sign in at ${leadsTo}: ${mfaBy}`;
      return mfaRequired ? pass(text) : fail(text);
    }),
});
