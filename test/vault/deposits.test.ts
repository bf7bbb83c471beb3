import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test } from 'vitest';
import { openNetwork } from '../../collectors/transport/network.ts';
import { startHttp, type HttpRequest } from '../../demo/http.ts';
import { selfSigned } from '../../demo/microsoft365/certificate.ts';
import { digest } from '../../evidence-model/digest.ts';
import { fileDepositary } from '../../vault/outside/deposit-file.ts';
import { mailDepositary } from '../../vault/outside/deposit-mail.ts';
import { s3Depositary } from '../../vault/outside/deposit-s3.ts';
import { webhookDepositary } from '../../vault/outside/deposit-webhook.ts';
import type { Deposit } from '../../vault/outside/deposit.ts';
import { startBucket } from '../support/lock-bucket.ts';
import { attachmentsOf, startSmtp } from '../support/smtp-server.ts';
import { folder } from './support.ts';

const network = openNetwork({ environment: {}, authorities: [] });
afterAll(() => network.close());
const now = () => new Date('2026-03-02T02:30:00Z');
const signal = new AbortController().signal;

const note = Buffer.from(
  'exhibit/0011223344556677\n303\nroot\nchain-sha256 x\n\n— exhibit/0011223344556677 AAAA\n',
);
const deposit: Deposit = {
  origin: 'exhibit/0011223344556677',
  size: 303,
  note,
  digest: digest(note),
  stamps: [{ authority: 'local', answer: randomBytes(800) }],
};
const forked: Deposit = { ...deposit, note: Buffer.from('another'), digest: digest('another') };
const kept = { kept: true, lockedUntil: null };

let closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing) await close();
  closing = [];
});

describe('a folder elsewhere', () => {
  test('keeps the note and its stamps byte for byte, again and again, and refuses another note of the size', async () => {
    const dir = await folder();
    const depositary = fileDepositary('disk', dir);
    expect(depositary.hosts).toEqual([]);
    for (let n = 0; n < 2; n += 1) expect(await depositary.keep(deposit)).toEqual(kept);
    const within = join(dir, 'exhibit-0011223344556677');
    expect(await readdir(within)).toEqual(['00000303.note', '00000303.note.local.tsr']);
    expect(await readFile(join(within, '00000303.note'))).toEqual(note);
    expect(await depositary.keep(forked)).toMatchObject({
      reason: 'differs',
      text: expect.stringContaining('two histories') as string,
    });
    expect(await readdir(dir)).toEqual(['exhibit-0011223344556677']);
  });

  test('that is not there is not made', async () => {
    const dir = join(await folder(), 'not-mounted');
    const depositary = fileDepositary('disk', dir);
    expect(await depositary.look()).toMatchObject({ ok: false });
    expect(await depositary.keep(deposit)).toMatchObject({ kept: false, reason: 'unreachable' });
    await mkdir(dir);
    await writeFile(join(dir, 'exhibit-0011223344556677'), 'a file in the way');
    expect(await depositary.keep(deposit)).toMatchObject({ kept: false, reason: 'refused' });
  });
});

describe('a webhook', () => {
  const told = async (answer: { status: number }, secret: string) => {
    const heard: HttpRequest[] = [];
    const server = await startHttp(
      (request) => {
        heard.push(request);
        return { status: answer.status, headers: {}, body: '' };
      },
      { now },
    );
    closing.push(() => server.close());
    const url = new URL('/checkpoints?of=example', server.url);
    const depositary = webhookDepositary('hook', {
      ...{ url, secret: () => Promise.resolve(secret), wire: network, now, signal },
    });
    return { heard, depositary };
  };

  test.each([
    ['text', 'a secret', Buffer.from('a secret')],
    ['base64', `whsec_${Buffer.from('a key').toString('base64')}`, Buffer.from('a key')],
  ])('is told what was signed, and signs it by a secret in %s', async (_, secret, key) => {
    const { heard, depositary } = await told({ status: 204 }, secret);
    expect(await depositary.keep(deposit)).toEqual(kept);
    const [{ headers, body, path }] = heard as [HttpRequest];
    expect(path).toBe('/checkpoints?of=example');
    const signed = [headers['webhook-id'], headers['webhook-timestamp'], body.toString()].join('.');
    expect(headers['webhook-signature']).toBe(
      `v1,${createHmac('sha256', key).update(signed).digest('base64')}`,
    );
    expect(headers['webhook-timestamp']).toBe(String(now().getTime() / 1000));
    expect(JSON.parse(body.toString())).toEqual({
      type: 'exhibit.checkpoint',
      origin: deposit.origin,
      size: 303,
      note: note.toString(),
      stamps: [{ authority: 'local', answer: Buffer.from(deposit.stamps[0]!.answer).toString('base64') }],
    });
  });

  test.each([
    [500, 'refused'],
    [302, 'refused'],
    [409, 'differs'],
  ])('that answers with %i says why', async (status, reason) => {
    const { depositary } = await told({ status }, 'secret');
    expect(await depositary.keep(deposit)).toMatchObject({ kept: false, reason });
  });

  test('that is not there says so, and no secret is told', async () => {
    const depositary = webhookDepositary('hook', {
      url: new URL('http://127.0.0.1:9/x?token=hidden'),
      ...{ secret: () => Promise.resolve('hidden'), wire: network, now, signal },
    });
    const outcome = await depositary.keep(deposit);
    expect(outcome).toMatchObject({ kept: false, reason: 'unreachable' });
    expect(JSON.stringify(outcome)).not.toContain('hidden');
  });
});

