import {
  AUTHENTIC_DATA,
  encode,
  RECURSION_AVAILABLE,
  RECURSION_DESIRED,
  TRUNCATED_RESPONSE,
  type Answer,
  type Packet,
} from 'dns-packet';
import { describe, expect, test } from 'vitest';
import { decode } from '../collectors/microsoft365/decode.ts';
import { dnsMessage, readDnsMessage } from '../collectors/microsoft365/dns-message.ts';

const name = '_dmarc.example.com';
const usual = RECURSION_DESIRED | RECURSION_AVAILABLE;
const soa: Answer = {
  type: 'SOA',
  name: 'example.com',
  ttl: 300,
  data: {
    mname: 'ns.example.com',
    rname: 'h.example.com',
    serial: 1,
    refresh: 1,
    retry: 1,
    expire: 1,
    minimum: 1,
  },
};
const txt = (...data: string[]): Answer => ({ type: 'TXT', name, ttl: 300, data });
const cname = (from: string, to: string): Answer => ({ type: 'CNAME', name: from, ttl: 300, data: to });
const message = (answers: Answer[], more: Partial<Packet> = {}): Buffer =>
  encode({ type: 'response', id: 0, flags: usual, questions: [{ type: 'TXT', name }], answers, ...more });
const recordsOf = (bytes: Uint8Array) => {
  const read = readDnsMessage(bytes);
  return read.ok ? (read.value as { records: string[] }).records : read.code;
};
const patched = (bytes: Buffer, at: number, value: number) => {
  const other = Buffer.from(bytes);
  other[at] = value;
  return other;
};

describe('a message of a resolver', () => {
  test('tells name, type, records and proof', () => {
    expect(
      readDnsMessage(message([txt('v=DMARC1; ', 'p=reject')], { flags: usual | AUTHENTIC_DATA })),
    ).toEqual({
      ok: true,
      value: { name, type: 'TXT', exists: true, signed: true, records: ['v=DMARC1; p=reject'] },
    });
  });

  test('that was cut anywhere, or has anything behind it, tells nothing', () => {
    const whole = message([txt('v=DMARC1; p=reject; pct=5'), txt('second'), soa]);
    expect(recordsOf(whole)).toHaveLength(2);
    for (let length = 0; length < whole.length; length += 1)
      expect(readDnsMessage(whole.subarray(0, length)).ok, String(length)).toBe(false);
    expect(readDnsMessage(Buffer.concat([whole, Buffer.from([0])])).ok).toBe(false);
  });

  test('is read through its aliases, where they lead to an end', () => {
    const end = { ...txt('found'), name: 'end.example.net' };
    expect(
      recordsOf(message([cname(name, 'A.example.net'), cname('a.example.net', 'end.example.net'), end])),
    ).toEqual(['found']);
    expect(recordsOf(message([cname(name, 'a.example.net'), cname('a.example.net', name)]))).toBe('ALIASES');
    expect(recordsOf(message([cname(name, 'a.example.net'), cname(name, 'b.example.net'), end]))).toBe(
      'ALIASES',
    );
    const steps = Array.from({ length: 9 }, (_, n) =>
      cname(n === 0 ? name : `n${n}.example`, `n${n + 1}.example`),
    );
    expect(recordsOf(message([...steps, { ...txt('far'), name: 'n9.example' }]))).toBe('ALIASES');
    expect(recordsOf(message([cname(name, 'a.example.net')]))).toBe('NOT-DENIED');
    expect(recordsOf(message([cname(name, 'a.example.net')], { authorities: [soa] }))).toBe('NOT-DENIED');
    const theirs = { ...soa, name: 'example.net' } as Answer;
    expect(recordsOf(message([cname(name, 'a.example.net')], { authorities: [theirs] }))).toEqual([]);
  });

  test('says that there is nothing only where the domain says so', () => {
    expect(recordsOf(message([], { authorities: [soa] }))).toEqual([]);
    expect(recordsOf(message([], { authorities: [soa], flags: usual | 3 }))).toEqual([]);
    expect(recordsOf(message([]))).toBe('NOT-DENIED');
    expect(recordsOf(message([], { authorities: [{ ...soa, name: 'filter.example.net' }] }))).toBe(
      'NOT-DENIED',
    );
    expect(recordsOf(message([], { flags: usual | 3 }))).toBe('NOT-DENIED');
  });

  test.each<readonly [string, Buffer, string | null]>([
    ['that could not be found out', message([], { flags: usual | 2 }), 'SERVFAIL'],
    ['that was refused', message([], { flags: usual | 5 }), 'REFUSED'],
    ['that says itself it is cut', message([txt('x')], { flags: usual | TRUNCATED_RESPONSE }), 'TRUNCATED'],
    ['of one who does not look further', message([txt('x')], { flags: RECURSION_DESIRED }), 'NO-RECURSION'],
    ['with another id', message([txt('x')], { id: 7 }), null],
    ['that asks', message([txt('x')], { type: 'query' }), null],
    ['of another kind of question', patched(message([txt('x')]), 2, 0xa1), null],
    [
      'with two questions',
      message([txt('x')], {
        questions: [
          { type: 'TXT', name },
          { type: 'TXT', name },
        ],
      }),
      null,
    ],
    ['of another class', message([{ ...txt('x'), class: 'CH' } as Answer]), null],
    ['that finds something where there is no name', message([txt('x')], { flags: usual | 3 }), null],
    [
      'with the rest of its code elsewhere',
      message([], {
        authorities: [soa],
        additionals: [
          {
            type: 'OPT',
            name: '.',
            udpPayloadSize: 1232,
            flags: 0,
            options: [],
            extendedRcode: 1,
            ednsVersion: 0,
          } as never,
        ],
      }),
      'RCODE-16',
    ],
  ])('%s is no answer', (_, bytes, code) => {
    expect(readDnsMessage(bytes)).toEqual({ ok: false, code });
  });

  test('is what was asked for, whatever the answer says of itself', () => {
    const json = Buffer.from(
      JSON.stringify({ name, type: 'TXT', exists: true, signed: true, records: ['v=DMARC1; p=reject'] }),
    );
    const asked = { status: 200, operation: 'TXT' };
    expect(decode({ ...asked, contentType: 'application/json' }, json).ok).toBe(false);
    expect(decode({ ...asked, contentType: dnsMessage }, json).ok).toBe(false);
    expect(decode({ ...asked, status: 203, contentType: dnsMessage }, message([txt('x')])).ok).toBe(false);
    expect(decode({ status: 200, operation: null, contentType: dnsMessage }, message([txt('x')])).ok).toBe(
      false,
    );
    expect(decode({ ...asked, contentType: `${dnsMessage}; a=b` }, message([txt('x')])).ok).toBe(true);
  });
});
