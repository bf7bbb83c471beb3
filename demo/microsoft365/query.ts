type Json = Readonly<Record<string, unknown>>;

/** How many items a page of a listing has. */
export interface PageSize {
  readonly largest: number;
  /** Where nothing is asked. */
  readonly usual: number;
}

/** Which items of a listing are asked for; `null` where the question is none. `cap` cuts a page that is asked for larger. */
export function sliceOf(
  query: URLSearchParams,
  { largest, usual }: PageSize,
  cap = largest,
): { readonly from: number; readonly size: number } | null {
  const top = query.get('$top');
  const token = query.get('$skiptoken');
  const size = top === null ? usual : Number(top);
  const from = token === null ? '0' : Buffer.from(token, 'base64url').toString();
  if (!Number.isInteger(size) || size < 1 || size > largest || !/^\d+$/.test(from)) return null;
  return { from: Number(from), size: Math.min(size, cap) };
}

/** The same question from this item on, with the dollar signs and commas of its options as Graph writes them. */
export function linkFrom(asked: URL, from: number): string {
  const next = new URL(asked);
  next.searchParams.set('$skiptoken', Buffer.from(String(from)).toString('base64url'));
  return next.href.replaceAll('%24', '$').replaceAll('%2C', ',');
}

const type = '@odata.type';

/** Items with the properties that `$select` names, or else the usual ones; `null` where one is of no such name. */
export function selected(
  items: readonly Json[],
  query: URLSearchParams,
  usual: readonly string[] | null,
): readonly Json[] | null {
  const names = query.get('$select')?.split(',') ?? usual;
  if (!names) return items;
  if (items.some((item) => names.some((name) => !Object.hasOwn(item, name)))) return null;
  // Of which kind something is in a list of several kinds is told whatever is selected.
  const kept = (item: Json) => [...(Object.hasOwn(item, type) ? [type] : []), ...names];
  return items.map((item) => Object.fromEntries(kept(item).map((name) => [name, item[name]])));
}
