import { GraphQLError } from 'graphql';

/** How a page of a connection is asked for. */
export interface PageArguments {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface ConnectionOf<T, Node> {
  readonly list: readonly T[];
  /** Rises along the list; a cursor holds the key of the last one, so that what goes meanwhile shifts nothing. */
  readonly key: (item: T) => number;
  readonly node: (item: T) => Node;
  /** Of connections whose edges say something themselves. */
  readonly edge?: (item: T) => object;
}

/** One page: https://docs.github.com/graphql/guides/using-pagination-in-the-graphql-api */
export function pageOf<T, Node>(
  { list, key, node, edge = () => ({}) }: ConnectionOf<T, Node>,
  { first, after }: PageArguments,
) {
  if (typeof first === 'number' && (first < 1 || first > 100))
    throw refusal('EXCESSIVE_PAGINATION', `Requesting ${first} records exceeds the limit of 100 records.`);
  const behind = after === null || after === undefined ? -Infinity : keyIn(after);
  const from = list.findIndex((item) => key(item) > behind);
  const rest = from === -1 ? [] : list.slice(from);
  // Whoever names no size is told the count and nothing else.
  const items = rest.slice(0, first ?? 0);
  const last = items.at(-1);
  return {
    totalCount: list.length,
    nodes: () => items.map(node),
    edges: () => items.map((item) => ({ ...edge(item), node: node(item) })),
    pageInfo: {
      hasNextPage: rest.length > items.length,
      endCursor: last === undefined ? null : Buffer.from(`cursor:${key(last)}`).toString('base64'),
    },
  };
}

/** An error as GitHub types it. */
export function refusal(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } });
}

function keyIn(cursor: string): number {
  const [, number = ''] = /^cursor:(-?\d+)$/.exec(Buffer.from(cursor, 'base64').toString()) ?? [];
  if (number === '')
    throw refusal('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(number);
}
