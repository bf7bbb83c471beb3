import { spawn } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { Demo } from '../../demo/index.ts';

const program = new URL('../../bin/exhibit.mjs', import.meta.url).pathname;

export interface Running {
  readonly pid: number;
  readonly output: () => string;
  kill(signal: 'SIGKILL' | 'SIGTERM'): void;
  /** The exit code; `null` where a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** The program as a customer runs it, in a process of its own. */
export function exhibit(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Running {
  // Killing a launcher would leave what it launched alive, so there is none: it is this Node already.
  const child = spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // Hundreds of processes load the same modules.
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: join(tmpdir(), 'exhibit-compile-cache'),
      ...environment,
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return {
    pid: child.pid ?? 0,
    output: () => output,
    kill: (signal) => child.kill(signal),
    ended: new Promise((resolve) => child.once('close', (code) => resolve(code))),
  };
}

/** The most that ever was in memory, in megabytes, as the kernel counts it (VmHWM). */
export async function peakOf({ pid, ended }: Pick<Running, 'pid' | 'ended'>): Promise<number> {
  let peak = 0;
  const state = { over: false };
  void ended.then(() => (state.over = true));
  while (!state.over) {
    const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
    peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
    await sleep(50);
  }
  return Math.round(peak / 1024);
}

/** What the Dockerfile sets besides. */
export const asInTheImage = { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072' } as const;

/** Runs it to its end. */
export async function run(args: readonly string[]): Promise<{ code: number | null; output: string }> {
  const running = exhibit(args);
  return { code: await running.ended, output: running.output() };
}

/** Waits until it has said this. Rejects where it ended without. */
export async function said(running: Running, what: RegExp): Promise<string> {
  const state = { over: false };
  void running.ended.then(() => (state.over = true));
  for (;;) {
    const [found] = what.exec(running.output()) ?? [];
    if (found !== undefined) return found;
    if (state.over) throw new Error(`it ended without saying ${String(what)}: ${running.output()}`);
    await sleep(20);
  }
}

/**
 * A folder with a configuration that reads this demo every day at this time: as little as can be consented to, which
 * a token is wholly shown; and, where that is wanted, by an App what is read by default.
 */
export async function folderFor(
  demo: Demo,
  at: Date,
  consent: 'insurance-mfa' | 'standard' = 'insurance-mfa',
): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-crash-'));
  await mkdir(join(dir, 'secrets'));
  const secret = async (name: string, value: string) => {
    await writeFile(join(dir, 'secrets', name), value, { mode: 0o600 });
    return { file: `secrets/${name}` };
  };
  const { github, microsoft365, aws } = demo;
  await writeFile(join(dir, 'microsoft365.pem'), microsoft365.certificate);
  const configuration = {
    organization: { name: 'Larkspur Analytics', slug: 'larkspur' },
    schedule: { at: at.toISOString().slice(11, 19), timeZone: 'UTC', graceMinutes: 60 },
    authorities: ['microsoft365.pem'],
    sources: [
      {
        id: 'github-larkspur',
        collector: 'github',
        organization: demo.company.github.organizations[0]?.login,
        url: github.url,
        consent: 'insurance-mfa',
        token: await secret('github', github.token),
      },
      ...(consent === 'standard'
        ? [
            {
              id: 'github-app',
              collector: 'github',
              organization: demo.company.github.organizations[0]?.login,
              url: github.url,
              consent,
              app: { id: github.app.id, privateKey: await secret('github-app', github.app.privateKey) },
            },
          ]
        : []),
      {
        id: 'microsoft365-larkspur',
        collector: 'microsoft365',
        consent,
        tenant: microsoft365.tenant,
        clientId: microsoft365.clientId,
        credential: { clientSecret: await secret('microsoft365', microsoft365.clientSecret) },
        url: microsoft365.url,
        authority: microsoft365.url,
      },
      {
        id: 'aws-larkspur',
        collector: 'aws',
        consent,
        endpoint: aws.url,
        role: aws.role,
        externalId: aws.externalId,
        credentials: {
          accessKeyId: aws.accessKeyId,
          secretAccessKey: await secret('aws', aws.secretAccessKey),
        },
      },
    ],
  };
  await writeFile(join(dir, 'exhibit.yaml'), stringify(configuration));
  return dir;
}

export async function copyOf(dir: string): Promise<string> {
  const copy = await mkdtemp(join(tmpdir(), 'exhibit-crash-'));
  await cp(dir, copy, { recursive: true });
  return copy;
}

/** What a folder of Exhibit held at a moment, as whoever looks at the disk sees it. */
export interface Disk {
  /** Lines of the ledger that were whole. */
  readonly ledger: string;
  readonly objects: ReadonlySet<string>;
  /** Bodies that journals speak of. */
  readonly journaled: ReadonlySet<string>;
}

export async function diskOf(dir: string): Promise<Disk> {
  const vault = join(dir, 'vault');
  const ledger = await readFile(join(vault, 'ledger', 'ledger.jsonl'), 'utf8').catch(() => '');
  const names = async (folder: string) =>
    (await readdir(join(vault, folder), { recursive: true }).catch(() => [])).map(String);
  const journaled = new Set<string>();
  for (const name of await names('journal')) {
    if (!name.endsWith('.ndjson')) continue;
    const text = await readFile(join(vault, 'journal', name), 'utf8');
    for (const line of text.slice(0, text.lastIndexOf('\n') + 1).split('\n'))
      for (const [, artifact = ''] of line.matchAll(/"artifact":"([0-9a-f]{64})"/g)) journaled.add(artifact);
  }
  return {
    ledger: ledger.slice(0, ledger.lastIndexOf('\n') + 1),
    objects: new Set((await names('objects')).filter((name) => name.endsWith('.gz'))),
    journaled,
  };
}
