import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { z } from 'zod';
import type { Io, Page, Session } from '../../collectors/collector.ts';
import { derive } from '../../collectors/derive.ts';
import { github } from '../../collectors/github/index.ts';
import { problemOf } from '../../collectors/github/problems.ts';
import { listing, single, type Request } from '../../collectors/github/scope.ts';
import { openNetwork } from '../../collectors/transport/network.ts';
import { digest } from '../../evidence-model/digest.ts';
import { isUnknown } from '../../evidence-model/unknown.ts';
import { tools } from './support.ts';

/*
 * What api.github.com once answered, recorded by the makers of Octokit, served again as it was: only hosts are other
 * ones. Most of their recordings are of writes; those that read fit here.
 */
const Recorded = z.object({
  method: z.string(),
  path: z.string(),
  status: z.number(),
  response: z.unknown(),
  headers: z.record(z.string(), z.coerce.string()),
});

function recording(name: string) {
  const path = `${tools}node_modules/@octokit/fixtures/scenarios/api.github.com/${name}/normalized-fixture.json`;
  return z.array(Recorded).parse(JSON.parse(readFileSync(path, 'utf8')));
}

async function replayed(name: string) {
  const recorded = recording(name);
  const server = createServer((request, response) => {
    const found = recorded.find(
      ({ method, path }) => method === request.method?.toLowerCase() && path === request.url,
    );
    const here = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const local = (text: string) => text.replaceAll('https://api.github.com', here);
    const kept = Object.entries(found?.headers ?? {}).filter(
      ([header]) => !/^(content-length|content-encoding|transfer-encoding|connection)$/i.test(header),
    );
    response.writeHead(
      found?.status ?? 500,
      Object.fromEntries(kept.map(([header, value]) => [header, local(value)])),
    );
    response.end(found ? local(JSON.stringify(found.response)) : '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const network = openNetwork({ environment: {}, authorities: [] });
  onTestFinished(() => {
    network.close();
    server.close();
  });
  const io: Io = {
    network,
    now: () => new Date('2026-05-04T02:00:00Z'),
    random: () => 0,
    sleep: () => Promise.resolve(),
    keep: (bytes) => Promise.resolve(digest(bytes)),
    environment: {},
    signal: new AbortController().signal,
  };
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = github.config.parse({ organization: 'octokit-fixture-org', url, token: 'example-token' });
  const session = (await github.connect(config as never, github.datasets, io)) as unknown as Session<Request>;
  const read = async (request: Request) => {
    const pages: Page[] = [];
    for await (const page of session.pages(request, { secrets: [], permissions: [] })) pages.push(page);
    return pages;
  };
  return { read, recorded, scope: github.scope(config as never) };
}

const repository = (name: string) => ({ owner: 'octokit-fixture-org', repo: name });

describe('a recording', () => {
  test('of an organisation, by somebody who does not own it, gives a record in which its settings are unknown', async () => {
    const { read, recorded, scope } = await replayed('get-organization');
    const [page] = await read(single('/orgs/{org}', { org: 'octokit-fixture-org' }));
    const dataset = github.datasets.find(({ id }) => id === 'github/organization')!;
    if (!page?.answer.ok) throw new Error('it was not answered');
    const { records, rejects } = derive(dataset, page.answer.value, {
      artifact: page.exchange!.artifact!,
      none: false,
      partition: 'all',
      url: page.exchange!.url,
      scope,
      parent: undefined,
      interval: null,
    });
    expect(rejects).toEqual([]);
    expect(records).toHaveLength(1);
    const { id, name, ...settings } = records[0]!.data;
    const said = recorded[0]!.response as Record<string, unknown>;
    expect([id, name]).toEqual([String(said['id']), said['login']]);
    const asked = said['two_factor_requirement_enabled'];
    expect(isUnknown(settings['mfaRequired'])).toBe(typeof asked !== 'boolean');
  });

  test('of a listing is followed along its links, which go by number, to every item once', async () => {
    const { read, recorded } = await replayed('paginate-issues');
    const pages = await read(
      listing('/repos/{owner}/{repo}/issues', { ...repository('paginate-issues'), per_page: 3 }),
    );
    expect(pages.map(({ answer }) => answer.ok)).toEqual(recorded.map(() => true));
    const items = pages.flatMap(({ answer }) => (answer.ok ? (answer.value as { number: number }[]) : []));
    expect(items.map(({ number }) => number)).toEqual([13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  });

  test('of a repository that was renamed leads to it by its number', async () => {
    const { read } = await replayed('rename-repository');
    const [page] = await read(single('/repos/{owner}/{repo}', repository('rename-repository')));
    expect(page?.answer).toMatchObject({
      ok: true,
      value: { id: 1000, full_name: 'octokit-fixture-org/rename-repository-newname' },
    });
    expect(page?.exchange?.url).toMatch(/\/repositories\/1000$/);
    expect(page?.asides.map(({ status }) => status)).toEqual([301]);
  });

  test('of a branch without protection is a refusal, which says nothing of whether there is any', async () => {
    const { read } = await replayed('branch-protection');
    const path = '/repos/{owner}/{repo}/branches/{branch}/protection';
    const [page] = await read(single(path, { ...repository('branch-protection'), branch: 'main' }));
    expect(page?.answer).toMatchObject({ ok: false, problem: { outcome: 'denied', status: 404 } });
  });

  test('of an error is no answer', () => {
    const [error] = recording('errors').filter(({ status }) => status === 422);
    const bytes = new TextEncoder().encode(JSON.stringify(error!.response));
    expect(problemOf('it', { status: error!.status, headers: error!.headers, bytes })).toMatchObject({
      outcome: 'failed',
      status: 422,
    });
  });
});
