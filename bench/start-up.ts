import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/*
 * How long a person waits: for help, beside the same Node doing nothing; and for the demo's whole night. Run it as
 * `npm run bench`. Each figure is the median of several runs, taken in turn so that a slow moment hits both alike.
 */
const exhibit = new URL('../bin/exhibit.mjs', import.meta.url).pathname;

async function time(args: readonly string[]): Promise<number> {
  const started = performance.now();
  const child = spawn(process.execPath, args, { stdio: 'ignore' });
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${String(code)}`);
  return performance.now() - started;
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const nothing: number[] = [];
const help: number[] = [];
for (let run = 0; run < 11; run += 1) {
  nothing.push(await time(['-e', '']));
  help.push(await time([exhibit, '--help']));
}
const ratio = median(help.map((value, run) => value / (nothing[run] ?? 1)));
process.stdout.write(
  `exhibit --help: ${median(help).toFixed(0)} ms; node -e '': ${median(nothing).toFixed(0)} ms; ratio ${ratio.toFixed(1)}\n`,
);

const nights: number[] = [];
for (let run = 0; run < 3; run += 1) {
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-bench-'));
  nights.push(await time([exhibit, 'demo', '--dir', join(dir, 'demo')]));
  await rm(dir, { recursive: true });
}
process.stdout.write(
  `exhibit demo, servers, night, packets and verification together: ${(median(nights) / 1000).toFixed(1)} s\n`,
);
