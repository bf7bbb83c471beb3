import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';

export const tools = new URL('../../.ci/tools/', import.meta.url).pathname;

/** A program of somebody else's, started for the test and ended with it. */
export interface Program {
  readonly process: ChildProcess;
  readonly output: () => string;
  end(): Promise<void>;
}

export function start(command: string, args: readonly string[]): Program {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const gone = new Promise<void>((resolve) => child.once('close', () => resolve()));
  return {
    process: child,
    output: () => output,
    end: async () => {
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** Waits until the address answers anything at all. */
export async function answering(url: string, program: Program, seconds = 60): Promise<void> {
  const until = Date.now() + seconds * 1000;
  for (;;) {
    const answered = await fetch(url).then(
      () => true,
      () => false,
    );
    if (answered) return;
    if (Date.now() > until) throw new Error(`${url} does not answer: ${program.output()}`);
    await sleep(200);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface Passed {
  readonly method: string;
  readonly path: string;
  readonly headers: Headers;
  readonly requestBody: string;
}

/** Headers that belong to one connection, or that `fetch` sets by itself. */
const hops = ['host', 'connection', 'content-length', 'accept-encoding', 'transfer-encoding', 'expect'];

export interface Relay {
  /** Where a request of this path and body is sent on to, as a whole URL. */
  readonly target: (path: string, body: string) => string;
  /** What its asker gets instead of the body that came. */
  readonly after?: (passed: Passed, status: number, body: string) => string;
  /** Key and certificate, both PEM, for who is asked over TLS only. */
  readonly tls?: { readonly key: string; readonly cert: string };
}

/**
 * A proxy that lets a test see what passes and mend what a stand-in is known to get wrong. It asks one thing at a time,
 * so that nothing depends on what a stand-in makes of several.
 */
export async function relay({
  target,
  after = (_, __, body) => body,
  tls,
}: Relay): Promise<{ url: string; passed: Passed[]; server: Server }> {
  const passed: Passed[] = [];
  let turn: Promise<unknown> = Promise.resolve();
  const listener: RequestListener = (request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
      const requestBody = Buffer.concat(chunks).toString();
      const headers = Object.fromEntries(
        Object.entries(request.headers).filter(([name]) => !hops.includes(name)),
      ) as Record<string, string>;
      const asked = turn.then(async () => {
        const answer = await fetch(target(request.url ?? '', requestBody), {
          method: request.method ?? 'GET',
          headers,
          redirect: 'manual',
          ...(chunks.length > 0 ? { body: requestBody } : {}),
        });
        return { answer, text: await answer.text() };
      });
      turn = asked.catch(() => undefined);
      const { answer, text } = await asked;
      const note = {
        method: request.method ?? '',
        path: request.url ?? '',
        headers: answer.headers,
        requestBody,
      };
      passed.push(note);
      const body = after(note, answer.status, text);
      const kept = [...answer.headers].filter(([name]) => ![...hops, 'content-encoding'].includes(name));
      response.writeHead(answer.status, Object.fromEntries(kept));
      response.end(body);
    })();
  };
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { url: tls ? `https://localhost:${port}` : `http://127.0.0.1:${port}`, passed, server };
}

/** Prism between a client and a server, naming in a header what breaks the specification. */
export async function referee(
  specification: string,
  upstream: string,
): Promise<{ url: string; program: Program }> {
  const port = await freePort();
  const program = start(process.execPath, [
    `${tools}node_modules/@stoplight/prism-cli/dist/index.js`,
    'proxy',
    '--port',
    String(port),
    specification,
    upstream,
  ]);
  const url = `http://127.0.0.1:${port}`;
  await answering(`${url}/`, program, 120);
  return { url, program };
}

const Violations = z.array(z.looseObject({ location: z.array(z.string()), message: z.string() }));

/** What a referee found to be wrong, a line each. */
export function violationsIn(passed: readonly Passed[]): string[] {
  return passed.flatMap(({ method, path, headers }) => {
    const violations = headers.get('sl-violations');
    if (violations === null) return [];
    return Violations.parse(JSON.parse(violations)).map(
      ({ location, message }) => `${method} ${path}: ${location.join('/')}: ${message}`,
    );
  });
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs Exhibit as its user would, from the command line. */
export async function exhibit(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const child = spawn(
    process.execPath,
    [new URL('../../bin/exhibit.mjs', import.meta.url).pathname, ...args],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, ...env },
    },
  );
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  return { code, stdout, stderr };
}

export async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-test-'));
  await fill(dir, files);
  return dir;
}

export async function fill(dir: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(dir, name), text, { mode: 0o600 });
}

interface ShownResults {
  readonly asOf: string;
  readonly results: readonly {
    readonly control: string;
    readonly status: string;
    readonly population: Readonly<Record<string, number>>;
    readonly because: readonly string[];
    readonly verdicts: readonly {
      readonly source: string;
      readonly subject: string;
      readonly status: string;
      readonly reason: string;
    }[];
  }[];
}

interface ShownDatasets {
  readonly datasets: readonly {
    readonly source: string;
    readonly dataset: string;
    readonly outcome: string;
    readonly records: number;
    readonly expectedCount: number | null;
    readonly reason: string | null;
  }[];
}

export async function showResults(config: string): Promise<ShownResults> {
  return JSON.parse(
    (await exhibit(['show', 'results', '--json', '--config', config])).stdout,
  ) as ShownResults;
}

export async function showDatasets(config: string): Promise<ShownDatasets> {
  return JSON.parse(
    (await exhibit(['show', 'datasets', '--json', '--config', config])).stdout,
  ) as ShownDatasets;
}
