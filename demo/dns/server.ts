import {
  AUTHENTIC_DATA,
  decode,
  encode,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  type Answer,
  type DecodedPacket,
} from 'dns-packet';
import type { HttpReply, HttpRequest } from '../http.ts';

/** What is published, by name in lower case. */
export interface DnsModel {
  records: Record<string, DnsRecords>;
  /** Names, and what lies below them, about which the resolver finds nothing out; by the number of what it answers. */
  broken: Record<string, number>;
  /** Names, and what lies below them, whose answers the domain signs. */
  signed: string[];
}

export interface DnsRecords {
  mx?: { preference: number; exchange: string }[];
  /** Each text in the parts that it is published in. */
  txt?: string[][];
  cname?: string;
}

/** https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1 */
const nxdomain = 3;

/** Answers by HTTPS what a resolver of the internet would: https://www.rfc-editor.org/rfc/rfc8484 */
export function dnsReply(model: DnsModel, { method, path }: HttpRequest): HttpReply {
  const asked = new URL(path, 'https://localhost').searchParams.get('dns');
  const question = asked === null ? undefined : questionIn(asked);
  if (method !== 'GET' || !question) return { status: 400, headers: {}, body: '' };
  const name = question.name.toLowerCase();
  const under = (place: string) => name === place || name.endsWith(`.${place}`);
  const broken = Object.entries(model.broken).find(([place]) => under(place))?.[1];
  const answers = broken === undefined ? answersTo(model, name, question.type) : [];
  const known = Object.keys(model.records).some((place) => place === name || place.endsWith(`.${name}`));
  const code = broken ?? (known ? 0 : nxdomain);
  const message = encode({
    type: 'response',
    id: 0,
    // The lowest four bits are the code of the answer, which the library has no word for.
    flags: RECURSION_DESIRED | RECURSION_AVAILABLE | (model.signed.some(under) ? AUTHENTIC_DATA : 0) | code,
    questions: [question],
    answers,
    // That there is nothing is said by the domain.
    authorities:
      broken === undefined && !answers.some((each) => each.type === question.type) ? [authority(name)] : [],
  });
  return {
    status: 200,
    headers: { 'content-type': 'application/dns-message', 'cache-control': 'max-age=60' },
    body: message.toString('latin1'),
    encoding: 'latin1',
  };
}

function authority(name: string): Answer {
  const zone = name.split('.').slice(-2).join('.');
  const data = {
    mname: `ns.${zone}`,
    rname: `hostmaster.${zone}`,
    serial: 1,
    refresh: 3600,
    retry: 600,
    expire: 86_400,
    minimum: 300,
  };
  return { type: 'SOA', name: zone, ttl: 300, data };
}

function answersTo({ records }: DnsModel, name: string, type: string): Answer[] {
  const found = records[name];
  if (!found) return [];
  const { mx = [], txt = [], cname } = found;
  const ttl = 300;
  if (cname !== undefined)
    return [{ type: 'CNAME', name, ttl, data: cname }, ...answersTo({ records } as DnsModel, cname, type)];
  if (type === 'MX') return mx.map((data) => ({ type: 'MX', name, ttl, data }));
  return type === 'TXT' ? txt.map((data) => ({ type: 'TXT', name, ttl, data })) : [];
}

function questionIn(asked: string) {
  try {
    const packet: DecodedPacket = decode(Buffer.from(asked, 'base64url'));
    return packet.questions?.[0];
  } catch {
    return undefined;
  }
}
