import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openNetwork } from '../../collectors/transport/network.ts';
import { startHttp } from '../../demo/http.ts';
import { foundAuthority, startAuthority } from '../../demo/time-stamps/authority.ts';
import { digest } from '../../evidence-model/digest.ts';
import { askForStamp } from '../../vault/outside/time-stamp-client.ts';
import type { Authority } from '../../vault/time-stamp/authority.ts';
import { readPem } from '../../vault/time-stamp/certificate.ts';
import { der, integer, integerOf, oid, oidOf, readDer } from '../../vault/time-stamp/der.ts';
import { judgeStamp } from '../../vault/time-stamp/token.ts';
import { startOpensslAuthority } from '../support/openssl-authority.ts';
import { imprint, variants } from '../support/stamp-variants.ts';

/*
 * test/hostile/time-stamps.test.ts holds the same variants, and each byte of others changed, against openssl. Here is what
 * must hold without it.
 */
const now = new Date();

/** Those that count; whatever else is refused. */
const good = [
  'as it must be',
  'of a signer with RSA',
  'with a fraction of a second',
  'with its accuracy, order and a name',
  'of a signer whose key may be used for anything',
  'that names its signer and the issuer of that',
  'that names its signer with its number',
  'that names its signer by SHA-1, too',
  'signed with SHA-512',
  'granted with changes',
  'that answers the request',
  'under the policy that was asked for',
];

const judged = variants(now).map((variant) => {
  const { answer, anchors, asked } = variant;
  return { ...variant, judged: judgeStamp(answer, { imprint, anchors: readPem(anchors), ...asked }) };
});

describe('a time stamp', () => {
  test.each(judged)('$name', ({ name, judged: came }) => {
    if (good.includes(name)) expect(came).toHaveProperty('stamp.signer');
    else expect(came).toMatchObject({ refused: expect.stringMatching(/^[a-z].*[a-z0-9]$/) as string });
  });

  test('tells its time, and who signed', () => {
    const [plain] = judged;
    const at = new Date(Math.floor(now.getTime() / 1000) * 1000);
    expect(plain?.judged).toEqual({ stamp: { at, signer: 'Larkspur Time Stamps', policy: '2.999.3161' } });
    const fraction = judged.find(({ name }) => name === 'with a fraction of a second');
    expect(fraction?.judged).toMatchObject({ stamp: { at: new Date(at.getTime() + 250) } });
  });

  test('counts for nothing where any byte of it is another, but for what nobody signs', () => {
    const { answer, anchors } = judged[0]!;
    const roots = readPem(anchors);
    const passed: number[] = [];
    for (let at = 0; at < answer.length; at += 1) {
      const copy = Buffer.from(answer);
      copy[at]! ^= 1 << (at % 8);
      if ('stamp' in judgeStamp(copy, { imprint, anchors: roots })) passed.push(at);
    }
    // The status may say that it was granted with changes.
    expect(passed.length).toBeLessThanOrEqual(1);
    for (let length = 0; length < answer.length; length += 13)
      expect(judgeStamp(answer.subarray(0, length), { imprint, anchors: roots })).toHaveProperty('refused');
  });
});

describe('what is encoded', () => {
  test.each(['1.2.840.113549.1.9.16.1.4', '2.5.29.37', '2.999.3161', '0.9.2342', '1.3.6.1.4.1.311'])(
    '%s is written and read back the same',
    (text) => expect(oidOf(readDer(oid(text)))).toBe(text),
  );

  test.each([0, 1, 127, 128, 255, 256, 65_536])('the number %i is written in the one form', (number) => {
    const hex = number.toString(16);
    const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
    expect(BigInt(`0x${integerOf(readDer(integer(bytes))).toString('hex')}`)).toBe(BigInt(number));
  });

  test.each([
    ['a length in a longer form than it needs', '3081020500'],
    ['a length that leads beyond the end', '3003050'.concat('0')],
    ['an end that is not told', '3080050000000'.concat('0')],
    ['bytes behind the end', '30000500'],
    ['a tag of many bytes', '1f8100'],
    ['nothing', ''],
  ])('%s is refused', (_, hex) => expect(() => readDer(Buffer.from(hex, 'hex'))).toThrow());

  test('what is longer than a byte can say is read back', () => {
    for (const length of [0, 127, 128, 255, 256, 70_000])
      expect(readDer(der(0x04, Buffer.alloc(length))).body).toHaveLength(length);
  });
});

