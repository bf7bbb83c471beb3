import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { stringify } from 'yaml';
import { startDemo, type Demo } from '../../demo/index.ts';
import { publishedLimits, type LimitClass } from '../../demo/microsoft365/limits.ts';
import { showDatasets } from '../standins/support.ts';
import { asInTheImage, exhibit, peakOf } from './process.ts';

/*
 * A large tenant behind a server that enforces what Microsoft publishes. Nothing is sped up: the program runs as the
 * image runs it, and its time stands beside the least that the limits alone would let it take.
 */
const sizes = { people: 50_000, groups: 300, programs: 2_000, resources: 30, policies: 120, devices: 8_000 };

/** Which limit a request counts against, as the vendor's page groups them. */
const classOf = (path: string): LimitClass => {
  const [, , ...rest] = path.split('?')[0]!.split('/');
  const place = rest.join('/');
  if (/^(reports|auditLogs)\//.test(place)) return 'reports';
  if (/^(identity\/conditionalAccess|identityProtection)\//.test(place)) return 'conditional-access';
  if (place.startsWith('security/')) return 'security';
  return place.startsWith('deviceManagement') ? 'devices' : 'identity';
};

/** Fills the tenant up to these sizes with things like those that it has. */
function enlarge({ company: { microsoft365: tenant } }: Demo): void {
  const id = (kind: number, n: number) =>
    `${kind.toString().padStart(8, '0')}-0000-4000-8000-${n.toString().padStart(12, '0')}`;
  const people = tenant.users.map((user) => user.id);
  const [group] = tenant.groups;
  const own = tenant.groups.length;
  for (let n = own; n < sizes.groups; n += 1)
    tenant.groups.push({
      ...group!,
      id: id(1, n),
      name: `Group ${n}`,
      users: people.slice(n * 20, n * 20 + 20),
      // Five deep, and every fifth leads back to where it began.
      groups: n % 5 === 4 ? [id(1, Math.max(own, n - 4))] : n + 1 < sizes.groups ? [id(1, n + 1)] : [],
    });
  const program = tenant.programs.find(({ name }) => name === 'Meeting notes by somebody else')!;
  for (let n = tenant.programs.length; n < sizes.programs; n += 1)
    tenant.programs.push({
      ...program,
      id: id(2, n),
      appId: id(3, n),
      name: `Program ${n}`,
      offers: n < sizes.resources ? [{ id: id(4, n), value: 'Something.Read' }] : [],
    });
  const [policy] = tenant.policies;
  for (let n = tenant.policies.length; n < sizes.policies; n += 1)
    tenant.policies.push({
      ...policy!,
      id: id(5, n),
      name: `Policy ${n}`,
      // Some of the groups are named by many.
      include: { groups: [id(1, own + (n % 30))] },
    });
  tenant.devices.splice(sizes.devices);
}

test(
  'a large tenant takes few requests, no limit is ever exceeded, and hardly more time than the limits ask for',
  { timeout: 900_000 },
  async () => {
    const demo = await startDemo({
      seed: 'large',
      now: new Date(),
      clock: () => new Date(),
      people: sizes.people,
      repositories: 1,
      accounts: 1,
      usersPerAccount: 1,
      microsoft365Limits: publishedLimits,
    });
    const dir = await mkdtemp(join(tmpdir(), 'exhibit-tenant-'));
    try {
      enlarge(demo);
      const asked = new Map<LimitClass, number>();
      let refused = 0;
      demo.microsoft365.server.faults.add({
        match: { path: /^\/(?:v1\.0|beta)\// },
        fault: {
          kind: 'watch',
          see({ path }, { status }) {
            if (status === 429) refused += 1;
            asked.set(classOf(path), (asked.get(classOf(path)) ?? 0) + 1);
          },
        },
      });
      const { certificate, tenant, clientId, clientSecret, url } = demo.microsoft365;
      await mkdir(join(dir, 'secrets'));
      await writeFile(join(dir, 'secrets', 'microsoft365'), clientSecret, { mode: 0o600 });
      await writeFile(join(dir, 'microsoft365.pem'), certificate);
      const config = join(dir, 'exhibit.yaml');
      await writeFile(
        config,
        stringify({
          organization: { name: 'Large', slug: 'large' },
          authorities: ['microsoft365.pem'],
          sources: [
            {
              id: 'microsoft365-large',
              collector: 'microsoft365',
              consent: 'full',
              tenant,
              clientId,
              credential: { clientSecret: { file: 'secrets/microsoft365' } },
              url,
              authority: url,
            },
          ],
        }),
      );
      const started = performance.now();
      const running = exhibit(['collect', '--config', config], asInTheImage);
      const megabytes = await peakOf(running);
      expect(await running.ended, running.output()).toBe(0);
      const seconds = (performance.now() - started) / 1000;

      const requests = [...asked.values()].reduce((sum, each) => sum + each, 0);
      // The first so many of a window go at once, the next so many when it is over.
      const least = Math.max(
        ...[...asked].map(([name, n]) => {
          const { units, seconds: length } = publishedLimits[name];
          return Math.floor((n - 1) / units) * length;
        }),
      );
      const { datasets } = await showDatasets(config);
      const told = [...asked].map(([name, n]) => `${name} ${n}`).join(', ');
      process.stdout.write(
        [
          '',
          '| people, groups, programs (of which offer roles), policies, devices | requests | refused | took | least by the limits | ratio | peak |',
          '|---|---|---|---|---|---|---|',
          `| 50,000, 300, 2,000 (30), 120, 8,000 | ${requests} (${told}) | ${refused} | ${seconds.toFixed(0)} s | ${least} s | ${(seconds / least).toFixed(2)} | ${megabytes} MB |`,
          '',
        ].join('\n'),
      );
      expect(datasets.filter(({ outcome }) => outcome !== 'complete')).toEqual([]);
      const { devices, groups, policies, programs, users } = demo.company.microsoft365;
      const there = [devices, groups, policies, programs].map(({ length }) => length);
      expect(there).toEqual([sizes.devices, sizes.groups, sizes.policies, sizes.programs]);
      expect(users.length).toBeGreaterThanOrEqual(sizes.people);
      expect(refused).toBe(0);
      expect(requests).toBeLessThanOrEqual(510);
      expect(megabytes).toBeLessThan(300);
      expect(seconds / least).toBeLessThan(1.3);
    } finally {
      await demo.close();
      await rm(dir, { recursive: true });
    }
  },
);
