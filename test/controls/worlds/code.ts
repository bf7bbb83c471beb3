import type { Told } from '../support.ts';
import { github } from '../worlds.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What is read of a GitHub organisation's code, changes and delivery beside what `github` tells; all of it good. */
export function code({
  base = github(),
  organization = {},
  members = {},
  repository = {},
  rules = {},
  scanned = {},
  flaws = [],
  secrets = [],
  environments = [{ name: 'production', approvalRequired: true }],
  key = {},
  ruleset = {},
  bypassActors = [],
  classic = {},
  token = {},
  classicToken = {},
  app = {},
  policy = {},
  run = {},
  group = {},
}: {
  readonly base?: readonly Told[];
  readonly organization?: Fields;
  readonly members?: Fields;
  readonly repository?: Fields;
  readonly rules?: Fields;
  readonly scanned?: Fields;
  readonly flaws?: readonly Fields[];
  readonly secrets?: readonly Fields[];
  readonly environments?: readonly Fields[];
  readonly key?: Fields;
  readonly ruleset?: Fields;
  readonly bypassActors?: unknown;
  readonly classic?: Fields;
  readonly token?: Fields;
  readonly classicToken?: Fields;
  readonly app?: Fields;
  readonly policy?: Fields;
  readonly run?: Fields;
  readonly group?: Fields;
} = {}): Told[] {
  const wider: Readonly<Record<string, Fields>> = {
    'github/organization': { plan: 'enterprise', ...organization },
    'github/members': { managed: true, ...members },
    'github/repositories': {
      visibility: 'private',
      secretScanning: true,
      pushProtection: true,
      ...repository,
    },
    'github/branch-rules': {
      approvals: 1,
      staleApprovalsDismissed: true,
      lastPushApprovalRequired: false,
      statusChecksRequired: true,
      ...rules,
    },
  };
  return [
    ...base.map((told) => widened(told, wider[told.dataset] ?? {})),
    listing(
      'repository-dependency-alerts',
      'repository',
      [{ id: '20', dependencyAlerts: true, ...scanned }],
      false,
    ),
    listing('dependabot-alerts', 'dependency-alert', numbered(flaws, { name: 'example-package' }), true, [
      ...(['repository', 'name', 'severity', 'openedAt'] as const),
    ]),
    listing('secret-scanning-alerts', 'leaked-secret', numbered(secrets, { name: 'example_api_key' }), true, [
      ...(['repository', 'name', 'openedAt', 'validity'] as const),
    ]),
    listing('environments', 'environment', numbered(environments), true, [
      ...(['repository', 'name', 'approvalRequired'] as const),
    ]),
    listing('deploy-keys', 'deploy-key', [
      {
        id: 'DK1',
        repository: '20',
        name: 'larkspur/app: mirror',
        active: true,
        mayWrite: false,
        createdAt: '2026-01-01T00:00:00Z',
        ...key,
      },
    ]),
    listing('repository-rulesets', 'ruleset', [
      {
        id: '50',
        name: 'Default branches',
        target: 'branch',
        enforcement: 'active',
        archived: false,
        ...ruleset,
      },
    ]),
    listing('ruleset-details', 'ruleset', [{ id: '50', bypassActors }], false),
    {
      dataset: 'github/protection-rules',
      kinds: {
        ruleset: { speaks: ['name', 'target', 'enforcement', 'archived'], lists: true },
        'protection-bypass': { speaks: ['ruleset', 'actors'], lists: true },
      },
      partitions: { '20': 'complete' },
      records: [
        {
          kind: 'ruleset',
          id: 'classic:7',
          partition: '20',
          name: 'larkspur/app: classic protection of main',
          target: 'branch',
          enforcement: 'active',
          archived: false,
        },
        {
          kind: 'protection-bypass',
          id: 'classic:7',
          partition: '20',
          ruleset: 'classic:7',
          actors: [],
          ...classic,
        },
      ],
    },
    listing('personal-access-tokens', 'personal-token', [
      {
        id: 'fine-grained:1',
        name: 'report',
        type: 'fine-grained-token',
        expiresAt: '2026-08-01T00:00:00.000Z',
        ...token,
      },
    ]),
    listing('credential-authorizations', 'personal-token', [
      { id: 'authorized:2', name: 'of ada', type: 'ssh-key', expiresAt: 'never', ...classicToken },
    ]),
    listing('app-installations', 'application', [
      {
        id: '11',
        name: 'deployer',
        program: '901',
        permissions: ['metadata: read', 'contents: write'],
        reach: 'all',
        suspended: true,
        ...app,
      },
    ]),
    listing('actions-permissions', 'pipeline-policy', [
      { id: 'github-actions', enabledFor: 'all', allowedActions: 'selected', ...policy },
    ]),
    listing(
      'actions-workflow-permissions',
      'pipeline-policy',
      [{ id: 'github-actions', tokenMayWrite: false, tokenMayApprove: false, ...run }],
      false,
    ),
    listing('runner-groups', 'runner-group', [{ id: '1', name: 'Default', openToPublic: false, ...group }]),
  ];
}

type Thing = Fields & { readonly id: string };

/** What stands in repository 20, by number. */
const numbered = (things: readonly Fields[], more: Fields = {}): Thing[] =>
  things.map((thing, n) => ({ id: String(n + 1), repository: '20', ...more, ...thing }));

function listing(
  name: string,
  kind: string,
  things: readonly Thing[],
  lists = true,
  speaks: readonly string[] = Object.keys(things[0] ?? {}).filter((field) => field !== 'id'),
): Told {
  return {
    dataset: `github/${name}`,
    kinds: { [kind]: { speaks, lists } },
    records: things.map((thing) => ({ kind, ...thing })),
  };
}

/** The same reading, telling more of each of its things. */
function widened(told: Told, fields: Fields): Told {
  return {
    ...told,
    kinds: Object.fromEntries(
      Object.entries(told.kinds).map(([kind, { speaks, ...rest }]) => [
        kind,
        { ...rest, speaks: [...speaks, ...Object.keys(fields)] },
      ]),
    ),
    records: told.records.map((record) => ({ ...record, ...fields })),
  };
}
