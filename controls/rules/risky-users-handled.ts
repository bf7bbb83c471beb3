import { z } from 'zod';
import { Account, Licence, Organization, RiskyAccount } from '../../evidence-model/kinds.ts';
import { control, need, type View } from '../control.ts';
import { daysBetween } from '../days.ts';
import { all, fail, noData, pass, type Finding } from '../finding.ts';
import { bought, plans } from '../licences.ts';

export const riskyUsersHandled = control({
  id: 'risky-users-handled',
  severity: 'medium',
  assertion:
    'At each reading, every connected Microsoft 365 tenant had a licence with which Microsoft tells which accounts are at risk, and no account that could be signed in to was at high risk or confirmed as compromised whose risk had last changed longer before than the policy allows (2 days unless it says otherwise). Whether a policy acts on risk by itself, and for how long an account was at risk in all, were not judged.',
  board: 'Known-stolen passwords are not left in use.',
  remedy:
    'Block the listed accounts or reset their passwords, and let policies act on high risk by themselves.',
  collectors: ['microsoft365'],
  population: 'connected Microsoft 365 tenants',
  parameters: z.strictObject({ maximumDays: z.number().int().min(0).default(2) }),
  over: need(Organization, ['name']),
  related: {
    risks: need(RiskyAccount, ['account', 'level', 'state', 'changedAt']),
    accounts: need(Account, ['enabled']),
    licences: need(Licence, ['services']),
  },
  test: (_, { asOf, related, open, parameters: { maximumDays } }) => {
    const accounts = related('accounts');
    const risks = related('risks').map((risk) => {
      const left = stays(risk, asOf, maximumDays);
      if (left.status !== 'fail') return left;
      return risk.given(['account'], ({ account }) => {
        const found = accounts.find(({ id }) => id === account);
        if (!found) return noData(`${left.reason}, and the list of users does not name it`);
        return found.given(['enabled'], ({ enabled }) =>
          enabled ? left : pass(`sign-in to ${account} is blocked`),
        );
      });
    });
    const licence = bought(plans.risk, related('licences'), open('licences'));
    if (licence.status === 'fail')
      return fail('no licence is there with which Microsoft tells which accounts are at risk');
    return all([licence, pass('no account that can be signed in to was left at high risk'), ...risks]);
  },
});

interface Risk {
  readonly level: string;
  readonly state: string;
  readonly changedAt: string;
}

/** https://learn.microsoft.com/graph/api/resources/riskyuser#properties */
const over = ['none', 'confirmedSafe', 'remediated', 'dismissed'];

function stays(risk: View<Risk>, asOf: string, maximumDays: number): Finding {
  return risk.given(['state', 'level'], ({ state, level }) => {
    if (over.includes(state)) return pass('the risk is over');
    const high = state === 'confirmedCompromised' || level === 'high';
    if (state !== 'atRisk' && state !== 'confirmedCompromised')
      return noData(`the state of risk of ${risk.id} is a word that is not known: ${state}`);
    if (!high)
      return ['none', 'low', 'medium'].includes(level)
        ? pass('the risk is not high')
        : noData(`how high the risk of ${risk.id} is is not told: ${level}`);
    return risk.given(['changedAt'], ({ changedAt }) => {
      const days = daysBetween(changedAt, asOf);
      if (days < 0) return noData('the source tells a time after it was read');
      const text = `${risk.id} is at high risk, which last changed ${days} days ago, ${maximumDays} are allowed`;
      return days > maximumDays ? fail(text) : pass(text);
    });
  });
}
