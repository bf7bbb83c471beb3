import { rm } from 'node:fs/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDemo } from '../../demo/index.ts';
import { exhibit, folderWith, referee, relay, showDatasets, tools, violationsIn } from './support.ts';

/*
 * Prism stands between Exhibit and the demo's GitHub as a referee: it holds every request and answer against GitHub's
 * own specification and names what breaks it in a header. The specification has no GraphQL: that goes past it.
 */
let demo: Awaited<ReturnType<typeof startDemo>>;
let prism: Awaited<ReturnType<typeof referee>>;
let front: Awaited<ReturnType<typeof relay>>;
let folder: string;

beforeAll(async () => {
  demo = await startDemo({ seed: 7, now: new Date() });
  prism = await referee(
    `${tools}node_modules/@octokit/openapi/generated/api.github.com.json`,
    demo.github.url,
  );
  front = await relay({
    target: (path) => `${path === '/graphql' ? demo.github.url : prism.url}${path}`,
  });
  folder = await folderWith({
    token: demo.github.token,
    'exhibit.yaml': `
organization: { name: Referee, slug: referee }
sources:
  - id: github-referee
    collector: github
    organization: ${demo.company.github.organizations[0]?.login ?? ''}
    url: ${front.url}
    token: { file: token }
`,
  });
});

afterAll(async () => {
  front.server.close();
  await prism.program.end();
  await demo.close();
  await rm(folder, { recursive: true });
});

test('no request and no answer of the demo breaks the specification of GitHub', async () => {
  const config = `${folder}/exhibit.yaml`;
  await exhibit(['collect', '--config', config]);
  const { datasets } = await showDatasets(config);

  const broken = violationsIn(front.passed);
  const refereed = front.passed.filter(({ path }) => path !== '/graphql');
  process.stdout.write(
    `\n| Prism | requests | violations |\n|---|---|---|\n| GitHub's own specification | ${refereed.length} | ${broken.length} |\n`,
  );
  expect(broken).toEqual([]);
  expect(refereed.length).toBeGreaterThan(50);
  expect(datasets.filter(({ outcome }) => outcome !== 'complete')).toEqual([]);
});
