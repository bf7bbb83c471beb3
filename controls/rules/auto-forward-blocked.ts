import { z } from 'zod';
import { Organization, OutgoingMailPolicy, RemoteDomain } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, any, fail, noData, pass } from '../finding.ts';
import { told } from '../told.ts';

/**
 * Whether mailboxes may forward: https://learn.microsoft.com/defender-office-365/outbound-spam-policies-external-email-forwarding
 */
const modes: Readonly<Record<string, boolean>> = { off: false, automatic: false, on: true };

export const autoForwardBlocked = control({
  id: 'auto-forward-blocked',
  severity: 'high',
  assertion:
    'At each reading, Exchange Online of every connected Microsoft 365 tenant refused mail that a mailbox forwards to strangers by itself: by every one of its policies for outgoing mail, or by its remote domains, of which none but those that the policy names took such mail. Whom a policy for outgoing mail is for, rules of transport, and where mailboxes try to forward to were not read.',
  board: 'Classic trick after a mailbox break-in.',
  remedy:
    'Set automatic forwarding to off in every outbound policy, and look at the rules of the mailboxes that it was on for.',
  collectors: ['microsoft365'],
  population: 'connected Microsoft 365 tenants',
  parameters: z.strictObject({
    /** Domains that mail may be forwarded to by itself, as their remote domains name them. */
    domains: z
      .array(
        z
          .string()
          .toLowerCase()
          .refine((name) => name !== '*', 'is every domain'),
      )
      .default([]),
  }),
  over: need(Organization, ['name']),
  related: {
    policies: need(OutgoingMailPolicy, ['forwarding']),
    remotes: need(RemoteDomain, ['name', 'forwarding']),
  },
  test: (_, { related, open, parameters: { domains } }) => {
    const policies = related('policies').map((policy) =>
      policy.given(['forwarding'], ({ forwarding }) => {
        const on = modes[forwarding.toLowerCase()];
        if (on === undefined)
          return noData(`the policy ${policy.id} says a word that is not known: ${forwarding}`);
        return on
          ? fail(`the policy ${policy.id} lets mailboxes forward by themselves`)
          : pass('every policy for outgoing mail refuses what mailboxes forward by themselves');
      }),
    );
    if (policies.length === 0)
      policies.push(noData(open('policies') ?? 'policies for outgoing mail are not told'));
    const remotes = told(related('remotes'), ['name', 'forwarding']);
    const takers = remotes.known.filter(
      ({ name, forwarding }) => forwarding && !domains.includes(name.toLowerCase()),
    );
    const others = remotes.known.some(({ name }) => name === '*')
      ? pass('no remote domain that is not named takes what mailboxes forward by themselves')
      : noData(open('remotes') ?? 'the remote domain for every other is not told');
    const taken =
      takers.length > 0
        ? fail(
            `mail is forwarded to ${takers.map(({ name }) => name).join(', ')} (* is every domain not named)`,
          )
        : (remotes.untold ?? others);
    return any([all(policies), taken], taken);
  },
});