describe('asking an authority', () => {
  const network = openNetwork({ environment: {}, authorities: [] });
  const outside = { wire: network, randomBytes, signal: new AbortController().signal };
  const of = (url: string, roots: string, policy: string | null = null): Authority => ({
    ...{ id: 'test', url: new URL(url), roots, anchors: readPem(roots), policy },
  });
  let openssl: Awaited<ReturnType<typeof startOpensslAuthority>>;
  beforeAll(async () => {
    openssl = await startOpensslAuthority();
  });
  afterAll(async () => {
    await openssl.close();
    network.close();
  });

  test('that is openssl gives a stamp that counts, under the policy that was asked for', async () => {
    for (const policy of [null, '2.999.2']) {
      const asked = await askForStamp(imprint, of(openssl.url, openssl.roots, policy), outside);
      if ('failed' in asked) throw new Error(asked.failed);
      expect(Math.abs(asked.at.getTime() - Date.now())).toBeLessThan(10_000);
      const anchors = readPem(openssl.roots);
      expect(judgeStamp(asked.answer, { imprint, anchors, policy })).toMatchObject({
        stamp: { signer: 'OpenSSL Time Stamps', policy: policy ?? '2.999.1' },
      });
      expect(judgeStamp(asked.answer, { imprint: digest('else'), anchors })).toMatchObject({
        refused: 'is about something else',
      });
    }
  });

  test.each([
    [
      'of somebody else',
      foundAuthority(now).root.pem,
      null,
      /does not lead to an authority that is trusted$/,
    ],
    ['under a policy that it does not have', null, '2.999.7', /was not granted|has not its form/],
  ])('%s keeps nothing', async (_, roots, policy, why) => {
    const asked = await askForStamp(imprint, of(openssl.url, roots ?? openssl.roots, policy), outside);
    expect(asked).toEqual({ failed: expect.stringMatching(why) as string });
  });

  test('that is not there, answers with an error or with something else, says why', async () => {
    const roots = openssl.roots;
    expect(await askForStamp(imprint, of('http://127.0.0.1:9', roots), outside)).toEqual({
      failed: 'no answer came (ECONNREFUSED)',
    });
    const server = await startHttp(
      ({ path }) => ({ status: path === '/busy' ? 503 : 200, headers: {}, body: 'busy' }),
      {
        now: () => now,
      },
    );
    expect(await askForStamp(imprint, of(`${server.url}/busy`, roots), outside)).toEqual({
      failed: 'it answered with 503',
    });
    expect(await askForStamp(imprint, of(server.url, roots), outside)).toEqual({
      failed: expect.stringMatching(/^its time stamp has not its form/) as string,
    });
    expect(server.log).toHaveLength(4);
    await server.close();
  });

  test('that answers with the stamp of another request is not believed', async () => {
    const authority = foundAuthority(now);
    const stale: string[] = [];
    const honest = await startAuthority(authority, () => now);
    const server = await startHttp(
      async ({ body }) => {
        const answered = await fetch(honest.url, { method: 'POST', body: new Uint8Array(body) });
        stale.push(Buffer.from(await answered.arrayBuffer()).toString('latin1'));
        return { status: 200, headers: {}, body: stale[0] ?? '', encoding: 'latin1' };
      },
      { now: () => now },
    );
    const asking = of(server.url, authority.root.pem);
    expect(await askForStamp(imprint, asking, outside)).toHaveProperty('answer');
    expect(await askForStamp(imprint, asking, outside)).toEqual({
      failed: 'its time stamp answers another request',
    });
    await server.close();
    await honest.server.close();
  });

  test('that breaks off once is asked again', async () => {
    const authority = foundAuthority(now);
    const server = await startAuthority(authority, () => now);
    const dropped = server.server.faults.add({ fault: { kind: 'drop', when: 'before-headers' }, times: 1 });
    expect(await askForStamp(imprint, of(server.url, authority.root.pem), outside)).toHaveProperty('answer');
    expect(dropped.met()).toBe(1);
    await server.server.close();
  });
});
