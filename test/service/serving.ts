import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { main } from '../../service/main.ts';
import type { Surroundings } from '../../service/surroundings.ts';
import { surroundingsIn } from './support.ts';

export interface Serving {
  readonly url: string;
  readonly token: string;
  readonly printed: { readonly stdout: string; readonly stderr: string };
  /** Tells it to stop, and says with which code it ended. */
  end(): Promise<number>;
}

/** Runs `serve` in this process, on a free port of loopback, until the test is over. */
export async function serve(
  dir: string,
  args: readonly string[] = [],
  changes: Partial<Surroundings> = {},
): Promise<Serving> {
  const stop = new AbortController();
  const { surroundings, printed } = surroundingsIn(dir, { stop: stop.signal, ...changes });
  const ended = main(['serve', '--listen', '127.0.0.1:0', ...args], surroundings);
  const url = await until(
    () => /listening at (http:\S+)/.exec(printed.stdout)?.[1],
    ended,
    () => printed.stderr,
  );
  const token = /shown this once: (\S+)/.exec(printed.stdout)?.[1] ?? '';
  const end = () => {
    stop.abort();
    return ended;
  };
  onTestFinished(async () => {
    await end();
  });
  return { url, token, printed, end };
}

export async function until<T>(
  ask: () => T | undefined | Promise<T | undefined>,
  ended?: Promise<number>,
  why?: () => string,
): Promise<T> {
  const codes: number[] = [];
  void ended?.then((value) => codes.push(value));
  for (let n = 0; n < 1000; n += 1) {
    const found = await ask();
    if (found !== undefined) return found;
    if (codes.length > 0) throw new Error(`it ended with ${codes.join()}: ${why?.() ?? ''}`);
    await sleep(20);
  }
  throw new Error('it did not come');
}

export const call = ({ url, token }: Serving, path: string, init: RequestInit = {}) =>
  fetch(`${url}${path}`, {
    ...init,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
  });

export const ask = (serving: Serving, body: unknown) =>
  call(serving, '/api/v1/packets', {
    method: 'POST',
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

export interface Job {
  id: string;
  state: string;
  reason: string | null;
  file: { name: string; bytes: number; sha256: string } | null;
}

export const settled = (serving: Serving, id: string) =>
  until(async () => {
    const job = (await (await call(serving, `/api/v1/packets/${id}`)).json()) as Job;
    return job.state === 'building' ? undefined : job;
  });

export const ledgerOf = (dir: string) =>
  readFile(join(dir, 'vault/ledger/ledger.jsonl'), 'utf8').catch(() => '');
