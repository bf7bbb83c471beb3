import { Declared } from '../controls/declared/declared.ts';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { collectors } from '../collectors/index.ts';
import { openNetwork } from '../collectors/transport/network.ts';
import { startDemo } from '../demo/index.ts';
import { digest, type Digest } from '../evidence-model/digest.ts';
import { slotId } from '../evidence-model/schedule.ts';
import { snapshotLines } from '../evidence-model/read-snapshot.ts';
import type { SnapshotEnd, SnapshotLine } from '../evidence-model/snapshot.ts';
import { Book } from '../scheduler/book.ts';
import { artifactsOf, manifestOf, statusOf, type Snapshotted } from '../scheduler/manifest.ts';
import { planBytes, planOf } from '../scheduler/plan.ts';
import { runManual } from '../scheduler/run-slot.ts';
import type { Setup, Source } from '../scheduler/setup.ts';
import { recordSchedule } from '../scheduler/tick.ts';
import { createVault } from '../vault/files.ts';
import { createKeys, loadKeys } from '../vault/keys.ts';
import { evidencePath, type Vault } from '../vault/vault.ts';
import type { RunManifest } from '../vault/manifest.ts';

/*
 * Nights of a large company, for measuring how long judging takes. One night of the small synthetic company is read over
 * HTTP by the real collectors, all datasets; then its records of people are written out many times over, each copy under
 * ids of its own, through the real vault, as many nights as are wanted. Reading a hundred thousand people over HTTP for
 * half a year would take days and measure something else. Bodies of the copied pages are stand-ins: judging reads none.
 */

/** Datasets that name people, and what share of the company each is about. */
const peopled: Readonly<Record<string, number>> = {
  'microsoft365/users': 1,
  'microsoft365/user-registration-details': 1,
  'microsoft365/user-sign-in-activity': 1,
  'microsoft365/user-addresses': 1,
  'microsoft365/user-positions': 1,
  'microsoft365/conditional-access-group-members': 1,
  'github/members': 0.2,
  'github/saml-identities': 0.2,
  'github/verified-emails': 0.2,
};
const ofPeople = new Set(['account', 'external-identity', 'effective-membership']);
/** In every night these have signed in since the one before. */
const active = 0.4;
/** As many come, and as many go, between two nights. */
const moving = 20;
const pageSize = 999;
const base = 24;

interface Read {
  readonly source: string;
  readonly collector: string;
  readonly scope: RunManifest['predicate']['scope'];
  readonly datasets: readonly { readonly dataset: string; readonly lines: readonly SnapshotLine[] }[];
}

/** Writes such a vault into a folder. */
export async function writeLargeCompany(
  dir: string,
  { people, nights, first }: { readonly people: number; readonly nights: number; readonly first: Date },
): Promise<string> {
  let now = first;
  const small = await readSmall(join(dir, 'small'), first);
  await createKeys(join(dir, 'keys'), 'exhibit/fedcba9876543210');
  const vaultDir = join(dir, 'vault');
  const vault = await createVault({
    dir: vaultDir,
    keys: await loadKeys(join(dir, 'keys')),
    now: () => now,
    randomBytes,
    recovery: null,
  });
  const book = await Book.open(vault);
  const at = { hour: first.getUTCHours(), minute: first.getUTCMinutes(), second: 0, timeZone: 'UTC' };
  now = new Date(first.getTime() - 3_600_000);
  await recordSchedule(book, small.setup, { daily: at, graceMinutes: 60 }, now);
  for (const body of small.bodies) await vault.put(body);
  const plan = await vault.put(planBytes(planOf(small.setup)));
  for (let night = 0; night < nights; night += 1) {
    now = new Date(first.getTime() + night * 86_400_000);
    await writeNight(book, small.reads, { plan, now, people, night });
  }
  await vault.close();
  return vaultDir;
}

