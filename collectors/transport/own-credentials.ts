import type { Outgoing } from './network.ts';

/** Headers that prove who asks. */
const proving = [
  'authorization',
  'proxy-authorization',
  'cookie',
  'x-amz-security-token',
  'x-identity-header',
];
/** Shorter pieces would be found by chance. */
const shortest = 8;

/** What proves who asks this, as it may come back: AWS repeats signed headers in a refusal, debugging proxies repeat all. */
export function credentialsOf({ headers }: Pick<Outgoing, 'headers'>): string[] {
  const values = Object.entries(headers).flatMap(([name, value]) =>
    proving.includes(name.toLowerCase()) ? value.split(/[\s,;]+/) : [],
  );
  const found = values.map((value) => value.replace(/^Signature=/, '')).filter((value) => isSecret(value));
  return [
    ...new Set(found.flatMap((value) => [value, encodeURIComponent(value), value.replaceAll('/', '\\/')])),
  ];
}

/** Of what AWS signs a request with, the names of the headers and of the key are no secrets. */
function isSecret(value: string): boolean {
  return value.length >= shortest && !/^(?:AWS4-HMAC-SHA256$|Credential=|SignedHeaders=)/.test(value);
}

/** The bytes without these words; the same bytes where none stands in them. */
export function without(bytes: Uint8Array, words: readonly string[], blank: string): Uint8Array {
  const body = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found = words.filter((word) => body.includes(word));
  if (found.length === 0) return bytes;
  // Latin 1 keeps every byte as it is.
  const text = found.reduce((left, word) => left.replaceAll(word, blank), body.toString('latin1'));
  return Buffer.from(text, 'latin1');
}