describe('a mailbox', () => {
  const login = { user: 'exhibit', password: 'a password' };
  const to = ['auditor@example.com', 'broker@example.com'];
  const mailer = (server: string, more: { authorities?: string[]; password?: string } = {}) =>
    mailDepositary('mail', {
      server: new URL(server),
      login: { user: login.user, password: () => Promise.resolve(more.password ?? login.password) },
      from: 'exhibit@example.com',
      to,
      authorities: more.authorities ?? [],
      now,
    });

  test('gets the note and its stamps byte for byte, over TLS, from whoever may send', async () => {
    const tls = await selfSigned(new Date());
    const server = await startSmtp({ tls, login });
    closing.push(server.close);
    const depositary = mailer(server.url, { authorities: [tls.cert] });
    expect(await depositary.look()).toMatchObject({ ok: true });
    expect(await depositary.keep(deposit)).toEqual(kept);
    const [mail] = server.mails;
    expect([mail?.from, mail?.to]).toEqual(['exhibit@example.com', to]);
    expect(mail?.text).toMatch(/^Subject: Checkpoint 303 of exhibit\/0011223344556677$/m);
    const attached = attachmentsOf(mail!);
    expect(attached.get('00000303.note')).toEqual(note);
    expect(attached.get('00000303.note.local.tsr')).toEqual(deposit.stamps[0]!.answer);
  });

  test('is told nothing where the server is not known, or does not know us', async () => {
    const tls = await selfSigned(new Date());
    const server = await startSmtp({ tls, login });
    closing.push(server.close);
    const stranger = mailer(server.url);
    expect(await stranger.look()).toMatchObject({ ok: false });
    expect(await stranger.keep(deposit)).toMatchObject({ kept: false, reason: 'unreachable' });
    const wrong = mailer(server.url, { authorities: [tls.cert], password: 'wrong' });
    expect(await wrong.keep(deposit)).toMatchObject({ kept: false, reason: 'refused' });
    expect(server.mails).toEqual([]);
  });

  test('of somebody who is not known there is told, though others got it', async () => {
    const server = await startSmtp({ refuse: (address) => address.startsWith('broker') });
    closing.push(server.close);
    const depositary = mailDepositary('mail', {
      ...{ server: new URL(server.url), login: null, from: 'exhibit@example.com', to, authorities: [], now },
    });
    expect(await depositary.keep(deposit)).toMatchObject({ kept: false, reason: 'refused' });
    expect(server.mails).toMatchObject([{ to: ['auditor@example.com'] }]);
  });

  test('that is not there says so', async () => {
    expect(await mailer('smtp://127.0.0.1:9').keep(deposit)).toMatchObject({
      kept: false,
      reason: 'unreachable',
    });
  });
});

describe('a bucket', () => {
  const started = async () => {
    const found = await startBucket('checkpoints', now);
    closing.push(() => found.server.close());
    const depositary = s3Depositary('locked', {
      ...{ bucket: 'checkpoints', region: 'eu-central-1', prefix: 'of-example/', days: 400 },
      endpoint: new URL(found.url),
      credentials: () =>
        Promise.resolve({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' }),
      ...{ wire: network, now, signal },
    });
    return { ...found, depositary };
  };

  test('with Object Lock keeps it where nobody can take it away, and that is looked at', async () => {
    const { depositary, objects } = await started();
    expect(await depositary.look()).toMatchObject({ ok: true });
    const lockedUntil = new Date('2027-04-06T02:30:00Z');
    expect(await depositary.keep(deposit)).toEqual({ kept: true, lockedUntil });
    const key = 'of-example/exhibit-0011223344556677/00000303.note';
    expect([...objects.keys()]).toEqual([key, `${key}.local.tsr`]);
    expect(objects.get(key)).toMatchObject({ body: note, mode: 'COMPLIANCE' });
    // The same again is kept already; another note of the size is another history.
    expect(await depositary.keep(deposit)).toEqual({ kept: true, lockedUntil });
    expect(await depositary.keep(forked)).toMatchObject({ kept: false, reason: 'differs' });
    expect(objects.get(key)?.body).toEqual(note);
  });

  test.each([
    ['keeps no versions', /keeps no versions/, { versions: 'Suspended' as const }],
    ['was never told to keep versions', /keeps no versions/, { versions: null }],
    ['has no Object Lock', /has no Object Lock/, { objectLock: false }],
  ])('that %s is not taken for a locked one, and gets nothing', async (_, why, changes) => {
    const { depositary, bucket, objects } = await started();
    Object.assign(bucket, changes);
    expect(await depositary.look()).toMatchObject({ ok: false, text: expect.stringMatching(why) as string });
    expect(await depositary.keep(deposit)).toMatchObject({
      reason: 'not-locked',
      text: expect.stringMatching(why) as string,
    });
    expect(objects.size).toBe(0);
  });

  test.each([
    ['does not lock', { honest: false }],
    ['locks for a shorter time', { shorter: 30 }],
  ])('that takes the wish and %s is found out', async (_, changes) => {
    const { depositary, bucket } = await started();
    Object.assign(bucket, changes);
    expect(await depositary.keep(deposit)).toMatchObject({ kept: false, reason: 'not-locked' });
  });

  test('that refuses, or is not there, says so', async () => {
    const { depositary, server } = await started();
    server.faults.add({ match: { method: 'PUT' }, fault: { kind: 'answer', status: 403 } });
    expect(await depositary.keep(deposit)).toMatchObject({ kept: false, reason: 'refused' });
    server.faults.clear();
    server.faults.add({ fault: { kind: 'drop', when: 'before-headers' } });
    expect(await depositary.keep(deposit)).toMatchObject({ kept: false, reason: 'unreachable' });
    expect(await depositary.look()).toMatchObject({ ok: false });
  });
});
