import { z } from 'zod';
import { CloudAccount, CloudRegion, NetworkPeering } from '../../evidence-model/kinds.ts';
import { control, need } from '../control.ts';
import { all, fail, notApplicable, pass } from '../finding.ts';

const Purpose = z.enum(['production', 'development', 'office', 'logs', 'security', 'backup', 'management']);

export const awsEnvSeparated = control({
  id: 'aws-env-separated',
  severity: 'medium',
  assertion:
    'At each reading, every connected, active AWS account was named in the policy with the one thing that it is for; and no network of one for production was joined, or asked to be joined, by peering to a network of an account for something else, or of one that the policy does not name, but by peerings that the policy lists. What runs in an account, transit gateways and other ways between networks, and regions that are not switched on were not looked at.',
  board: 'Accidents in test stay in test.',
  remedy:
    'Move what is not production into an account of its own, take the listed peerings away, or name them in the policy file under aws-env-separated.',
  collectors: ['aws'],
  population: 'connected AWS accounts',
  parameters: z.strictObject({
    /** What each account is for, by its number. */
    purposes: z.record(z.string().regex(/^\d{12}$/), Purpose).default({}),
    /** Ids of peerings between production and something else that were agreed to. */
    peerings: z.array(z.string().regex(/^pcx-[0-9a-f]+$/)).default([]),
  }),
  over: need(CloudAccount, ['state']),
  related: {
    // Peerings of each are asked for by region.
    regions: need(CloudRegion, ['enabled'], 'cloudAccount'),
    peerings: need(NetworkPeering, ['requester', 'accepter', 'state']),
  },
  test: (account, { related, parameters: { purposes, peerings: agreed } }) =>
    account.given(['state'], ({ state }) => {
      if (state !== 'ACTIVE') return notApplicable(`the account is ${state}: nothing runs in it`);
      const own = purposes[account.id];
      if (own === undefined) return fail('the policy does not say what it is for');
      const good = pass(`it is for ${own}, and joined to nothing that it should be apart from`);
      return all([
        good,
        ...related('peerings').map((peering) =>
          peering.given(['requester', 'accepter'], ({ requester, accepter }) => {
            if (requester !== account.id && accepter !== account.id) return good;
            const other = requester === account.id ? accepter : requester;
            const theirs = other === account.id ? own : purposes[other];
            if (theirs === own || (own !== 'production' && theirs !== 'production')) return good;
            if (agreed.includes(peering.id)) return good;
            return peering.given(['state'], (it) =>
              over.includes(it.state)
                ? good
                : fail(
                    `${peering.id} (${it.state}) joins or would join it, which is for ${own}, to ${other}, which ${theirs === undefined ? 'the policy does not name' : `is for ${theirs}`}`,
                  ),
            );
          }),
        ),
      ]);
    }),
});

/**
 * States in which nothing is joined, nor may be any more.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_VpcPeeringConnectionStateReason.html
 */
const over = ['deleted', 'deleting', 'expired', 'failed', 'rejected'];
