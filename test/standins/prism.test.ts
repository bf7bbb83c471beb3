import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDemo } from '../../demo/index.ts';
import {
  answering,
  exhibit,
  folderWith,
  freePort,
  relay,
  showDatasets,
  start,
  tools,
  type Program,
} from './support.ts';

/*
 * Prism stands between Exhibit and the demo's GitHub as a referee: it holds every request and answer against GitHub's
 * own specification and names what breaks it in a header. The specification has no GraphQL: that goes past it.
 */
let demo: Awaited<ReturnType<typeof startDemo>>;
let prism: Program;
let referee: Awaited<ReturnType<typeof relay>>;
let folder: string;

beforeAll(async () => {
  demo = await startDemo({ seed: 7, now: new Date() });
  const port = await freePort();
  const specification = `${tools}node_modules/@octokit/openapi/generated/api.github.com.json`;
  prism = start(process.execPath, [
    `${tools}node_modules/@stoplight/prism-cli/dist/index.js`,
    'proxy',
    '--port',
    String(port),
    specification,
    demo.github.url,
  ]);
  await answering(`http://127.0.0.1:${port}/rate_limit`, prism, 120);
  referee = await relay((request) =>
    request.url === '/graphql' ? demo.github.url : `http://127.0.0.1:${port}`,
  );
  folder = await folderWith({
    token: demo.github.token,
    'exhibit.yaml': `
organization: { name: Referee, slug: referee }
sources:
  - id: github-referee
    collector: github
    organization: ${demo.company.github.organizations[0]?.login ?? ''}
    url: URL
    token: { file: token }
`,
  });
});

afterAll(async () => {
  referee.server.close();
  await prism.end();
  await demo.close();
  await rm(folder, { recursive: true });
});

test('no request and no answer of the demo breaks the specification of GitHub', async () => {
  const { readFile, writeFile } = await import('node:fs/promises');
  const config = `${folder}/exhibit.yaml`;
  await writeFile(config, (await readFile(config, 'utf8')).replace('URL', referee.url));
  await exhibit(['collect', '--config', config]);
  const { datasets } = await showDatasets(config);

  const broken = referee.passed.flatMap(({ method, path, headers }) => {
    const violations = headers.get('sl-violations');
    return violations === null ? [] : [`${method} ${path}: ${violations}`];
  });
  const refereed = referee.passed.filter(({ path }) => path !== '/graphql');
  process.stdout.write(
    `\n| Prism | requests | violations |\n|---|---|---|\n| GitHub's own specification | ${refereed.length} | ${broken.length} |\n`,
  );
  expect(broken).toEqual([]);
  expect(refereed.length).toBeGreaterThan(50);
  expect(datasets.filter(({ outcome }) => outcome !== 'complete')).toEqual([]);
});
