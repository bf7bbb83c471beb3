import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { describe, expect, test } from 'vitest';
import { demoFolder } from '../support/demo-folder.ts';
import { exhibit } from './support.ts';

/* What is sent by mail or put on somebody's portal is for its recipients alone. */
describe('a packet that is encrypted', () => {
  const demo = demoFolder();
  const encrypt = (packet: string, ...more: string[]) => exhibit(demo().dir, ['encrypt', packet, ...more]);

  test('is opened by each recipient, byte for byte, and by nobody else', async () => {
    const keys = await Promise.all([1, 2, 3].map(() => generateX25519Identity()));
    const [one = '', two = ''] = await Promise.all(keys.map((key) => identityToRecipient(key)));
    const packet = demo().packet('insurer');
    const { code, stdout } = await encrypt(packet, '--to', one, two, '--out', 'out.age');
    expect([code, stdout]).toEqual([0, expect.stringContaining('it is a draft, and says so on each page')]);
    const sealed = await readFile(join(demo().dir, 'out.age'));
    expect((await stat(join(demo().dir, 'out.age'))).mode & 0o777).toBe(0o600);
    expect(sealed.includes('Larkspur')).toBe(false);
    const opened = async (key = '') => {
      const decrypter = new Decrypter();
      decrypter.addIdentity(key);
      return Buffer.from(await decrypter.decrypt(sealed));
    };
    for (const key of keys.slice(0, 2)) expect((await opened(key)).equals(await readFile(packet))).toBe(true);
    await expect(opened(keys[2])).rejects.toThrow();
    const changed = Buffer.from(sealed);
    changed[changed.length - 100]! ^= 1;
    const decrypter = new Decrypter();
    decrypter.addIdentity(keys[0]!);
    await expect(decrypter.decrypt(changed)).rejects.toThrow();
  });

  test('is never one that stays home, nor written over anything, nor for a secret key', async () => {
    const key = await generateX25519Identity();
    const to = await identityToRecipient(key);
    const said = async (packet: string, ...more: string[]) => {
      const { code, stderr } = await encrypt(packet, ...more);
      return [code, stderr.trim()];
    };
    expect(await said(demo().packet('insurer-private'), '--to', to)).toEqual([
      2,
      'exhibit: a packet insurer-private stays with the company, and is not handed over',
    ]);
    const packet = demo().packet('board');
    expect(await said(packet)).toEqual([2, expect.stringContaining('for whom')]);
    const secret = await said(packet, '--to', key);
    expect(secret).toEqual([2, expect.stringContaining('is no public key of age')]);
    expect(secret[1]).not.toContain(key.slice(0, 20));
    await writeFile(join(demo().dir, 'there.age'), 'something');
    expect(await said(packet, '--to', to, '--out', 'there.age')).toEqual([
      2,
      expect.stringContaining('is there already'),
    ]);
    expect(await readFile(join(demo().dir, 'there.age'), 'utf8')).toBe('something');
    expect((await readdir(demo().dir)).filter((name) => name.endsWith('.part'))).toEqual([]);
  });
});
