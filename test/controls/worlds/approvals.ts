import type { Told, Written } from '../support.ts';
import { wholly } from './changes.ts';
import { people } from './people.ts';

type Fields = Readonly<Record<string, unknown>>;
type Approval = NonNullable<NonNullable<Written['declared']>['approvals']>['approvals'][number];

/** What happened in a directory and in an organisation that somebody should have approved. */
export function happenings({
  change = {},
  event = {},
  user = {},
  update = {},
  log = wholly,
}: {
  change?: Fields;
  event?: Fields;
  user?: Fields;
  update?: Fields;
  log?: NonNullable<Told['log']>;
} = {}) {
  return {
    directory: {
      dataset: 'microsoft365/directory-audits',
      kinds: {
        'directory-change': {
          speaks: ['at', 'activity', 'category', 'succeeded', 'actor', 'targets'],
          lists: true,
        },
      },
      log,
      records: [
        {
          kind: 'directory-change',
          id: 'audit-1',
          at: '2026-06-18T10:00:00.000Z',
          activity: 'Add user',
          category: 'UserManagement',
          succeeded: true,
          actor: 'bob-id',
          targets: ['ada-id'],
          ...change,
        },
      ],
    },
    organization: {
      dataset: 'github/audit-log',
      kinds: { 'audit-event': { speaks: ['at', 'action', 'actor', 'repository'], lists: true } },
      log,
      records: [
        {
          kind: 'audit-event',
          id: 'event-1',
          at: '2026-06-18T10:00:00.000Z',
          action: 'org.add_member',
          actor: '10',
          repository: 'none',
          ...event,
        },
      ],
    },
    cloud: {
      dataset: 'aws/credential-report',
      kinds: { account: { speaks: ['name', 'root', 'createdAt'], lists: true } },
      records: [
        {
          kind: 'account',
          id: 'arn:aws:iam::111122223333:root',
          name: 'root',
          root: true,
          createdAt: '2020-01-01T00:00:00Z',
        },
        {
          kind: 'account',
          id: 'arn:aws:iam::111122223333:user/eve',
          name: 'eve',
          root: false,
          createdAt: '2026-06-18T10:00:00Z',
          ...user,
        },
      ],
    },
    branches: {
      dataset: 'github/branch-updates',
      kinds: {
        'branch-update': { speaks: ['at', 'branch', 'actor', 'byProgram', 'way'], lists: true },
      },
      log,
      records: [
        {
          kind: 'branch-update',
          id: '900',
          // A Thursday.
          at: '2026-06-18T10:00:00.000Z',
          branch: 'main',
          actor: '10',
          byProgram: false,
          way: 'push',
          ...update,
        },
      ],
    },
    /** Whose accounts are, so that who approved can be told from who got it. */
    directoryUsers: people().filter(({ dataset }) => dataset === 'microsoft365/users'),
    members: people().filter(({ dataset }) => dataset.startsWith('github/')),
  };
}

/** A list of approvals with one request, or another list. */
export function approved(
  approval: Partial<Approval>,
  list: { exportedOn?: string; none?: boolean } = {},
): Written {
  return {
    declared: {
      approvals: {
        exportedBy: 'An Officer',
        exportedOn: list.exportedOn ?? '2026-06-29',
        system: 'Help desk',
        filter: 'all requests since January',
        approvals: list.none
          ? []
          : [
              {
                source: 'microsoft365-one',
                subject: 'audit-1',
                reference: 'REQ-7',
                approvedBy: 'Cleo Example',
                approvedOn: '2026-06-17',
                what: 'an account',
                ...approval,
              },
            ],
      },
    },
  };
}
