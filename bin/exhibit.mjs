#!/usr/bin/env node
// Exhibit runs its TypeScript as it stands, which needs Node 24. On an older host the Node that came with
// `npm ci` takes over; where there is none, one sentence says what to do.
import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setFlagsFromString } from 'node:v8';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);

if (major > 24 || (major === 24 && minor >= 15)) {
  // Reading waits for the vendors, not for the processor. Left alone, V8 lets garbage grow with the tenant while little of
  // it is alive; asked to, it clears up sooner.
  if (['collect', 'serve'].includes(process.argv[2])) setFlagsFromString('--optimize-for-size');
  const { main } = await import('../service/main.ts');
  process.exitCode = await main(process.argv.slice(2));
} else {
  const node = ownNode();
  if (node) {
    const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.once('exit', (code, signal) => {
      process.exitCode = code ?? (signal ? 1 : 0);
    });
  } else {
    process.stderr.write(
      `exhibit needs Node 24.15 or newer; this is ${process.version}: install it, or run npm ci on Linux\n`,
    );
    process.exitCode = 2;
  }
}

function ownNode() {
  try {
    const manifest = createRequire(import.meta.url).resolve(`node-linux-${process.arch}/package.json`);
    const path = join(dirname(manifest), 'bin', 'node');
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
}
