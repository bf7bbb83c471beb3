import { tagsIn } from './tags.ts';

/** The least that receivers must take: https://www.rfc-editor.org/rfc/rfc8301#section-3.2 */
const leastBits = 1024;
const ed25519 = 32;

/**
 * Whether the text at a selector is a key with which receivers check signatures of mail, and not one that was taken
 * back, is for something else or is only tried: https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1
 */
export function isSigningKey(text: string): boolean {
  const listed = tagsIn(text);
  const tags = new Map(listed);
  if (!listed || tags.size < listed.length) return false;
  const version = tags.get('v');
  if (version !== undefined && (version !== 'DKIM1' || listed[0]?.[0] !== 'v')) return false;
  const words = (name: string) =>
    tags
      .get(name)
      ?.split(':')
      .map((word) => word.trim());
  if (words('t')?.includes('y')) return false;
  if (words('s')?.every((service) => service !== '*' && service !== 'email')) return false;
  if (words('h')?.every((hash) => hash !== 'sha256')) return false;
  const key = bytesIn(tags.get('p') ?? '');
  const type = tags.get('k') ?? 'rsa';
  if (type === 'ed25519') return key?.length === ed25519;
  return type === 'rsa' && key !== null && modulusBits(key) >= leastBits;
}

function bytesIn(base64: string): Uint8Array | null {
  const plain = base64.replaceAll(/\s/g, '');
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(plain)) return null;
  try {
    return Uint8Array.from(atob(plain), (letter) => letter.charCodeAt(0));
  } catch {
    return null;
  }
}

const tag = { integer: 0x02, bits: 0x03, sequence: 0x30 } as const;

/** How long the number of a key of RSA is, with what stands around it or alone; 0 where it is not wholly there. */
function modulusBits(key: Uint8Array): number {
  const outer = elementsIn(key);
  const [only] = outer ?? [];
  if (outer?.length !== 1 || only?.tag !== tag.sequence) return 0;
  const inner = elementsIn(only.content) ?? [];
  const [first, second, ...more] = inner;
  if (!first || !second || more.length > 0) return 0;
  // https://www.rfc-editor.org/rfc/rfc5280#section-4.1.2.7: which kind of key it is, and its bits, none of them left over.
  if (first.tag === tag.sequence && second.tag === tag.bits && second.content[0] === 0)
    return modulusBits(second.content.subarray(1));
  if (first.tag !== tag.integer || second.tag !== tag.integer) return 0;
  const number = first.content[0] === 0 ? first.content.subarray(1) : first.content;
  return number.length === 0 || number[0] === 0 ? 0 : number.length * 8 - Math.clz32(number[0] ?? 0) + 24;
}

/** What stands one behind the other in DER; `null` where it does not end where it says. */
function elementsIn(bytes: Uint8Array): { readonly tag: number; readonly content: Uint8Array }[] | null {
  const found: { tag: number; content: Uint8Array }[] = [];
  for (let at = 0; at < bytes.length;) {
    const [kind = 0, short = 0] = bytes.subarray(at, at + 2);
    const long = short > 0x80 ? short - 0x80 : 0;
    if (short === 0x80 || long > 2 || at + 2 + long > bytes.length) return null;
    const length =
      long === 0 ? short : bytes.subarray(at + 2, at + 2 + long).reduce((sum, byte) => sum * 256 + byte, 0);
    const start = at + 2 + long;
    if (start + length > bytes.length) return null;
    found.push({ tag: kind, content: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return found;
}
