/** DER begins so: https://www.rfc-editor.org/rfc/rfc8017#appendix-A.1 */
const sequence = 0x30;
/** A key of RSA with 1,024 bits, the least that receivers must take, is not shorter: https://www.rfc-editor.org/rfc/rfc8301#section-3.2 */
const shortestRsa = 140;
const ed25519 = 32;

/**
 * Whether the text at a selector is a key with which receivers check signatures of mail, and not one that was taken
 * back, is for something else or is only tried: https://www.rfc-editor.org/rfc/rfc6376#section-3.6.1
 */
export function isSigningKey(text: string): boolean {
  const tags = tagsOf(text);
  if (!tags) return false;
  const version = tags.get('v');
  if (version !== undefined && (version !== 'DKIM1' || [...tags.keys()][0] !== 'v')) return false;
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
  return type === 'rsa' && key !== null && key.length >= shortestRsa && key[0] === sequence;
}

/** `null` where the text is no list of tags, or one stands twice. */
function tagsOf(text: string): ReadonlyMap<string, string> | null {
  const tags = new Map<string, string>();
  const parts = text.split(';');
  for (const [n, part] of parts.entries()) {
    if (part.trim() === '' && n === parts.length - 1) continue;
    const [, name, value = ''] = /^\s*([A-Za-z][A-Za-z0-9_]*)\s*=\s*(.*?)\s*$/s.exec(part) ?? [];
    if (name === undefined || tags.has(name)) return null;
    tags.set(name, value);
  }
  return tags;
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
