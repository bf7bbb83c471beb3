import { AUTHENTIC_DATA, decode, encode, RECURSION_DESIRED, type DecodedPacket } from 'dns-packet';
import type { Decoded } from '../collector.ts';

/** https://www.rfc-editor.org/rfc/rfc8484#section-6 */
export const dnsMessage = 'application/dns-message';

/** How many aliases are followed inside one answer. */
const longestChain = 8;

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
 * there are answers; whatever else keeps a resolver from answering is a code.
 */
export function readDnsMessage(bytes: Uint8Array): Decoded {
  let packet: DecodedPacket & { rcode?: string };
  try {
    packet = decode(Buffer.from(bytes));
  } catch {
    return { ok: false, code: null };
  }
  const [question, ...more] = packet.questions ?? [];
  const { rcode = '' } = packet;
  if (packet.type !== 'response' || !question || more.length > 0) return { ok: false, code: null };
  if (packet.flag_tc) return { ok: false, code: 'TRUNCATED' };
  if (!['NOERROR', 'NXDOMAIN'].includes(rcode)) return { ok: false, code: rcode };
  // Who does not look further itself only tells what it happens to know.
  if (!packet.flag_ra) return { ok: false, code: 'NO-RECURSION' };
  return {
    ok: true,
    value: {
      name: plain(question.name),
      type: question.type,
      exists: rcode === 'NOERROR',
      signed: packet.flag_ad,
      records: recordsOf(packet, question),
    },
  };
}

function recordsOf({ answers = [] }: DecodedPacket, question: { name: string; type: string }): string[] {
  let name = plain(question.name);
  for (let n = 0; n < longestChain; n += 1) {
    const alias = answers.find((each) => each.type === 'CNAME' && plain(each.name) === name);
    if (alias?.type !== 'CNAME') break;
    name = plain(alias.data);
  }
  return answers
    .flatMap((each) => {
      if (each.type !== question.type || plain(each.name) !== name) return [];
      if (each.type === 'MX') return [`${each.data.preference ?? 0} ${plain(each.data.exchange) || '.'}`];
      // A text that is longer than 255 bytes comes in parts, which belong together without anything between them.
      // https://www.rfc-editor.org/rfc/rfc7208#section-3.3
      return each.type === 'TXT' ? [textOf(each.data)] : [];
    })
    .sort();
}

function textOf(data: string | Buffer | (string | Buffer)[]): string {
  const parts = Array.isArray(data) ? data : [data];
  return Buffer.concat(parts.map((part) => Buffer.from(part))).toString('latin1');
}

/** Names differ neither by case nor by the dot at their end. */
function plain(name: string): string {
  return name.toLowerCase().replace(/\.$/, '');
}
