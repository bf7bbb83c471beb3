import { compare } from './subject.ts';

/** The same value with the keys of its objects in one order, so that the order in a file does not make another of it. */
export function canonical(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(canonical);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => compare(a, b))
      .map(([key, inner]) => [key, canonical(inner)]),
  );
}

type Scope = Readonly<Record<string, unknown>>;

/** Settings in which two scopes differ: evidence that was read under one does not speak of the other. */
export function differing(a: Scope, b: Scope): string[] {
  const text = (value: unknown) => JSON.stringify(canonical(value));
  const names = [...new Set([...Object.keys(a), ...Object.keys(b)])].sort(compare);
  return names.filter((name) => text(a[name]) !== text(b[name]));
}
