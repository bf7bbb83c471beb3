import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { collectors } from '../../collectors/index.ts';
import { openNetwork } from '../../collectors/transport/network.ts';
import { Declared } from '../../controls/declared/declared.ts';
import type { Demo } from '../../demo/index.ts';
import { readingApp } from '../../demo/github/apps.ts';
import { collectorDigest } from '../../exports/code-digest.ts';
import { judge, type Judgement } from '../../exports/judge.ts';
import { Book } from '../../scheduler/book.ts';
import type { Night, Progress } from '../../scheduler/night.ts';
import { runScheduled } from '../../scheduler/run-slot.ts';
import type { Source } from '../../scheduler/setup.ts';
import { createVault } from '../../vault/files.ts';
import { createKeys, loadKeys } from '../../vault/keys.ts';
import type { Vault } from '../../vault/vault.ts';

/** A clock that moves when somebody waits, and only then. */
export class Clock {
  #time: number;
  constructor(start: string) {
    this.#time = Date.parse(start);
  }
  readonly now = (): Date => new Date(this.#time);
  readonly sleep = (milliseconds: number): Promise<void> => {
    this.#time += milliseconds;
    return Promise.resolve();
  };
}

/**
 * Every source of the demo, by its collector. GitHub is asked by an App, and its enterprise, which an App is never
 * shown, with the classic token of an owner.
 */
export function sourcesOf(demo: Demo): ReadonlyMap<string, Source> {
  const [organization] = demo.company.github.organizations;
  const settings: Readonly<Record<string, object>> = {
    github: {
      organization: organization?.login,
      enterprise: { slug: organization?.estate.enterprise.slug, token: demo.github.token },
      url: demo.github.url,
      app: demo.github.app,
    },
    microsoft365: {
      tenant: demo.microsoft365.tenant,
      clientId: demo.microsoft365.clientId,
      credential: { clientSecret: demo.microsoft365.clientSecret },
      url: demo.microsoft365.url,
      authority: demo.microsoft365.url,
      resolver: demo.microsoft365.resolver,
      exchange: demo.microsoft365.exchange,
      domains: demo.microsoft365.domains,
    },
    aws: {
      endpoint: demo.aws.url,
      role: demo.aws.role,
      externalId: demo.aws.externalId,
      credentials: {
        accessKeyId: demo.aws.accessKeyId,
        secretAccessKey: demo.aws.secretAccessKey,
      },
    },
  };
  return new Map(
    collectors.flatMap((collector) => {
      const given = settings[collector.id];
      if (!given) return [];
      const config = collector.config.parse(given);
      return [
        [
          collector.id,
          {
            id: `${collector.id}-larkspur`,
            title: collector.title,
            collector,
            datasets: collector.datasets,
            scope: collector.scope(config as never),
            settings: () => Promise.resolve(config),
          },
        ] as const,
      ];
    }),
  );
}

interface Bench {
  readonly clock: Clock;
  readonly authorities: readonly string[];
  readonly report: (progress: Progress) => void;
  /** One, where it must be known which dataset asks. */
  readonly datasetsAtOnce?: number;
}

/** Thousands of vaults are made and thrown away: none needs a disk. */
const scratch = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

/** A night of one source with a vault of its own, which is gone when it was used. */
export async function withNight<T>(
  source: Source,
  { clock, authorities, report, ...rest }: Bench,
  use: (night: Night, vault: Vault) => Promise<T>,
): Promise<T> {
  const dir = await mkdtemp(join(scratch, 'exhibit-hostile-'));
  const network = openNetwork({ environment: {}, authorities });
  try {
    await createKeys(join(dir, 'keys'), 'exhibit/0123456789abcdef');
    const keys = await loadKeys(join(dir, 'keys'));
    const vault = await createVault({
      dir: join(dir, 'vault'),
      keys,
      now: clock.now,
      randomBytes,
      recovery: null,
    });
    try {
      const night: Night = {
        book: await Book.open(vault),
        setup: {
          organization: { name: 'Larkspur Analytics', slug: 'larkspur' },
          sources: [source],
          // The App that reads was approved, as somebody must have.
          policy: {
            controls: { 'third-party-apps-approved': { approved: { [readingApp.id]: 'Evidence' } } },
          },
          exceptions: [],
          systems: [],
          register: { people: [], services: [], federations: [], leavers: null },
          answers: [],
          declared: Declared.parse({}),
        },
        outside: {
          network,
          now: clock.now,
          random: () => 0.5,
          sleep: clock.sleep,
          environment: {},
        },
        signal: new AbortController().signal,
        clock: 'given',
        program: { version: '0.0.0-test', code: collectorDigest },
        report,
        ...rest,
      };
      return await use(night, vault);
    } finally {
      await vault.close();
    }
  } finally {
    network.close();
    await rm(dir, { recursive: true });
  }
}

/** Reads one source for one night into a vault of its own, and judges it. */
export async function readNight(
  source: Source,
  {
    then,
    ...bench
  }: Bench & {
    /** What happens after the night and before it is judged. */
    readonly then?: (night: Night) => Promise<unknown>;
  },
): Promise<Judgement> {
  return withNight(source, bench, async (night, vault) => {
    await runScheduled(night, bench.clock.now());
    await then?.(night);
    return judge(vault);
  });
}
