import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import limit from 'p-limit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { stampRequest } from '../../vault/time-stamp/request.ts';
import { readPem } from '../../vault/time-stamp/certificate.ts';
import { judgeStamp, type Judged, type Wanted } from '../../vault/time-stamp/token.ts';
import { opensslAccepts, startOpensslAuthority } from '../support/openssl-authority.ts';
import { data, imprint, nonce, variants, type Variant } from '../support/stamp-variants.ts';

/*
 * Time stamps are judged by code of ours and by `openssl ts -verify`, which judges as recipients do. Nothing may count here
 * that openssl refuses. What openssl lets pass and we refuse is named, with why.
 */
let dir: string;
let count = 0;
const atOnce = limit(3);

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'exhibit-stamps-'));
  await writeFile(join(dir, 'data'), data);
});
afterAll(() => rm(dir, { recursive: true }));

interface Verdict {
  readonly name: string;
  readonly ours: Judged;
  readonly theirs: boolean;
}

function judge(name: string, { answer, anchors, at, asked }: Omit<Variant, 'name'>): Promise<Verdict> {
  return atOnce(async () => {
    const number = (count += 1);
    const file = async (ending: string, bytes: Buffer | string) => {
      const path = join(dir, `${number}-${ending}`);
      await writeFile(path, bytes);
      return path;
    };
    const wanted: Wanted = { imprint, anchors: readPem(anchors), ...asked };
    const answerFile = await file('answer.tsr', answer);
    const anchorsFile = await file('anchors.pem', anchors);
    const held = asked
      ? ['-queryfile', await file('query.tsq', stampRequest(imprint, asked.nonce, asked.policy))]
      : ['-data', join(dir, 'data')];
    const theirs = await opensslAccepts(answerFile, held, anchorsFile, at);
    await Promise.all([rm(answerFile), rm(anchorsFile)]);
    return { name, ours: judgeStamp(answer, wanted), theirs };
  });
}

function told(what: string, verdicts: readonly Verdict[]) {
  const lax = verdicts.filter(({ ours, theirs }) => 'stamp' in ours && !theirs);
  const strict = verdicts.flatMap(({ name, ours, theirs }) =>
    theirs && 'refused' in ours ? [{ name, why: ours.refused }] : [],
  );
  const agreed = verdicts.length - lax.length - strict.length;
  const passed = verdicts.filter(({ ours, theirs }) => 'stamp' in ours && theirs).length;
  const reasons = Map.groupBy(strict, ({ why }) => why);
  const stricter = [...reasons].map(([why, all]) => `${all.length}× ${why}`).join('; ');
  process.stdout.write(
    `| time stamps, ${what} | ${verdicts.length} | ${agreed} as openssl (${passed} pass) | ${lax.length} laxer | ${strict.length} stricter: ${stricter} |\n`,
  );
  expect(lax.map(({ name }) => name)).toEqual([]);
  return { agreed, strict };
}

/** What openssl does not look at, and ours does. */
const stricter: Readonly<Record<string, RegExp>> = {
  'of a signer for something unknown, too': /for other things, too$/,
  'below somebody with names that are bounded': /a condition that is not understood$/,
  'below somebody with names that are bounded, though that is not critical':
    /a condition that is not understood$/,
  'below somebody who was signed with SHA-1': /a signature of SHA-1$/,
  'of a time that is none': /a time that is none$/,
  'that names its signer by SHA-1 alone': /by a digest that counts$/,
  'that does not say what kind of thing it is': /something else than a time$/,
  'of a digest of SHA-1': /a digest that does not count any more/,
  'of a digest of SHA-512': /a digest that was not asked for$/,
  'with something critical that nobody knows': /something critical/,
  'whose message is of another version': /another version$/,
  'signed with SHA-1': /a digest that does not count any more/,
  'signed with a short key': /too weak/,
  'signed on a curve that is not usual': /of a kind that does not count here$/,
  'with bytes behind it': /bytes are hidden behind it$/,
  'with a length in a longer form': /a length is written too long$/,
};

test('each way in which a time stamp can be otherwise', async () => {
  const all = variants(new Date());
  const verdicts = await Promise.all(all.map((variant) => judge(variant.name, variant)));
  const { strict } = told('variants', verdicts);
  for (const { name, why } of strict) expect(why, name).toMatch(stricter[name] ?? /^nothing$/);
  expect(strict.map(({ name }) => name).sort()).toEqual(Object.keys(stricter).sort());
});

/** Parts that nobody signs and openssl does not look at: versions, how a signature is called, the form of a name. */
const unsigned = [
  /^is of another version$/,
  /^is signed in a way that does not count here$/,
  /^does not hold the certificate of its signer$/,
  /^uses an algorithm with parameters$/,
  /^has not its form: (there is more in it than it may hold|an item has another tag than it must|a number is larger than it may be)$/,
  /^has not its form: bytes are hidden behind it$/,
];

test('bytes of answers of openssl, each another', { timeout: 300_000 }, async () => {
  const verdicts: Promise<Verdict>[] = [];
  for (const [type, every] of [
    ['ec', 2],
    ['rsa', 6],
  ] as const) {
    const authority = await startOpensslAuthority(type);
    const at = new Date();
    const answer = authority.answer(stampRequest(imprint, nonce, null));
    const anchors = authority.roots;
    const look = (name: string, bytes: Buffer) =>
      verdicts.push(judge(`${type} ${name}`, { answer: bytes, anchors, at, asked: null }));
    expect(judgeStamp(answer, { imprint, anchors: readPem(anchors), nonce })).toHaveProperty('stamp');
    look('as it came', answer);
    for (let n = 0; n < answer.length; n += every) {
      const copy = Buffer.from(answer);
      copy[n]! ^= 1 << ((n / every) % 8);
      look(`byte ${n}`, copy);
    }
    for (let n = 0; n < answer.length; n += 100) {
      look(`cut off at ${n}`, answer.subarray(0, n));
      look(`without byte ${n}`, Buffer.concat([answer.subarray(0, n), answer.subarray(n + 1)]));
      look(
        `with one more at ${n}`,
        Buffer.concat([answer.subarray(0, n), Buffer.from([0]), answer.subarray(n)]),
      );
    }
    await authority.close();
  }
  const { agreed, strict } = told('bytes changed', await Promise.all(verdicts));
  for (const { name, why } of strict)
    expect(
      unsigned.some((form) => form.test(why)),
      `${name}: ${why}`,
    ).toBe(true);
  expect(agreed).toBeGreaterThanOrEqual(500);
  expect(strict.length).toBeLessThan(verdicts.length / 40);
});
