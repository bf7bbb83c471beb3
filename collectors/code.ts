/**
 * A vendor's error code as it may be shown and decided by: a word. Whatever else a server puts in its place is `null`, so
 * that nothing it says goes where nobody looks for it.
 */
export function codeFrom(value: unknown): string | null {
  return typeof value === 'string' && /^[\w.:-]{1,100}$/.test(value) ? value : null;
}
