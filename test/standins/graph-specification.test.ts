import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { buildCompany } from '../../demo/company.ts';
import { startHttp, type HttpServer } from '../../demo/http.ts';
import { selfSigned } from '../../demo/microsoft365/certificate.ts';
import { microsoft365Handler } from '../../demo/microsoft365/handler.ts';
import { haveSamples, sample, samplePath } from '../support/samples.ts';
import { exhibit, folderWith, referee, relay, showDatasets, violationsIn } from './support.ts';

const cut = 'graph-openapi/graph-v1.0-evidence-subset.openapi.json';
const Paths = z.object({ paths: z.record(z.string(), z.unknown()) });
const { paths } = haveSamples ? Paths.parse(sample(cut)) : { paths: {} };
const known = (path: string) =>
  path.startsWith('/v1.0/') && Object.hasOwn(paths, (path.split('?')[0] ?? '').slice('/v1.0'.length));

/** What the cut knows and no dataset reads in this way. */
const unread = [
  '/directoryRoles',
  '/deviceManagement/deviceConfigurations',
  '/policies/crossTenantAccessPolicy',
  '/policies/roleManagementPolicies',
  '/roleManagement/directory/roleAssignmentSchedules',
  '/roleManagement/directory/roleEligibilitySchedules',
  '/security/alerts_v2',
];

/** What is right, though the referee says otherwise. */
const excused: readonly { readonly found: RegExp; readonly why: string }[] = [
  {
    found: /\/insiderRiskLevels: .* must be equal to one of the allowed values/,
    why: 'the cut says that it may be null, in a way in which its list of values still forbids it',
  },
  {
    found: /^GET \/v1\.0\/policies\/roleManagementPolicyAssignments\?.*: request\/query\/\$expand\/0: /,
    why: 'the cut knows no expansion inside an expansion, which Microsoft documents for just this question',
  },
];

/*
 * Prism stands between Exhibit and the demo's Graph as a referee with a cut of Microsoft's own metadata. Graph is asked
 * over TLS only, so a front with a certificate stands before it. The cut knows
 * neither Entra nor every path; what it does not know goes straight on.
 */
describe.skipIf(!haveSamples)('the demo’s Graph', () => {
  const company = buildCompany({ seed: 7, now: new Date() }).microsoft365;
  const [application] = company.applications;
  let graph: HttpServer;
  let prism: Awaited<ReturnType<typeof referee>>;
  let front: Awaited<ReturnType<typeof relay>>;
  let folder: string;

  beforeAll(async () => {
    const now = () => new Date();
    graph = await startHttp(microsoft365Handler(company, { now, registrationPage: 20 }), { now });
    prism = await referee(samplePath(cut), `${graph.url}/v1.0`);
    const tls = await selfSigned(new Date());
    front = await relay({
      target: (path) => (known(path) ? `${prism.url}${path.slice('/v1.0'.length)}` : `${graph.url}${path}`),
      // What is behind the front names itself in links; whoever stands before it must come back here.
      after: (_, __, body) => body.replaceAll(graph.url.replace('http:', 'https:'), front.url),
      tls,
    });
    folder = await folderWith({
      secret: application?.secret.value ?? '',
      'front.pem': tls.cert,
      'exhibit.yaml': `
organization: { name: Referee, slug: referee }
authorities: [front.pem]
sources:
  - id: microsoft365-referee
    collector: microsoft365
    consent: full
    tenant: ${company.tenant}
    clientId: ${application?.clientId ?? ''}
    credential: { clientSecret: { file: secret } }
    url: ${front.url}
    authority: ${front.url}
`,
    });
  });

  afterAll(async () => {
    front.server.close();
    await prism.program.end();
    await graph.close();
    await rm(folder, { recursive: true });
  });

  test('breaks Microsoft’s own metadata in no request and no answer', async () => {
    const config = `${folder}/exhibit.yaml`;
    const ran = await exhibit(['collect', '--config', config]);
    const { datasets } = await showDatasets(config);
    const found = violationsIn(front.passed);
    const reasons = found.map((each) => excused.find((known) => known.found.test(each))?.why);
    const broken = found.filter((_, n) => reasons[n] === undefined);
    const refereed = front.passed.filter(({ path }) => known(path));
    process.stdout.write(
      `\n| Prism | requests | violations |\n|---|---|---|\n| Microsoft's own metadata | ${refereed.length} | ${broken.length} |\n`,
    );
    for (const why of new Set(reasons))
      if (why !== undefined)
        process.stdout.write(`| excused | ${reasons.filter((each) => each === why).length} | ${why} |\n`);
    expect(broken).toEqual([]);
    expect(
      Object.keys(paths).filter(
        (path) => !refereed.some((each) => each.path.split('?')[0] === `/v1.0${path}`),
      ),
    ).toEqual(unread);
    expect(
      datasets.filter(({ outcome }) => outcome !== 'complete'),
      ran.stderr,
    ).toEqual([]);
  });
});
