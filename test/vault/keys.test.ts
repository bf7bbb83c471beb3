import { generateKeyPairSync, verify } from 'node:crypto';
import { chmod, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { openCheckpoint, signCheckpoint } from '../../vault/checkpoint.ts';
import { createKeys, keyIdOf, loadKeys, parseVkey, publicKeyOf, vkeyOf } from '../../vault/keys.ts';
import { anchorsOf, writeTrust } from '../../vault/trust-folder.ts';
import { emptyRoot } from '../../vault/merkle.ts';
import { digest } from '../../evidence-model/digest.ts';
import { folder, newVault } from './support.ts';

async function newKeys() {
  const base = await folder();
  const dir = join(base, 'keys');
  return { base, dir, keys: await createKeys(dir, 'exhibit/0011223344556677') };
}

describe('keys', () => {
  test('are made for their owner alone and read back the same', async () => {
    const { dir, keys } = await newKeys();
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    for (const name of ['log.pem', 'packet.pem', 'origin'])
      expect((await stat(join(dir, name))).mode & 0o777).toBe(0o600);
    const again = await loadKeys(dir);
    expect(again.vkey).toBe(keys.vkey);
    expect(again.allowedSigner).toBe(keys.allowedSigner);
    expect(again.log.publicKey).not.toEqual(again.packet.publicKey);
  });

  test('are never overwritten, not even one of them', async () => {
    const { dir } = await newKeys();
    const before = await readFile(join(dir, 'packet.pem'));
    await rm(join(dir, 'log.pem'));
    await expect(createKeys(dir, 'exhibit/ffff')).rejects.toThrow(OperatorError);
    expect(await readFile(join(dir, 'packet.pem'))).toEqual(before);
    expect(await readdir(dir)).toEqual(['origin', 'packet.pem']);
  });

  test.each([
    [
      'others may read it',
      async (path: string) => chmod(path, 0o640),
      /can be read by others: run chmod 600/,
    ],
    ['it is missing', async (path: string) => rm(path), /cannot be read: it does not exist/],
    ['it is no key', async (path: string) => writeFile(path, 'secret'), /is not a private key/],
    [
      'it is a key of another kind',
      async (path: string) =>
        writeFile(path, generateKeyPairSync('x25519').privateKey.export({ type: 'pkcs8', format: 'pem' })),
      /is not an Ed25519 key/,
    ],
  ])('are refused with a sentence that names the file where %s', async (_, spoil, sentence) => {
    const { dir } = await newKeys();
    await spoil(join(dir, 'log.pem'));
    const told = await loadKeys(dir).catch((error: unknown) => error);
    expect(told).toBeInstanceOf(OperatorError);
    expect(told).toHaveProperty('message', expect.stringMatching(sentence));
    expect(told).toHaveProperty('message', expect.stringContaining(join(dir, 'log.pem')));
    expect(told).toHaveProperty('message', expect.not.stringContaining('secret'));
  });

  test('hand out anchors that hold no private half', async () => {
    const { keys, vault } = await newVault();
    const dir = join(await folder(), 'trust');
    await writeTrust(dir, await anchorsOf(vault));
    await writeTrust(dir, await anchorsOf(vault));
    const id = keyIdOf(keys.origin, keys.log.publicKey).toString('hex');
    expect(await readdir(dir)).toEqual(['allowed_signers', `log-${id}.pub.pem`, 'log.pub.pem', 'log.vkey']);
    expect(await readFile(join(dir, 'allowed_signers'), 'utf8')).toMatch(
      /^packet@exhibit-test namespaces="evidence-packet-v1" ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA[A-Za-z0-9+/]{44}\n$/,
    );
    expect(await readFile(join(dir, 'log.vkey'), 'utf8')).toBe(`${keys.vkey}\n`);
    const signed = keys.log.sign(Buffer.from('text'));
    const pem = await readFile(join(dir, 'log.pub.pem'), 'utf8');
    expect(pem).not.toContain('PRIVATE');
    expect(verify(null, Buffer.from('text'), pem, signed)).toBe(true);
  });

  test('are named as signed notes name them', () => {
    // The key of https://pkg.go.dev/golang.org/x/mod/sumdb/note#example-Open
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    const parsed = parseVkey(vkey);
    expect(parsed?.name).toBe('PeterNeumann');
    expect(vkeyOf('PeterNeumann', parsed!.publicKey)).toBe(vkey);
    expect(parseVkey(vkey.replace('c74f20a3', 'c74f20a4'))).toBeNull();
    expect(parseVkey(vkey.replace('Peter', 'Petra'))).toBeNull();
  });
});

describe('a checkpoint', () => {
  const body = { origin: 'exhibit/0011223344556677', size: 303, root: emptyRoot, chain: digest('line\n') };

  test('is a signed note whose first lines are those of a transparency log, and one of ours', async () => {
    const { keys } = await newKeys();
    const note = signCheckpoint(body, keys);
    const lines = note.split('\n');
    expect(lines.slice(0, 5)).toEqual([
      body.origin,
      '303',
      '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
      `chain-sha256 ${body.chain}`,
      '',
    ]);
    expect(lines[5]).toMatch(/^— exhibit\/0011223344556677 [A-Za-z0-9+/=]{92}$/);
    const signature = Buffer.from(lines[5]!.split(' ')[2]!, 'base64').subarray(4);
    const signed = Buffer.from(`${lines.slice(0, 4).join('\n')}\n`);
    expect(verify(null, signed, publicKeyOf(keys.log.publicKey), signature)).toBe(true);
    expect(openCheckpoint(note, keys.vkey)).toEqual(body);
  });

  test.each([
    ['another size', (note: string) => note.replace('\n303\n', '\n304\n')],
    ['another root', (note: string) => note.replace('47DE', '48DE')],
    ['another chain', (note: string) => note.replace(body.chain, digest('other'))],
    ['a size that is written otherwise', (note: string) => note.replace('\n303\n', '\n0303\n')],
    ['a further line', (note: string) => note.replace('\n\n', '\nmore\n\n')],
    ['a second signature', (note: string) => `${note}${note.slice(note.indexOf('— '))}`],
    ['something behind it', (note: string) => `${note}\n`],
    ['another name', (note: string) => note.replaceAll('exhibit/', 'exhibat/')],
    ['no signature', (note: string) => note.slice(0, note.indexOf('— '))],
  ])('is refused with %s', async (_, change) => {
    const { keys } = await newKeys();
    const note = signCheckpoint(body, keys);
    expect(change(note)).not.toBe(note);
    expect(openCheckpoint(change(note), keys.vkey)).toBeNull();
  });

  test.each([
    ['a size that is written otherwise', 'exhibit/0011223344556677\n0303\n'],
    ['another origin than its key', 'exhibit/other\n303\n'],
  ])('is refused with %s, though the key signed it so', async (_, beginning) => {
    const { keys } = await newKeys();
    const note = signCheckpoint(body, keys);
    const [, , root, chain, , signature] = note.split('\n');
    const text = `${beginning}${root}\n${chain}\n`;
    const keyId = Buffer.from(signature!.split(' ')[2]!, 'base64').subarray(0, 4);
    const signed = Buffer.concat([keyId, keys.log.sign(Buffer.from(text))]).toString('base64');
    expect(openCheckpoint(`${text}\n— ${keys.origin} ${signed}\n`, keys.vkey)).toBeNull();
    const same = text.replace(beginning, `${keys.origin}\n303\n`);
    const right = Buffer.concat([keyId, keys.log.sign(Buffer.from(same))]).toString('base64');
    expect(openCheckpoint(`${same}\n— ${keys.origin} ${right}\n`, keys.vkey)).toEqual(body);
  });

  test('is refused under the key of another', async () => {
    const [{ keys }, other] = [await newKeys(), await newKeys()];
    expect(openCheckpoint(signCheckpoint(body, keys), other.keys.vkey)).toBeNull();
  });
});
