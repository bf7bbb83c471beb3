import { AUTHENTIC_DATA, encode, RECURSION_DESIRED } from 'dns-packet';
import type { Decoded } from '../collector.ts';

/** https://www.rfc-editor.org/rfc/rfc8484#section-6 */
export const dnsMessage = 'application/dns-message';

/** How many aliases are followed inside one answer. */
const longestChain = 8;
const types: Readonly<Record<number, string>> = { 5: 'CNAME', 6: 'SOA', 15: 'MX', 16: 'TXT', 41: 'OPT' };
const codes = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED'];
/** The internet, and the only answers that are asked for: https://www.rfc-editor.org/rfc/rfc1035#section-3.2.4 */
const internet = 1;

/** The bytes that ask a resolver about a name, and whether the answer was proven by signatures of the domain. */
export function questionOf(name: string, type: 'MX' | 'TXT'): Uint8Array {
  // The id is zero, as RFC 8484 wants; the flag asks for its like: https://www.rfc-editor.org/rfc/rfc6840#section-5.7
  return encode({
    type: 'query',
    id: 0,
    flags: RECURSION_DESIRED | AUTHENTIC_DATA,
    questions: [{ type, name }],
  });
}

/**
 * What a resolver answered, from the bytes of its message: the name and type that it says it was asked about, whether
 * there is such a name, and the records at the end of its aliases. A name without such records and a name that is not
 * there are answers, where the domain itself says so; whatever else keeps a resolver from answering is a code. It is
 * read by code of ours: a reader made to be lenient takes a message that was cut short for a whole one.
 */
export function readDnsMessage(bytes: Uint8Array): Decoded {
  let message: Message;
  try {
    message = parse(bytes);
  } catch (error) {
    if (error instanceof RangeError) return { ok: false, code: null };
    throw error;
  }
  const { flags, questions, answers, authorities, additionals } = message;
  const [question, ...more] = questions;
  const query = (flags >> 11) & 0xf;
  if ((flags & 0x8000) === 0 || query !== 0 || message.id !== 0 || !question || more.length > 0)
    return { ok: false, code: null };
  if (question.class !== internet || answers.some((each) => each.class !== internet))
    return { ok: false, code: null };
  if (flags & 0x0200) return { ok: false, code: 'TRUNCATED' };
  // Four bits of the code stand in front, the others in the first byte of what OPT has for its time to live.
  const [option, other] = additionals.filter(({ type }) => type === 'OPT');
  if (other) return { ok: false, code: null };
  const extended = option?.ttl ?? 0;
  const number = (flags & 0xf) | ((extended >>> 24) << 4);
  const code = codes[number] ?? `RCODE-${number}`;
  if (code !== 'NOERROR' && code !== 'NXDOMAIN') return { ok: false, code };
  // Who does not look further itself only tells what it happens to know.
  if ((flags & 0x0080) === 0) return { ok: false, code: 'NO-RECURSION' };
  const found = recordsOf(answers, question);
  if (found === null) return { ok: false, code: 'ALIASES' };
  const { records, end } = found;
  // That there is nothing is said by the domain: https://www.rfc-editor.org/rfc/rfc2308#section-2
  const denied = authorities.some(
    (each) => each.type === 'SOA' && each.class === internet && isAbove(each.name, end),
  );
  if (records.length === 0 && !denied) return { ok: false, code: 'NOT-DENIED' };
  if (records.length > 0 && code === 'NXDOMAIN') return { ok: false, code: null };
  return {
    ok: true,
    value: {
      name: question.name,
      type: question.type,
      exists: code === 'NOERROR',
      signed: (flags & 0x0020) !== 0,
      records,
    },
  };
}

/** Whether a name is that of the other or of a domain that it is in. */
function isAbove(name: string, other: string): boolean {
  return name === '' || name === other || other.endsWith(`.${name}`);
}

