import { z } from 'zod';
import { AuditEvent } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks, within } from '../dataset.ts';
import { enterprisePlan } from './organization.ts';
import { cursorListing, dataset, silent } from './scope.ts';

const Item = z.object({
  _document_id: z.string().min(1),
  '@timestamp': z.int().positive(),
  action: z.string(),
  actor_id: z.int().nullish(),
  repo: z.string().nullish(),
  user: z.string().nullish(),
  user_id: z.int().nullish(),
  permission: z.string().nullish(),
  organization_role_id: z.int().nullish(),
});

/** The search takes times without fractions of a second; both are rounded outwards by its taking both ends in. */
const toTheSecond = (time: string) => time.replace(/\.\d+Z$/, 'Z');

/** What people and programs did in the organisation, as GitHub itself wrote it down. */
export const auditLog = dataset.log({
  id: 'github/audit-log',
  title: 'Audit log of the organisation',
  docs: 'https://docs.github.com/enterprise-cloud@latest/rest/orgs/orgs#get-the-audit-log-for-an-organization',
  permissions: ['Organization administration: read'],
  tier: 'full',
  licence: 'GitHub Enterprise Cloud',
  plan: enterprisePlan,
  personal: ['account names', 'e-mail addresses', 'IP addresses', 'times of use'],
  speaks: [speaks(AuditEvent, ['at', 'action', 'actor', 'repository', 'target', 'role'], { lists: true })],
  // Events of the web are kept for 180 days, those of Git for seven, and the latter are not asked for.
  // https://docs.github.com/enterprise-cloud@latest/admin/monitoring-activity-in-your-enterprise/reviewing-audit-logs-for-your-enterprise
  memoryDays: 180,
  // The vendor gives no bound; an hour is ours.
  settleMinutes: 60,
  secrets: [
    'token_id',
    'hashed_token',
    'openssh_public_key',
    'explanation',
    'message',
    'config',
    'config_was',
    // Whatever an event brings along, and whose identity elsewhere it is.
    'data',
    'external_identity_nameid',
    'external_identity_username',
  ].map((name) => `/*/${name}`),
  requests: ({ organization }, _parent, { from, to }) => [
    cursorListing('/orgs/{org}/audit-log', {
      org: organization,
      // The search takes both ends in; whatever lies outside is left out by its own time.
      phrase: `created:${toTheSecond(from)}..${toTheSecond(to)}`,
      include: 'web',
      order: 'asc',
    }),
  ],
  lists: [
    dataset.list('', Item, (item, reading) => {
      const at = new Date(item['@timestamp']).toISOString();
      if (!within(at, reading)) return [];
      return [
        AuditEvent.record({
          id: item._document_id,
          at,
          action: item.action,
          actor: known(
            item.actor_id === null || item.actor_id === undefined ? null : String(item.actor_id),
            silent,
          ),
          repository: item.repo ?? 'none',
          target: targetOf(item),
          role: String(item.organization_role_id ?? item.permission ?? 'none'),
        }),
      ];
    }),
  ],
});

/** Of some events the account is told by its name alone, which it may no longer have. */
function targetOf({ user, user_id: id }: z.output<typeof Item>) {
  if (typeof id === 'number') return String(id);
  return user ? { unknown: silent } : 'none';
}
