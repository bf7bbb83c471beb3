import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { collectors } from '../collectors/index.ts';
import { connect } from '../collectors/github/session.ts';
import { UndeclaredRequest } from '../collectors/transport/transport.ts';
import { openNetwork } from '../collectors/transport/network.ts';
import { controls } from '../controls/index.ts';
import { digest } from '../evidence-model/digest.ts';
import { judge } from '../exports/judge.ts';
import { openArchive } from '../vault/files.ts';
import { badgeNeedsPin } from './plugin/badge-needs-pin.ts';
import { badges } from './plugin/badges.ts';
import { exhibit, folderWith } from './service/support.ts';

async function door(): Promise<{ url: string; asked: string[] }> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method ?? ''} ${request.url ?? ''}`);
    response.end(
      JSON.stringify({
        holders: [
          { id: '1', name: 'Ada', pin: true },
          { id: '2', name: 'Bob', pin: false },
        ],
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

test('a collector, a dataset and a control each cost one file and one line in a list', async () => {
  const { url, asked } = await door();
  const dir = await folderWith({
    'exhibit.yaml': `organization: { name: Example, slug: example }\nsources:\n  - { id: front-door, collector: badges, url: '${url}' }\n`,
  });
  const ran = await exhibit(dir, ['collect'], { collectors: [...collectors, badges] });
  expect(ran.code).toBe(3); // the dataset that tries to write was refused

  const judgement = await judge(await openArchive(join(dir, 'vault')), {
    controls: [...controls, badgeNeedsPin],
  });
  const result = judgement.results.find(({ control }) => control === 'badge-needs-pin');
  expect(result?.verdicts.map(({ name, status }) => [name, status])).toEqual([
    ['Ada', 'pass'],
    ['Bob', 'fail'],
  ]);
  expect(result?.verdicts[0]?.evidence).toHaveLength(1);

  // The write was refused before it was sent, and never tried again.
  expect(asked).toEqual(['GET /holders']);
  const shown = JSON.parse(
    (await exhibit(dir, ['show', 'datasets', '--json'], { collectors: [...collectors, badges] })).stdout,
  ) as {
    datasets: { dataset: string; outcome: string; reason: string }[];
  };
  expect(shown.datasets.find(({ dataset }) => dataset === 'badges/opener')).toMatchObject({
    outcome: 'failed',
    reason: expect.stringContaining('PUT is not a read') as string,
  });
});

test('a GraphQL mutation is never sent, even where a dataset declares it', async () => {
  const { url, asked } = await door();
  const network = openNetwork({ environment: {}, authorities: [] });
  onTestFinished(() => network.close());
  const [github] = collectors;
  const query = 'mutation { deleteRepository(input: { id: "1" }) { clientMutationId } }';
  const declared = { ...github!.datasets[0]!, requests: () => [{ query, variables: {} }] };
  const session = connect({ organization: 'larkspur', token: 'example', url }, [declared] as never, {
    network,
    now: () => new Date(),
    random: () => 0,
    sleep: () => Promise.resolve(),
    keep: (bytes) => Promise.resolve(digest(bytes)),
    environment: {},
    signal: new AbortController().signal,
  });
  const send = async () => {
    for await (const page of session.pages({ query, variables: {} }, { secrets: [], permissions: [] }))
      expect(page).toBeNull();
  };
  await expect(send()).rejects.toThrow(UndeclaredRequest);
  expect(asked).toEqual([]);
});
