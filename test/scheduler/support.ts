import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { randomBytes } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { collector, type Collector, type Io, type Page, type Session } from '../../collectors/collector.ts';
import { datasetsOf } from '../../collectors/dataset.ts';
import { Secret } from '../../collectors/secret.ts';
import { Budget } from '../../collectors/transport/budget.ts';
import { NetworkFailure, openNetwork } from '../../collectors/transport/network.ts';
import { Transport } from '../../collectors/transport/transport.ts';
import { Declared } from '../../controls/declared/declared.ts';
import { digest } from '../../evidence-model/digest.ts';
import { Account, Repository, SignIn } from '../../evidence-model/kinds.ts';
import type { Exchange } from '../../evidence-model/snapshot.ts';
import { Book } from '../../scheduler/book.ts';
import type { Night, Progress } from '../../scheduler/night.ts';
import type { Setup, Source } from '../../scheduler/setup.ts';
import { createVault, openVault } from '../../vault/files.ts';
import { createKeys, loadKeys } from '../../vault/keys.ts';
import type { LedgerLine } from '../../vault/ledger-lines.ts';
import type { Vault } from '../../vault/vault.ts';

/*
 * A small source of a made-up kind, behind a real HTTP server on loopback: things with an owner, one answer for each
 * of them, and a log. Its collector stands outside the program's list.
 */
const Config = z.strictObject({ url: z.string(), token: Secret });
type Scope = Readonly<Record<string, unknown>> & { readonly url: string };
interface Request {
  readonly path: string;
}
const { state, log, list, one } = datasetsOf<Scope, Request>();

const things = state({
  id: 'plain/things',
  title: 'Things',
  docs: 'https://docs.example.com/things',
  permissions: ['Things: read'],
  personal: [],
  speaks: [{ kind: Repository, fields: ['name', 'archived'], lists: true }],
  requests: () => [{ path: '/things' }],
  lists: [
    list('', z.object({ id: z.string(), name: z.string() }), ({ id, name }) => [
      Repository.record({ id, name, archived: false }),
    ]),
  ],
});
const owners = state<{ id: string; name: string }>({
  id: 'plain/owners',
  title: 'Owner of each thing',
  docs: 'https://docs.example.com/owners',
  permissions: ['Owners: read'],
  personal: ['account names'],
  speaks: [{ kind: Account, fields: ['name'], lists: false }],
  each: { dataset: 'plain/things', kind: 'repository', needs: ['name'], where: () => true },
  requests: (_, { name }) => [{ path: `/things/${name}/owner` }],
  lists: [
    one('', z.object({ id: z.string(), name: z.string() }), ({ id, name }) => [Account.record({ id, name })]),
  ],
});
const signIns = log({
  id: 'plain/sign-ins',
  title: 'Sign-ins',
  docs: 'https://docs.example.com/sign-ins',
  permissions: ['Log: read'],
  personal: [],
  speaks: [{ kind: SignIn, fields: ['account', 'at'], lists: true }],
  memoryDays: 30,
  settleMinutes: 15,
  requests: (_, __, { from, to }) => [{ path: `/log?from=${from}&to=${to}` }],
  lists: [
    list('', z.object({ id: z.string(), account: z.string(), at: z.string() }), ({ id, account, at }) => [
      SignIn.record({ id, account, at }),
    ]),
  ],
});

/** The made-up collector. Its owners are declared before the things that they need. */
export const plain: Collector = collector({
  id: 'plain',
  title: 'Plain',
  config: Config,
  scope: ({ url }): Scope => ({ url }),
  datasets: [owners, things, signIns],
  connect: ({ url, token }, _, io) => Promise.resolve(sessionTo(url, token, io)),
  decode: (_, bytes) =>
    Promise.resolve({ ok: true, value: JSON.parse(new TextDecoder().decode(bytes)) as unknown }),
});

