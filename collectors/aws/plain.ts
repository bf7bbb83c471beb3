/**
 * A value of the SDK as plain JSON, so that JSON Pointers and schemas fit it: times are ISO strings, bytes are base64,
 * `undefined` is absent. Live answers and kept ones both go through here. Throws where a value has no such form.
 */
export function plain(value: unknown): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') {
    // The SDK reads a number that is none as NaN, which JSON would turn into null: an absent value.
    if (!Number.isFinite(value)) throw new TypeError('a number that is none');
    return value;
  }
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64');
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value === 'object') {
    const entries = Object.entries(value).filter(([, each]) => each !== undefined);
    return Object.fromEntries(entries.map(([name, each]) => [name, plain(each)]));
  }
  throw new TypeError(`a ${typeof value} is not an answer`);
}

/** The answer without what the SDK says of its own work. */
export function plainOutput(output: unknown): Readonly<Record<string, unknown>> {
  if (typeof output !== 'object' || output === null) throw new TypeError('an answer without fields');
  const fields = Object.entries(output).filter(([name]) => name !== '$metadata');
  return plain(Object.fromEntries(fields)) as Readonly<Record<string, unknown>>;
}
