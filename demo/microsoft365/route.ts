import type { LimitClass } from './limits.ts';
import type { Microsoft365Model } from './model.ts';
import type { PageSize } from './query.ts';

type Json = Readonly<Record<string, unknown>>;

/** What a request asks of a route. */
export interface Asked {
  readonly model: Microsoft365Model;
  readonly query: URLSearchParams;
  /** Whether the header that advanced queries need was sent. */
  readonly eventual: boolean;
  /** What stands in the places of the path that are open. */
  readonly ids: readonly string[];
}

/** What must have been bought: without it there is only a refusal, of which Microsoft has several. */
export type Licence = 'p1' | 'p2' | 'identity-protection' | 'intune';

/** How a path of Graph is answered: with a setting, or with items, each rendered when it is told. */
export type Route = Common & (Listing | Setting);

interface Common {
  /** Any one of these permissions will do. */
  readonly permissions: readonly string[];
  readonly limit: LimitClass;
  /** Resource units, where it is not one: https://learn.microsoft.com/graph/throttling-limits */
  readonly units?: number;
  readonly needs?: Licence;
}

export interface Listing {
  readonly page: PageSize;
  /** Whether its items can be counted. */
  readonly counts?: boolean;
  /** The properties that are told where nothing is selected; all, unless told. */
  readonly usual?: readonly string[];
  /** Properties that a filter may ask about. */
  readonly filters?: readonly string[];
  /** Properties that take a page of another size, another permission and a licence. */
  readonly dear?: { readonly property: string; readonly largest: number } & Pick<
    Common,
    'permissions' | 'needs'
  >;
  /** `null` where there is nothing of these ids. */
  readonly items: (asked: Asked) => readonly (() => Json)[] | null;
}

interface Setting {
  /** `null` where there is none. */
  readonly setting: (asked: Asked) => Json | null;
}

export function list<T>(items: readonly T[], render: (item: T) => Json): (() => Json)[] {
  return items.map((item) => () => render(item));
}

/** How many items a page has where Microsoft's pages do not say otherwise. */
export const some: PageSize = { largest: 999, usual: 100 };

/** The route of a path, with what stands in its open places, written `{}`. */
export function routeOf(
  routes: Readonly<Record<string, Route>>,
  path: string,
): { readonly route: Route; readonly ids: readonly string[] } | null {
  const parts = path.split('/');
  for (const [place, route] of Object.entries(routes)) {
    const wanted = place.split('/');
    const found = parts.map((part, n) => openIn(wanted[n] ?? '', part));
    if (wanted.length === parts.length && found.every((each) => each !== null))
      return { route, ids: found.flat().map(decodeURIComponent) };
  }
  return null;
}

/** What stands in the open place of this part of a path, where there is one; `null` where it is another part. */
function openIn(wanted: string, part: string): string[] | null {
  const [before = '', after] = wanted.split('{}');
  if (after === undefined) return wanted === part ? [] : null;
  const meets = part.startsWith(before) && part.endsWith(after) && part.length > before.length + after.length;
  return meets ? [part.slice(before.length, part.length - after.length)] : null;
}
