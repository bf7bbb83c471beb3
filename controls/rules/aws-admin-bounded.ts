import { z } from 'zod';
import { Principal, PrincipalPower, RoleTrust } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { fail, noData, notApplicable, pass } from '../finding.ts';
import { matches } from '../pattern.ts';
import { isForServices, isNamedForService } from '../role-trust.ts';
import { told } from '../told.ts';

export const awsAdminBounded = control({
  id: 'aws-admin-bounded',
  severity: 'high',
  assertion:
    'At each reading, every IAM user and every role of a connected AWS account that its policies, those of its groups and its boundary let do everything, or come to do so in one of the known ways, by what it may do to itself or to whatever user, role, group, policy or service there is, or by taking on a role that does, directly or by way of others, whatever their conditions, was in the policy’s list of administrators. Roles of accounts that are not connected were not looked at.',
  board: 'Limits how much one mistake or theft can destroy.',
  remedy: 'Give each listed user or role the narrower policies that its work needs, or name it in the list.',
  collectors: ['aws'],
  population: 'IAM users and roles of connected AWS accounts, those of permission sets among them',
  parameters: z.strictObject({
    /** ARNs; `*` in the place of the account is any account, and at the end whatever AWS adds to a name. */
    administrators: z
      .array(z.string().regex(/^arn:aws[a-z-]*:iam::(?:\d{12}|\*):(?:user|role)\/[\w+=,.@/-]+\*?$/))
      .default([]),
  }),
  over: need(Principal, []),
  related: {
    trusts: need(RoleTrust, ['document'], 'id'),
    powers: need(PrincipalPower, ['administrator', 'administratorBy'], 'id'),
  },
  test: ({ id: arn }, { related, parameters: { administrators } }) => {
    if (isNamedForService(arn)) {
      const trust = told(related('trusts', arn), ['document']);
      const [first] = trust.known;
      if (!first) return trust.untold ?? noData('who may take it on was not in the answer');
      if (isForServices(first.document))
        return notApplicable('AWS made it for a service of its own, which alone may take it on');
    }
    const [power] = related('powers', arn);
    if (!power) return noData('what it holds was not in the answer');
    return power.given(['administrator', 'administratorBy'], ({ administrator, administratorBy: by }) => {
      if (!administrator) return pass('is no administrator in any of the known ways');
      return administrators.some((pattern) => matches(pattern, arn))
        ? pass(`is in the list of administrators: ${by}`)
        : fail(`is not in the list of administrators: ${by}`);
    });
  },
});
