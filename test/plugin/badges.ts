import { z } from 'zod';
import { collector, type Page, type Session } from '../../collectors/collector.ts';
import { datasetsOf, speaks } from '../../collectors/dataset.ts';
import { Budget } from '../../collectors/transport/budget.ts';
import { Transport } from '../../collectors/transport/transport.ts';
import type { Exchange } from '../../evidence-model/snapshot.ts';
import { Account } from '../../evidence-model/kinds.ts';

/* A whole collector outside the program's list: a door system that knows who has a badge. One file. */

interface Scope extends Readonly<Record<string, unknown>> {
  readonly url: string;
}
const dataset = datasetsOf<Scope, { readonly path: string; readonly method?: string }>();

export const holders = dataset.state({
  id: 'badges/holders',
  title: 'Badge holders',
  docs: 'https://docs.example.com/holders',
  permissions: ['Holders: read'],
  personal: ['names of people'],
  speaks: [speaks(Account, ['name', 'root', 'mfaEnabled'], { lists: true })],
  requests: () => [{ path: '/holders' }],
  lists: [
    dataset.list(
      '/holders',
      z.object({ id: z.string(), name: z.string(), pin: z.boolean() }),
      ({ id, name, pin }) => [Account.record({ id, name, root: false, mfaEnabled: pin })],
    ),
  ],
  neverEmpty: 'somebody must open the door',
});

/** A dataset that tries to change something. */
export const opener = dataset.state({
  id: 'badges/opener',
  title: 'Opens the door',
  docs: 'https://docs.example.com/open',
  permissions: ['Door: write'],
  personal: [],
  speaks: [speaks(Account, ['name'])],
  requests: () => [{ path: '/open', method: 'PUT' }],
  lists: [dataset.list('', z.object({ id: z.string() }), ({ id }) => [Account.record({ id })])],
});

export const badges = collector({
  id: 'badges',
  title: 'Badges',
  config: z.strictObject({ url: z.url() }),
  scope: ({ url }): Scope => ({ url }),
  datasets: [holders, opener],
  connect: ({ url }, _, io): Promise<Session> => {
    const budget = new Budget({ perSecond: 100, burst: 100, width: 2 }, io);
    const transport = new Transport({
      io,
      origins: [url],
      refuse: () => null,
      budget: () => budget,
      retry: (attempt, { status }) => (attempt < 5 && status !== 200 ? 1 : null),
      timeoutMs: 2000,
      maxBytes: 100_000,
    });
    async function* pages(
      { path, method = 'GET' }: { path: string; method?: string },
      { secrets }: { readonly secrets: readonly string[] },
    ): AsyncIterable<Page> {
      const exchanges: Exchange[] = [];
      const call = { operation: null, input: null, credentials: false, secrets, cost: 1, exchanges };
      const { bytes } = await transport.send(
        { method, url: new URL(path, url), headers: {}, body: null },
        call,
      );
      const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
      yield {
        asides: exchanges.slice(0, -1),
        exchange: exchanges.at(-1) ?? null,
        answer: { ok: true, value },
      };
    }
    return Promise.resolve({ width: 1, resumes: () => false, pages, close: () => undefined });
  },
  decode: (_, bytes) =>
    Promise.resolve({ ok: true, value: JSON.parse(new TextDecoder().decode(bytes)) as unknown }),
});