/** What stands at the end of the aliases, in order, and which end that is; `null` where they lead to none. */
function recordsOf(
  answers: readonly Resource[],
  question: Named,
): { readonly records: string[]; readonly end: string } | null {
  let { name } = question;
  const passed = new Set([name]);
  for (;;) {
    const aliases = answers.filter((each) => each.type === 'CNAME' && each.name === name);
    const [alias, other] = aliases;
    if (!alias) break;
    if (other || passed.has(alias.text) || passed.size > longestChain) return null;
    passed.add(alias.text);
    name = alias.text;
  }
  const records = answers
    .filter((each) => each.type === question.type && each.name === name)
    .map(({ text }) => text)
    .sort();
  return { records, end: name };
}

interface Named {
  /** In lower case, without a dot at its end. */
  readonly name: string;
  readonly type: string;
  readonly class: number;
}

interface Resource extends Named {
  readonly ttl: number;
  /** What it says, of the types that are read. */
  readonly text: string;
}

interface Message {
  readonly id: number;
  readonly flags: number;
  readonly questions: readonly Named[];
  readonly answers: readonly Resource[];
  readonly authorities: readonly Resource[];
  readonly additionals: readonly Resource[];
}

/** https://www.rfc-editor.org/rfc/rfc1035#section-4. Throws `RangeError` where the bytes are not exactly one message. */
function parse(bytes: Uint8Array): Message {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 12;

  const nameFrom = (start: number): { readonly name: string; readonly end: number } => {
    const labels: string[] = [];
    let place = start;
    let end: number | null = null;
    for (;;) {
      const length = view.getUint8(place);
      if (length >= 0xc0) {
        const target = view.getUint16(place) & 0x3fff;
        end ??= place + 2;
        // A pointer only leads back, so that no circle is possible.
        if (target >= place) throw new RangeError('a name points ahead');
        place = target;
        continue;
      }
      if (length > 63) throw new RangeError('a label of a kind that is not known');
      if (length === 0) return { name: labels.join('.'), end: end ?? place + 1 };
      labels.push(label(bytesAt(place + 1, length)));
      if (labels.length > 128) throw new RangeError('a name without an end');
      place += 1 + length;
    }
  };
  const bytesAt = (start: number, length: number): Uint8Array => {
    if (start + length > bytes.length) throw new RangeError('it was cut short');
    return bytes.subarray(start, start + length);
  };
  const takeName = (): string => {
    const { name, end } = nameFrom(at);
    at = end;
    return name;
  };
  const number = (): number => {
    at += 2;
    return view.getUint16(at - 2);
  };
  const named = (): Named => {
    const name = takeName();
    const type = number();
    return { name, type: types[type] ?? `TYPE${type}`, class: number() };
  };
  const resource = (): Resource => {
    const head = named();
    const ttl = view.getUint32(at);
    at += 4;
    const length = number();
    bytesAt(at, length);
    const end = at + length;
    const text = textOf(head.type, end);
    at = end;
    return { ...head, ttl, text };
  };
  const textOf = (type: string, end: number): string => {
    if (type === 'CNAME' || type === 'MX') {
      const preference = type === 'MX' ? `${number()} ` : '';
      const name = takeName();
      if (at !== end) throw new RangeError('a record is longer or shorter than it says');
      return type === 'MX' ? preference + (name === '' ? '.' : name) : name;
    }
    if (type !== 'TXT') return '';
    // A text that is longer than 255 bytes comes in parts, which belong together without anything between them.
    // https://www.rfc-editor.org/rfc/rfc7208#section-3.3
    let text = '';
    while (at < end) {
      const length = view.getUint8(at);
      if (at + 1 + length > end) throw new RangeError('a text is longer than its record');
      text += latin1(bytesAt(at + 1, length));
      at += 1 + length;
    }
    return text;
  };
  const several = <T>(count: number, take: () => T): T[] => Array.from({ length: count }, take);

  const [id, flags] = [view.getUint16(0), view.getUint16(2)];
  const message = {
    id,
    flags,
    questions: several(view.getUint16(4), named),
    answers: several(view.getUint16(6), resource),
    authorities: several(view.getUint16(8), resource),
    additionals: several(view.getUint16(10), resource),
  };
  if (at !== bytes.length) throw new RangeError('something stands behind it');
  return message;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('latin1');
}

/** Names differ not by case; and one label with a dot in it is not two. */
function label(bytes: Uint8Array): string {
  const text = latin1(bytes);
  if (/[.\\\0-\x20]/.test(text)) throw new RangeError('a label that no host has');
  return text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
