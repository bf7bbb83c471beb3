import type { Dataset } from '../dataset.ts';
import type { Query, Request, Scope } from './scope.ts';

/** Nobody's scope: what a dataset declares does not depend on whose organisation it reads. */
const anywhere: Scope = { organization: 'any', url: 'https://api.github.com', by: 'token' };
const anyTime = { from: '1970-01-01T00:00:00Z', to: '1970-01-02T00:00:00Z' };

/** The texts of all queries that these datasets declare. */
export function declaredQueries(datasets: readonly Dataset[]): ReadonlySet<string> {
  const requests = datasets.flatMap((dataset): unknown[] => {
    const needs: readonly string[] = dataset.each?.needs ?? [];
    const anyone = { ...Object.fromEntries(needs.map((name) => [name, '0/0'])), id: '0' };
    return [
      ...(dataset.type === 'state'
        ? dataset.requests(anywhere as never, anyone as never)
        : dataset.requests(anywhere as never, anyone as never, anyTime)),
      ...(dataset.count?.request ? [dataset.count.request(anywhere as never, anyone as never)] : []),
      ...(dataset.probes ?? []).map(({ request }) => request(anywhere as never, anyone as never)),
    ];
  });
  const texts = (requests as Request[]).flatMap((request) => ('query' in request ? [request.query] : []));
  // Whatever a dataset declares, only a read goes out: a mutation is one however it is declared.
  return new Set(
    texts.filter((text) => /^\s*query\b/.test(text) && !/\b(mutation|subscription)\b/.test(text)),
  );
}

/** The query in a posted body; `null` where there is none. */
export function graphqlText(body: Uint8Array | null): string | null {
  if (body === null) return null;
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    const { query } = value as Query;
    return typeof query === 'string' ? query : null;
  } catch {
    return null;
  }
}
