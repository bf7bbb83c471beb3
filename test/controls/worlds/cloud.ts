import type { Told } from '../support.ts';

const account = '111122223333';
export const logs = '444455556666';
const region = 'eu-west-1';
export const here = `${account}|${region}`;
const arn = (service: string, what: string) => `arn:aws:${service}:${region}:${account}:${what}`;

export const things = {
  bucket: 'arn:aws:s3:::data',
  volume: 'vol-1',
  database: arn('rds', 'db:main'),
  cluster: arn('eks', 'cluster/apps'),
  function: arn('lambda', 'function:mailer'),
  machine: 'i-1',
  registry: arn('ecr', 'repository/web'),
  vault: arn('backup', 'backup-vault:nightly'),
  balancer: arn('elasticloadbalancing', 'loadbalancer/app/web/1'),
  listener: arn('elasticloadbalancing', 'listener/app/web/1/a'),
  plain: arn('elasticloadbalancing', 'listener/app/web/1/b'),
  inspector: `${here}|inspector`,
};

type Fields = Readonly<Record<string, unknown>>;

/** A dataset that tells these things, each in a partition of its own or all in that of the region. */
function dataset(
  name: string,
  kind: string,
  records: readonly (Fields & { readonly id: string; readonly partition?: string })[],
  {
    lists = true,
    absence,
    partition = here,
  }: {
    lists?: Told['kinds'][string]['lists'];
    absence?: NonNullable<Told['absence']>;
    partition?: string;
  } = {},
): Told {
  const fields = records.flatMap((record) => Object.keys(record)).filter((field) => field !== 'id');
  const partitions = records.map((record) => record.partition ?? partition);
  return {
    dataset: `aws/${name}`,
    kinds: { [kind]: { speaks: [...new Set(fields)].filter((f) => f !== 'partition'), lists } },
    ...(absence && { absence }),
    partitions: Object.fromEntries(
      (partitions.length > 0 ? partitions : [partition]).map((id) => [id, 'complete' as const]),
    ),
    records: records.map((record) => ({ kind, partition, ...record })),
  };
}

const place = { cloudAccount: account, region };
const sort = (...type: readonly string[]) => ({ field: 'type', values: [...type] });