async function readSmall(dir: string, now: Date) {
  const demo = await startDemo({ seed: 'large', now, clock: () => now, people: base, repositories: 8 });
  const network = openNetwork({ environment: {}, authorities: [demo.microsoft365.certificate] });
  const { github, microsoft365, aws } = demo;
  const given: Readonly<Record<string, unknown>> = {
    github: {
      organization: demo.company.github.organizations[0]?.login,
      url: github.url,
      app: { id: github.app.id, privateKey: github.app.privateKey },
    },
    microsoft365: {
      tenant: microsoft365.tenant,
      clientId: microsoft365.clientId,
      credential: { clientSecret: microsoft365.clientSecret },
      url: microsoft365.url,
      authority: microsoft365.url,
      resolver: microsoft365.resolver,
      domains: [...microsoft365.domains],
      exchange: microsoft365.exchange,
    },
    aws: {
      endpoint: aws.url,
      role: aws.role,
      externalId: aws.externalId,
      credentials: { accessKeyId: aws.accessKeyId, secretAccessKey: aws.secretAccessKey },
    },
  };
  const sources = collectors.map((collector): Source => {
    const settings = collector.config.parse(given[collector.id]);
    return {
      id: `${collector.id}-large`,
      title: collector.title,
      collector,
      datasets: collector.datasets,
      scope: collector.scope(settings as never),
      settings: () => Promise.resolve(settings),
    };
  });
  const setup: Setup = {
    organization: { name: 'Large Company', slug: 'large' },
    sources,
    policy: { controls: {} },
    exceptions: [],
    systems: [],
    register: { people: [], services: [], federations: [], leavers: null },
    answers: [],
    declared: Declared.parse({}),
  };
  await createKeys(join(dir, 'keys'), 'exhibit/0123456789abcdef');
  const vault = await createVault({
    dir: join(dir, 'vault'),
    keys: await loadKeys(join(dir, 'keys')),
    now: () => now,
    randomBytes,
    recovery: null,
  });
  try {
    const night = {
      book: await Book.open(vault),
      setup,
      outside: {
        network,
        now: () => now,
        random: () => 0.5,
        sleep: () => Promise.resolve(),
        environment: {},
      },
      signal: new AbortController().signal,
      clock: 'given' as const,
      program: { version: 'bench', code: () => Promise.resolve(digest('bench')) },
      report: () => undefined,
    };
    await runManual(
      night,
      sources.map((source) => ({ source, dataset: null })),
    );
    return { setup, ...(await everythingRead(vault)) };
  } finally {
    network.close();
    await vault.close();
    await demo.close();
  }
}

async function everythingRead(
  vault: Vault,
): Promise<{ readonly reads: Read[]; readonly bodies: Uint8Array[] }> {
  const reads: Read[] = [];
  const bodies: Uint8Array[] = [];
  for await (const line of vault.ledger()) {
    if (line.type !== 'run') continue;
    const { predicate } = await vault.run(line);
    const { source, collector, scope } = predicate;
    const datasets: { dataset: string; lines: SnapshotLine[] }[] = [];
    for (const { dataset, snapshot } of predicate.datasets)
      datasets.push({ dataset, lines: [...snapshotLines(await vault.get(snapshot))] });
    for (const artifact of artifactsOf(datasets.flatMap(({ lines }) => lines)))
      bodies.push(await vault.get(artifact));
    reads.push({ source, collector, scope, datasets });
  }
  return { reads, bodies };
}

interface Writing {
  readonly plan: Digest;
  readonly now: Date;
  readonly people: number;
  readonly night: number;
}

