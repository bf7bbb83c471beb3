import { z } from 'zod';
import { DirectoryChange } from '../../evidence-model/kinds.ts';
import { known } from '../../evidence-model/unknown.ts';
import { speaks } from '../dataset.ts';
import { dataset, listing } from './scope.ts';

const Actor = z.object({ id: z.string().nullish() }).nullish();
const App = z.object({ servicePrincipalId: z.string().nullish(), appId: z.string().nullish() }).nullish();
const Audit = z.object({
  id: z.string().min(1),
  activityDateTime: z.iso.datetime({ offset: true }),
  activityDisplayName: z.string(),
  category: z.string(),
  result: z.string().nullish(),
  initiatedBy: z.object({ user: Actor, app: App }).nullish(),
  targetResources: z
    .array(
      z.object({
        id: z.string().nullish(),
        modifiedProperties: z.array(z.object({ displayName: z.string().nullish() })).nullish(),
      }),
    )
    .nullish(),
});

/** What ran out of time may have been done all the same. */
const results: Readonly<Record<string, boolean>> = { success: true, failure: false };
const silent = 'the directory audit does not tell it';

/** What was changed in the directory, by whom, and whether it succeeded. */
export const directoryAudits = dataset.log({
  id: 'microsoft365/directory-audits',
  title: 'Directory audit log',
  docs: 'https://learn.microsoft.com/graph/api/directoryaudit-list',
  permissions: ['AuditLog.Read.All'],
  personal: ['account names', 'e-mail addresses', 'names of people', 'IP addresses'],
  speaks: [
    speaks(DirectoryChange, ['at', 'activity', 'category', 'succeeded', 'actor', 'targets', 'properties'], {
      lists: true,
    }),
  ],
  // What a tenant without a licence keeps; those with one keep 30 days. Nothing is claimed that may be forgotten.
  // https://learn.microsoft.com/entra/identity/monitoring-health/reference-reports-data-retention
  memoryDays: 7,
  // The vendor names minutes and gives no bound; an hour is ours.
  settleMinutes: 60,
  // What a property was and became may be a telephone number for signing in or a key; that it changed is enough here.
  secrets: ['oldValue', 'newValue'].map((name) => `/value/*/targetResources/*/modifiedProperties/*/${name}`),
  requests: (_scope, _parent, { from, to }) => [
    listing('/auditLogs/directoryAudits', {
      $filter: `activityDateTime ge ${from} and activityDateTime lt ${to}`,
      $top: '999',
    }),
  ],
  lists: [
    dataset.list('/value', Audit, (audit) => {
      const { user, app } = audit.initiatedBy ?? {};
      return [
        DirectoryChange.record({
          id: audit.id,
          at: new Date(audit.activityDateTime).toISOString(),
          activity: audit.activityDisplayName,
          category: audit.category,
          succeeded: known(results[audit.result ?? ''], silent),
          actor: known(user?.id ?? app?.servicePrincipalId ?? app?.appId, silent),
          targets: known(
            audit.targetResources?.flatMap(({ id }) => id ?? []),
            silent,
          ),
          properties: known(
            audit.targetResources?.flatMap(
              ({ modifiedProperties }) =>
                modifiedProperties?.flatMap(({ displayName }) => displayName ?? []) ?? [],
            ),
            silent,
          ),
        }),
      ];
    }),
  ],
});
