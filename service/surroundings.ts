import { randomBytes } from 'node:crypto';
import type { Collector } from '../collectors/collector.ts';

/** Where text for people goes. */
export interface Writer {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

/** Everything of the outside world that a command uses, so that a test can hand in its own. */
export interface Surroundings {
  readonly stdout: Writer;
  readonly stderr: Writer;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly directory: string;
  readonly now: () => Date;
  readonly random: () => number;
  readonly randomBytes: (count: number) => Uint8Array;
  /** Aborts when the command should end: what is under way is finished or given up, in order. */
  readonly stop: AbortSignal;
  /** The collectors to use in place of the program's own. */
  readonly collectors: readonly Collector[] | null;
}

/** The surroundings of this process. Termination signals end it in order; a second one at once. */
export function processSurroundings(): Surroundings {
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      if (stop.signal.aborted) process.exit(1);
      stop.abort();
    });
  // Whoever reads the output may go away, as `| head` does: that ends the command, and is no fault.
  for (const stream of [process.stdout, process.stderr])
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    environment: process.env,
    directory: process.cwd(),
    now: () => new Date(),
    random: Math.random,
    randomBytes: (count) => randomBytes(count),
    stop: stop.signal,
    collectors: null,
  };
}
