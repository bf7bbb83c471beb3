import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startDemo } from '../../demo/index.ts';
import { verifyVault } from '../../vault/verify.ts';
import { folderWith } from './support.ts';

const bin = new URL('../../bin/exhibit.mjs', import.meta.url).pathname;

/** The program as its user starts it. */
function start(dir: string, args: readonly string[]) {
  const child = spawn(process.execPath, [bin, ...args], { cwd: dir, stdio: ['ignore', 'pipe', 'pipe'] });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => (printed.stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (printed.stderr += chunk.toString()));
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, printed, ended };
}

const configuration = { 'exhibit.yaml': 'organization: { name: Example Company, slug: example }\n' };

test.each(['SIGTERM', 'SIGINT'] as const)('%s ends the service cleanly', async (signal) => {
  const dir = await folderWith(configuration);
  const { child, printed, ended } = start(dir, ['serve', '--listen', '127.0.0.1:0']);
  for (let n = 0; n < 500 && !printed.stdout.includes('"serving"'); n += 1) await sleep(20);
  child.kill(signal);
  expect(await ended).toBe(0);
  expect(printed.stderr).toMatch(/^the recovery key is in [^\n]*recovery\.pem: [^\n]*\n$/);
  expect((await readFile(join(dir, 'vault/ledger/ledger.jsonl'), 'utf8')).endsWith('\n')).toBe(true);
});

test('a mistake is one sentence on stderr and ends with 2', async () => {
  const { printed, ended } = start(await folderWith({ 'exhibit.yaml': 'organisation: {}\n' }), ['collect']);
  expect(await ended).toBe(2);
  expect(printed).toEqual({
    stdout: '',
    stderr: 'exhibit: exhibit.yaml line 1: organisation: there is no setting of this name (and 1 more)\n',
  });
});

test('help loads nothing that only commands need', async () => {
  const tell = "process.stderr.write(specifier + '\\n')";
  const hook = `import { registerHooks } from 'node:module';
    registerHooks({ resolve(specifier, context, next) { ${tell}; return next(specifier, context); } });`;
  const child = spawn(process.execPath, [
    '--import',
    `data:text/javascript,${encodeURIComponent(hook)}`,
    bin,
    '--help',
  ]);
  let loaded = '';
  child.stderr.on('data', (chunk: Buffer) => (loaded += chunk.toString()));
  expect(await new Promise((resolve) => child.once('close', resolve))).toBe(0);
  const packages = loaded.split('\n').filter((name) => /^[@a-z]/.test(name) && !name.startsWith('node:'));
  expect(packages.filter((name) => !name.startsWith('file:'))).toEqual(['commander']);
});

test('a reading that was killed is on record, and the next one finds a vault that holds', async () => {
  const demo = await startDemo({ seed: 3, now: new Date() });
  onTestFinished(() => demo.close());
  const dir = await folderWith({
    token: demo.github.token,
    'exhibit.yaml': `
organization: { name: Example Company, slug: example }
sources:
  - id: github-example
    collector: github
    consent: insurance-mfa
    organization: ${demo.company.github.organizations[0]!.login}
    url: ${demo.github.url}
    token: { file: token }
`,
  });
  const { child, printed, ended } = start(dir, ['collect']);
  while (!printed.stderr.includes('github/members is complete')) await sleep(2);
  child.kill('SIGKILL');
  expect(await ended).toBeNull();

  const again = start(dir, ['collect']);
  expect(await again.ended).toBe(0);
  const { problems } = await verifyVault(join(dir, 'vault'));
  expect(problems).toEqual([]);
  const lines = (await readFile(join(dir, 'vault/ledger/ledger.jsonl'), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines.filter(({ type }) => type === 'slot.close').map(({ status }) => status)).toEqual([
    'interrupted',
    'ok',
  ]);
  expect(lines.filter(({ type }) => type === 'run').map(({ status }) => status)).toEqual(['partial', 'ok']);
});