async function writeNight(book: Book, reads: readonly Read[], writing: Writing): Promise<void> {
  const { plan, now } = writing;
  const { vault } = book;
  const slot = slotId(now);
  const seq = book.nextSeq;
  const due = now.toISOString();
  await book.append({
    type: 'slot.open',
    slot,
    seq,
    due,
    kind: 'scheduled',
    clock: 'given',
    plan,
    tsrPrev: null,
  });
  for (const { source, collector, scope, datasets } of reads) {
    const alias = await vault.aliasOf('source', source);
    const read: Snapshotted[] = [];
    const paths = new Map<Digest, string>();
    for (const { dataset, lines } of datasets) {
      const journal = await vault.journal({ slot, source, attempt: 1, dataset });
      const artifacts = new Set<Digest>();
      let end: SnapshotEnd | null = null;
      let batch: SnapshotLine[] = [];
      for await (const line of linesFor(dataset, lines, writing, vault)) {
        batch.push(line);
        if (line.line === 'end') end = line;
        if (batch.length < 10_000 && line.line !== 'end') continue;
        for (const artifact of artifactsOf(batch)) {
          artifacts.add(artifact);
          paths.set(artifact, evidencePath(artifact, await vault.get(artifact)));
        }
        await journal.write(batch);
        batch = [];
      }
      if (!end) throw new Error(`${dataset} has no end`);
      read.push({ dataset, end, artifacts, snapshot: await journal.finish() });
    }
    const times = { startedAt: due, endedAt: due };
    const program = { version: 'bench', code: digest('bench') };
    const facts = { slot, source, alias, collector, attempt: 1, scope, program, ...times };
    await book.seal(manifestOf(facts, read, paths), statusOf(read));
  }
  await book.append({ type: 'slot.close', slot, seq, status: 'ok', runs: reads.length });
  await vault.checkpoint();
}

/** The lines of a dataset in a night: as they are, or many times over where it names people. */
async function* linesFor(
  dataset: string,
  lines: readonly SnapshotLine[],
  { now, people, night }: Writing,
  vault: Vault,
): AsyncIterable<SnapshotLine> {
  const t = now.toISOString();
  const share = peopled[dataset];
  const records = lines.filter((line) => line.line === 'record').filter(({ kind }) => ofPeople.has(kind));
  const page = lines.find((line) => line.line === 'capture' && line.use === 'items');
  const copies = share === undefined ? 0 : Math.floor((people * share) / base);
  let written = 0;
  for (const line of lines) {
    if (line.line === 'snapshot')
      yield {
        ...line,
        slot: slotId(now),
        startedAt: t,
        interval: line.interval && { from: new Date(now.getTime() - 86_400_000).toISOString(), to: t },
      };
    else if (
      line.line === 'partition' &&
      copies > 0 &&
      line === lines.find((each) => each.line === 'partition')
    ) {
      let artifact = digest(dataset);
      for (let copy = 1; copy < copies; copy += 1)
        for (const record of records) {
          const n = written;
          written += 1;
          if (n % pageSize === 0 && page?.line === 'capture') {
            const version = dataset.endsWith('activity') ? night : Math.floor(night / 2);
            artifact = await vault.put(
              Buffer.from(`{"page":${n / pageSize},"of":"${dataset}","v":${version}}`),
            );
            yield { ...page, n: page.n + 1 + n / pageSize, exchange: { ...page.exchange, at: t, artifact } };
          }
          // Those of the first copies come and go.
          const moved = copy * base < moving * 180 ? Math.floor(copy / 2) : -1;
          if (moved === night) continue;
          yield {
            ...record,
            artifact,
            pointer: `/value/${n % pageSize}`,
            data: copied(record.data, copy, night, t),
          };
        }
      yield { ...line, items: line.items + written, records: line.records + written, expected: null };
    } else if (line.line === 'end')
      yield {
        ...line,
        endedAt: t,
        records: line.records + written,
        items: line.items + written,
        expected: null,
        covered: line.covered && { from: new Date(now.getTime() - 86_400_000).toISOString(), to: t },
      };
    else yield line;
  }
}

const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A record of somebody else: whatever names the person names another, the same in every dataset and night. */
function copied<T extends { readonly id: string }>(data: T, copy: number, night: number, t: string): T {
  const rename = (value: string) =>
    guid.test(value)
      ? `${copy.toString(16).padStart(8, '0')}${value.slice(8)}`
      : /^\d+$/.test(value)
        ? `${copy}${value}`
        : `${copy}-${value}`;
  const seen = (copy * 7 + night) % 10 < active * 10;
  const named = Object.entries(data).map(([field, value]) => {
    if (['id', 'account', 'name'].includes(field) && typeof value === 'string') return [field, rename(value)];
    if (field.toLowerCase().endsWith('addresses') && Array.isArray(value))
      return [field, value.map((address) => rename(String(address)))];
    if (field.startsWith('last') && seen && value !== 'never') return [field, t];
    return [field, value];
  });
  return Object.fromEntries(named) as T;
}
