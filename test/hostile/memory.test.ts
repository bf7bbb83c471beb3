import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { startDemo } from '../../demo/index.ts';
import { showDatasets } from '../standins/support.ts';
import { asInTheImage, exhibit, peakOf } from './process.ts';

/*
 * Reading holds a page at a time: what it takes of memory does not follow the size of the tenant. The program runs as the
 * image runs it, in a process of its own, at the pace that Microsoft allows, and the kernel says what it took.
 */
interface Measured {
  readonly people: number;
  readonly megabytes: number;
  readonly seconds: number;
  readonly records: number;
}

async function nightOf(people: number): Promise<Measured> {
  const sizes = { people, repositories: 1, accounts: 1, usersPerAccount: 1 };
  const demo = await startDemo({ seed: 'memory', now: new Date(), clock: () => new Date(), ...sizes });
  const dir = await mkdtemp(join(tmpdir(), 'exhibit-memory-'));
  try {
    const { certificate, tenant, clientId, clientSecret, url } = demo.microsoft365;
    await mkdir(join(dir, 'secrets'));
    await writeFile(join(dir, 'secrets', 'microsoft365'), clientSecret, { mode: 0o600 });
    await writeFile(join(dir, 'microsoft365.pem'), certificate);
    const credential = { clientSecret: { file: 'secrets/microsoft365' } };
    const configuration = {
      organization: { name: 'Large', slug: 'large' },
      authorities: ['microsoft365.pem'],
      sources: [
        {
          id: 'microsoft365-large',
          collector: 'microsoft365',
          tenant,
          clientId,
          credential,
          url,
          authority: url,
        },
      ],
    };
    const config = join(dir, 'exhibit.yaml');
    await writeFile(config, stringify(configuration));
    const started = performance.now();
    const running = exhibit(['collect', '--config', config], asInTheImage);
    const megabytes = await peakOf(running);
    expect(await running.ended, running.output()).toBe(0);
    const seconds = Math.round((performance.now() - started) / 1000);
    const { datasets } = await showDatasets(config);
    const users = datasets.find(({ dataset }) => dataset === 'microsoft365/users');
    expect(users).toMatchObject({ outcome: 'complete', records: users?.expectedCount });
    return { people, megabytes, seconds, records: datasets.reduce((sum, { records }) => sum + records, 0) };
  } finally {
    await demo.close();
    await rm(dir, { recursive: true });
  }
}

test(
  'a tenant of 100,000 people takes hardly more memory than one of 10,000',
  { timeout: 600_000 },
  async () => {
    const [small, large] = await Promise.all([nightOf(10_000), nightOf(100_000)]);
    const rows = [small, large].map(
      ({ people, records, seconds, megabytes }) =>
        `| ${people} | ${records} | ${seconds} s | ${megabytes} MB |`,
    );
    process.stdout.write(`| people | records | time | peak |\n|---|---|---|---|\n${rows.join('\n')}\n`);
    expect(large.records).toBeGreaterThan(200_000);
    expect(small.megabytes).toBeGreaterThan(50);
    expect(large.megabytes).toBeLessThan(300);
    expect(large.megabytes / small.megabytes).toBeLessThan(1.2);
  },
);