function sessionTo(url: string, token: string, io: Io): Session<Request> {
  const budget = new Budget({ perSecond: 1000, burst: 1000, width: 10 }, io);
  const transport = new Transport({
    io,
    origins: [url],
    refuse: () => null,
    budget: () => budget,
    retry: () => null,
    timeoutMs: 5000,
    maxBytes: 1_000_000,
  });
  return {
    width: 2,
    resumes: () => false,
    async *pages({ path }): AsyncIterable<Page> {
      const exchanges: Exchange[] = [];
      const problem = (
        outcome: 'denied' | 'failed',
        reason: 'permission-missing' | 'unreachable',
        text: string,
      ) => ({
        asides: [],
        exchange: exchanges[0] ?? null,
        answer: { ok: false as const, problem: { status: 0, code: null, outcome, reason, text } },
      });
      try {
        const { status, bytes } = await transport.send(
          {
            method: 'GET',
            url: new URL(path, url),
            headers: { authorization: `Bearer ${token}` },
            body: null,
          },
          { operation: null, input: null, credentials: false, secrets: [], cost: 1, exchanges },
        );
        if (status !== 200) yield problem('denied', 'permission-missing', `answered ${status}`);
        else
          yield {
            asides: [],
            exchange: exchanges[0] ?? null,
            answer: { ok: true, value: JSON.parse(new TextDecoder().decode(bytes)) as unknown },
          };
      } catch (error) {
        if (!(error instanceof NetworkFailure)) throw error;
        yield problem('failed', 'unreachable', error.message);
      }
    },
    close: () => undefined,
  };
}

/**
 * The server of the made-up source. Paths in `denied` are refused; a path in `held` is answered when its promise ends; its
 * log tells of `events`.
 */
export async function startPlain(names: readonly string[] = ['anvil', 'bellows']) {
  const denied = new Set<string>();
  const held = new Map<string, Promise<void>>();
  const asked: string[] = [];
  const events: { id: string; account: string; at: string }[] = [];
  const server = createServer((request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    asked.push(`${pathname}${search}`);
    void (async () => {
      await held.get(pathname);
      const authorised = request.headers.authorization === 'Bearer plain-token';
      const [, , name, what] = pathname.split('/');
      const body =
        !authorised || denied.has(pathname)
          ? null
          : pathname === '/things'
            ? names.map((each, n) => ({ id: String(n), name: each }))
            : what === 'owner'
              ? { id: `owner-of-${name ?? ''}`, name: 'Ada Example' }
              : events.filter(
                  ({ at }) => at >= (searchParams.get('from') ?? '') && at < (searchParams.get('to') ?? ''),
                );
      response.writeHead(body === null ? 403 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body ?? { message: 'no' }));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    denied,
    held,
    asked,
    events,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

export function sourceAt(url: string, id = 'plain-one', settings?: Source['settings']): Source {
  return {
    id,
    title: 'A plain source',
    collector: plain,
    datasets: plain.datasets,
    scope: { url },
    settings: settings ?? (() => Promise.resolve({ url, token: 'plain-token' })),
  };
}

export function setupOf(sources: readonly Source[]): Setup {
  return {
    organization: { name: 'Example Company', slug: 'example' },
    sources,
    policy: { controls: {} },
    exceptions: [],
    systems: [],
    register: { people: [], services: [], federations: [], leavers: null },
    answers: [],
    declared: Declared.parse({}),
  };
}

/** A clock that stands still until it is told. */
export class Clock {
  #time: number;
  constructor(start: string) {
    this.#time = Date.parse(start);
  }
  readonly now = () => new Date(this.#time);
  set(time: string): void {
    this.#time = Date.parse(time);
  }
}

/** A real vault in a folder of its own, with everything to read slots into it. It can be closed and opened again, as after a crash. */
export async function openBench(clock: Clock, setup: Setup) {
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-scheduler-'));
  const network = openNetwork({ environment: {}, authorities: [] });
  const keysDir = join(dir, 'keys');
  const vaultDir = join(dir, 'vault');
  await createKeys(keysDir, 'exhibit/0123456789abcdef');
  const options = { dir: vaultDir, keys: await loadKeys(keysDir), now: clock.now, randomBytes };
  let vault: Vault = await createVault({ ...options, recovery: null });
  const told: Progress[] = [];
  const night = async (changes: Partial<Night> = {}): Promise<Night> => ({
    book: await Book.open(vault),
    setup,
    outside: {
      network,
      now: clock.now,
      random: () => 0.5,
      sleep: () => Promise.resolve(),
      environment: {},
    },
    signal: new AbortController().signal,
    clock: 'system',
    program: { version: '0.0.0-test', code: () => Promise.resolve(digest('code of the test')) },
    report: (progress) => told.push(progress),
    ...changes,
  });
  return {
    dir,
    vaultDir,
    told,
    night,
    get vault() {
      return vault;
    },
    async reopen() {
      await vault.close();
      vault = await openVault(options);
    },
    async lines<T extends LedgerLine['type']>(type: T) {
      const found: Extract<LedgerLine, { type: T }>[] = [];
      for await (const line of vault.ledger())
        if (line.type === type) found.push(line as Extract<LedgerLine, { type: T }>);
      return found;
    },
    async close() {
      network.close();
      await vault.close();
      await rm(dir, { recursive: true });
    },
  };
}
