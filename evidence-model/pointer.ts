/** Adds one token to a JSON Pointer (RFC 6901). */
export function extend(pointer: string, token: string | number): string {
  return `${pointer}/${String(token).replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

/** Resolves a JSON Pointer (RFC 6901); `undefined` where it points at nothing. */
export function resolve(document: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (at, token) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, token)
          ? (at as Record<string, unknown>)[token]
          : undefined,
      document,
    );
}
