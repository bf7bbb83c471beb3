import { extend } from '../../evidence-model/pointer.ts';

export const blank = '[withheld by Exhibit]';

/**
 * Blanks the values at these pointers (`*` is any one token) in a JSON body. Returns the bytes to keep and where
 * something was blanked; a body without such values is returned as it came.
 */
export function redact(
  bytes: Uint8Array,
  patterns: readonly string[],
): { readonly bytes: Uint8Array; readonly paths: readonly string[] } {
  if (patterns.length === 0) return { bytes, paths: [] };
  const document: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const paths: string[] = [];
  for (const pattern of patterns) visit(document, pattern.split('/').slice(1), '', paths);
  return paths.length === 0
    ? { bytes, paths }
    : { bytes: new TextEncoder().encode(JSON.stringify(document)), paths };
}

function visit(at: unknown, tokens: readonly string[], path: string, paths: string[]): void {
  const [token, ...rest] = tokens;
  if (token === undefined || typeof at !== 'object' || at === null) return;
  const holder = at as Record<string, unknown>;
  const names = token === '*' ? Object.keys(holder) : Object.hasOwn(holder, token) ? [token] : [];
  for (const name of names) {
    const here = extend(path, name);
    if (rest.length > 0) visit(holder[name], rest, here, paths);
    else if (holder[name] !== null) {
      holder[name] = blank;
      paths.push(here);
    }
  }
}
