import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startDemo } from '../../demo/index.ts';
import { graphqlReferee } from './graphql-referee.ts';
import { exhibit, fill, folderWith, referee, relay, showDatasets, tools, violationsIn } from './support.ts';

/*
 * Prism stands between Exhibit and the demo's GitHub as a referee: it holds every request and answer against GitHub's
 * own specification, that of Enterprise Cloud, and names what breaks it in a header. The specification has no GraphQL:
 * that goes past it to the demo and is held against the schema that GitHub publishes.
 */
let demo: Awaited<ReturnType<typeof startDemo>>;
let prism: Awaited<ReturnType<typeof referee>>;
let front: Awaited<ReturnType<typeof relay>>;
let folder: string;
let judge: ReturnType<typeof graphqlReferee>;
let asked = 0;
const misfits: string[] = [];

beforeAll(async () => {
  judge = graphqlReferee();
  // Prism takes a while to start: a clock that stood still would find what is signed afterwards to be of the future.
  demo = await startDemo({ seed: 7, now: new Date(), clock: () => new Date() });
  folder = await folderWith({});
  prism = await referee(await readable('ghec.json'), demo.github.url);
  front = await relay({
    target: (path) => `${path === '/graphql' ? demo.github.url : prism.url}${path}`,
    after: ({ path, requestBody }, _status, body) => {
      if (path === '/graphql') {
        asked += 1;
        misfits.push(...judge(requestBody, body));
      }
      return body;
    },
  });
  await fill(folder, {
    key: demo.github.app.privateKey,
    token: demo.github.token,
    'exhibit.yaml': `
organization: { name: Referee, slug: referee }
sources:
  - id: github-referee
    collector: github
    organization: ${demo.company.github.organizations[0]?.login ?? ''}
    url: ${front.url}
    consent: full
    also: [contents, enterprise]
    enterprise:
      slug: ${demo.company.github.organizations[0]?.estate.enterprise.slug ?? ''}
      token: { file: token }
    app: { id: ${demo.github.app.id}, privateKey: { file: key } }
`,
  });
});

afterAll(async () => {
  front.server.close();
  await prism.program.end();
  await demo.close();
  await rm(folder, { recursive: true });
});

/** The specification, in which what it points to outside of itself and does not bring along may be anything. */
async function readable(name: string): Promise<string> {
  const text = await readFile(`${tools}node_modules/@octokit/openapi/generated/${name}`, 'utf8');
  const file = join(folder, name);
  await writeFile(file, text.replaceAll(/\{\s*"\$ref": ?"[^#"][^"]*"\s*\}/g, '{}'));
  return file;
}

test('no request and no answer of the demo breaks the specification of GitHub', async () => {
  const config = `${folder}/exhibit.yaml`;
  await exhibit(['collect', '--config', config]);
  const { datasets } = await showDatasets(config);

  const broken = violationsIn(front.passed);
  const refereed = front.passed.filter(({ path }) => path !== '/graphql');
  process.stdout.write(
    [
      '',
      '| referee | requests | violations |',
      '|---|---|---|',
      `| Prism, with GitHub's own specification | ${refereed.length} | ${broken.length} |`,
      `| GitHub's own GraphQL schema | ${asked} | ${misfits.length} |`,
      '',
    ].join('\n'),
  );
  expect(broken).toEqual([]);
  expect([...new Set(misfits)]).toEqual([]);
  expect(asked).toBeGreaterThan(50);
  expect(refereed.length).toBeGreaterThan(50);
  expect(datasets.filter(({ outcome }) => outcome !== 'complete')).toEqual([]);
});