/** What stands in one region of one AWS account beside its users, all of it good. Tests spoil parts of it. */
export function cloud({
  bucket = {},
  blocked = true,
  database = {},
  snapshot = {},
  regionFields = {},
  store = {},
  firewall = {},
  listener = {},
  plain = {},
  rule = {},
  balancer = {},
  certificate = {},
  recorder = {},
  detector = {},
  vault = {},
  copied = {},
  machine = {},
  patches = {},
  scan = {},
  inspector = {},
  program = {},
  cluster = {},
  registry = {},
  contact = true,
}: Readonly<{
  [
    K in
      | ('bucket' | 'database' | 'snapshot' | 'regionFields' | 'store' | 'firewall' | 'listener' | 'plain')
      | ('rule' | 'balancer' | 'certificate' | 'recorder' | 'detector' | 'vault' | 'copied' | 'machine')
      | ('patches' | 'scan' | 'inspector' | 'program' | 'cluster' | 'registry')
  ]?: Fields;
}> & { readonly blocked?: boolean; readonly contact?: boolean } = {}): Told[] {
  const { enabled = true, volumeEncryptionDefault = true, publicSnapshotsBlocked = 'none' } = regionFields;
  const scans = [
    ...[things.machine, things.function, things.registry].map((resource) => ({ resource, scan: 'PACKAGE' })),
    { resource: things.machine, scan: 'NETWORK' },
  ];
  return [
    dataset('security-contacts', 'cloud-account', [{ id: account, securityContact: contact }], {
      lists: false,
      partition: account,
    }),
    dataset(
      'account-public-access-blocks',
      'cloud-account',
      [{ id: account, publicBucketsBlocked: blocked }],
      { lists: false, partition: account },
    ),
    dataset(
      'regions',
      'cloud-region',
      [
        { id: here, cloudAccount: account, name: region, enabled },
        { id: `${account}|me-south-1`, cloudAccount: account, name: 'me-south-1', enabled: false },
      ],
      { partition: account },
    ),
    dataset('volume-encryption-defaults', 'cloud-region', [{ id: here, volumeEncryptionDefault }], {
      lists: false,
    }),
    dataset('snapshot-public-access-blocks', 'cloud-region', [{ id: here, publicSnapshotsBlocked }], {
      lists: false,
    }),
    dataset(
      'buckets',
      'data-store',
      [
        { id: things.bucket, ...place, type: 'bucket' },
        { id: 'arn:aws:s3:::logs', cloudAccount: logs, region, type: 'bucket', partition: logs },
      ],
      { lists: sort('bucket'), partition: account },
    ),
    ...(
      [
        ['bucket-public-access-blocks', { publicAccessBlocked: true }],
        ['bucket-policy-status', { publicPolicy: false }],
        ['bucket-encryption', { encrypted: true }],
        ['bucket-object-lock', { locked: 'by-nobody' }],
      ] as const
    ).map(([name, fields]) =>
      dataset(
        name,
        'data-store',
        [things.bucket, 'arn:aws:s3:::logs'].map((id) => ({
          id,
          partition: id,
          ...fields,
          // The bucket of logs is good but for its lock, which is all that its control asks.
          ...Object.fromEntries(
            Object.entries(bucket).filter(
              ([field]) => field in fields && (field === 'locked') === (id !== things.bucket),
            ),
          ),
        })),
        { lists: false },
      ),
    ),
    dataset(
      'volumes',
      'data-store',
      [{ id: things.volume, ...place, type: 'volume', encrypted: true, ...store }],
      {
        lists: sort('volume'),
      },
    ),
    {
      ...dataset(
        'public-snapshots',
        'data-store',
        [{ id: 'snap-1', ...place, type: 'public-volume-snapshot', public: true, encrypted: false }],
        { lists: sort('public-volume-snapshot') },
      ),
      records: [],
    },
    dataset(
      'database-instances',
      'data-store',
      [
        {
          id: things.database,
          ...place,
          type: 'database',
          engine: 'postgres',
          engineVersion: '17.6',
          public: false,
          encrypted: true,
          backupDays: 7,
          ...database,
        },
      ],
      { lists: sort('database') },
    ),
    dataset(
      'database-clusters',
      'data-store',
      [
        {
          id: arn('rds', 'cluster:aurora'),
          ...place,
          type: 'database-cluster',
          engine: 'aurora-postgresql',
          engineVersion: '16.4',
          encrypted: true,
          backupDays: 35,
        },
      ],
      { lists: sort('database-cluster') },
    ),
    dataset(
      'database-snapshots',
      'data-store',
      [
        {
          id: arn('rds', 'snapshot:before'),
          ...place,
          type: 'database-snapshot',
          encrypted: true,
          public: false,
          ...snapshot,
        },
      ],
      { lists: sort('database-snapshot') },
    ),
    dataset('security-groups', 'firewall', [
      { id: 'sg-1', ...place, openToAll: ['tcp 443-443'], openToLists: ['tcp 8443-8443'], ...firewall },
    ]),
    dataset(
      'load-balancers',
      'load-balancer',
      [{ id: things.balancer, ...place, public: true, ...balancer }],
      {
        lists: false,
      },
    ),
    dataset(
      'load-balancer-listeners',
      'listener',
      [
        {
          id: things.listener,
          ...place,
          loadBalancer: things.balancer,
          protocol: 'HTTPS',
          tlsPolicy: 'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
          plain: false,
          ...listener,
        },
        {
          id: things.plain,
          ...place,
          loadBalancer: things.balancer,
          protocol: 'HTTP',
          tlsPolicy: 'none',
          plain: true,
          ...plain,
        },
      ],
      { partition: things.balancer },
    ),
    dataset(
      'load-balancer-rules',
      'listener-rule',
      [{ id: `${things.plain}/rule`, listener: things.plain, sendsToTls: true, ...rule }],
      { partition: things.plain },
    ),
    dataset('certificates', 'certificate', [
      { id: 'certificate-1', ...place, inUse: true, expiresAt: '2026-09-01T00:00:00Z', ...certificate },
    ]),
    dataset('config-recorders', 'configuration-recorder', [
      { id: `${here}|default`, ...place, records: 'all', ...only(recorder, 'records') },
    ]),
    dataset(
      'config-recorder-status',
      'configuration-recorder',
      [{ id: `${here}|default`, recording: true, ...only(recorder, 'recording') }],
      { lists: false },
    ),
    dataset('guardduty-detectors', 'scanner', [{ id: 'detector-1', ...place, type: 'threats' }], {
      lists: sort('threats'),
    }),
    dataset('guardduty-detector-details', 'scanner', [{ id: 'detector-1', enabled: true, ...detector }], {
      lists: false,
      partition: 'detector-1',
    }),
    dataset(
      'inspector-status',
      'scanner',
      [{ id: things.inspector, ...place, type: 'vulnerabilities', enabled: true, ...inspector }],
      { lists: sort('vulnerabilities') },
    ),
    dataset(
      'inspector-coverage',
      'scan-coverage',
      scans.map(({ resource, scan: what }) => ({
        id: `${resource}|${what}`,
        ...place,
        resource,
        scan: what,
        scanned: true,
        because: 'SUCCESSFUL',
        ...(what === 'PACKAGE' ? scan : {}),
      })),
      { partition: things.inspector },
    ),
    dataset('backup-vaults', 'backup-vault', [
      {
        id: things.vault,
        ...place,
        locked: true,
        lockFinalAt: '2026-01-01T00:00:00Z',
        minimumDays: 14,
        copies: 30,
        ...vault,
      },
    ]),
    dataset('protected-resources', 'protected-resource', [
      {
        id: things.database,
        ...place,
        resource: things.database,
        lastBackupAt: '2026-06-29T23:00:00Z',
        ...copied,
      },
    ]),
    dataset('instances', 'machine', [{ id: things.machine, ...place, state: 'running', ...machine }]),
    dataset('managed-instances', 'machine', [{ id: things.machine, ...place, managed: true }], {
      lists: false,
      absence: { kind: 'machine', among: 'aws/instances', means: { managed: false } },
    }),
    dataset(
      'patch-compliance',
      'machine',
      [
        {
          id: things.machine,
          ...place,
          criticalPatchesMissing: 0,
          patchesCheckedAt: '2026-06-29T00:00:00Z',
          ...patches,
        },
      ],
      { lists: false },
    ),
    dataset('functions', 'cloud-function', [
      { id: things.function, ...place, runtime: 'nodejs24.x', ...program },
    ]),
    dataset('clusters', 'cluster', [{ id: things.cluster, ...place }]),
    dataset('cluster-details', 'cluster', [{ id: things.cluster, version: '1.35', ...cluster }], {
      lists: false,
      partition: things.cluster,
    }),
    dataset('image-registries', 'image-registry', [
      { id: things.registry, ...place, scanOnPush: true, ...registry },
    ]),
  ];
}

const only = (fields: Fields, name: string) => (name in fields ? { [name]: fields[name] } : {});
