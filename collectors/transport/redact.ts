import { extend } from '../../evidence-model/pointer.ts';

export const blank = '[withheld by Exhibit]';

/**
 * Blanks the values at these pointers (`*` is any one token) in a JSON body, or the elements of these names, written as
 * `<Name>`, in one of XML. Returns the bytes to keep and where something was blanked; a body without such values is
 * returned as it came.
 */
export function redact(
  bytes: Uint8Array,
  patterns: readonly string[],
): { readonly bytes: Uint8Array; readonly paths: readonly string[] } {
  if (patterns.length === 0) return { bytes, paths: [] };
  if (patterns.every((pattern) => element.test(pattern))) return redactElements(bytes, patterns);
  const document: unknown = JSON.parse(new TextDecoder().decode(bytes));
  const paths: string[] = [];
  for (const pattern of patterns) visit(document, pattern.split('/').slice(1), '', paths);
  return paths.length === 0
    ? { bytes, paths }
    : { bytes: new TextEncoder().encode(JSON.stringify(document)), paths };
}

const element = /^<\w+>$/;

/** None of these elements holds another of its name, so that each ends where the name is next closed. */
function redactElements(bytes: Uint8Array, patterns: readonly string[]): ReturnType<typeof redact> {
  let text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  const paths: string[] = [];
  for (const pattern of patterns) {
    const name = pattern.slice(1, -1);
    const whole = new RegExp(`<${name}(?:\\s[^>]*[^/>])?>[^]*?</${name}\\s*>`, 'g');
    const [before, ...others] = text.split(whole);
    const rest = [before, ...others].join('');
    if (new RegExp(`</?${name}[\\s>]`).test(rest)) throw new SyntaxError(`an element ${name} does not end`);
    paths.push(...others.map((_, n) => `/${name}/${n}`));
    text = text.replaceAll(whole, `<${name}>${blank}</${name}>`);
  }
  return paths.length === 0 ? { bytes, paths } : { bytes: new TextEncoder().encode(text), paths };
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
