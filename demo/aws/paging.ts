/** One page of a listing; `next` is null on the last one. */
export interface Slice<T> {
  readonly items: readonly T[];
  readonly next: string | null;
}

/**
 * The items after a mark that an earlier page gave. A mark belongs to the question it came from, as AWS's do; `null`
 * where it does not fit.
 */
export function slice<T>(
  items: readonly T[],
  {
    mark,
    size,
    question,
  }: { readonly mark: string | null; readonly size: number; readonly question: string },
): Slice<T> | null {
  const from = mark === null ? 0 : offsetOf(mark, question);
  if (from === null) return null;
  const to = from + size;
  return { items: items.slice(from, to), next: to < items.length ? markOf(to, question) : null };
}

function markOf(offset: number, question: string): string {
  return Buffer.from(JSON.stringify([offset, question])).toString('base64');
}

function offsetOf(mark: string, question: string): number | null {
  const text = Buffer.from(mark, 'base64').toString();
  const [, offset] = /^\[(\d+),/.exec(text) ?? [];
  return offset !== undefined && markOf(Number(offset), question) === mark ? Number(offset) : null;
}
