import { randomBytes } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished, describe, expect, test } from 'vitest';
import { checkpointFile, signCheckpoint } from '../../vault/checkpoint.ts';
import { createVault, openVault, openWithNewKeys, type KeyChange } from '../../vault/files.ts';
import { adoptKeys, newRecoveryKey, nextDir, prepareKeys, readRecoveryKey } from '../../vault/key-change.ts';
import { KeyBook } from '../../vault/key-book.ts';
import { createKeys, loadKeys, readKeys, type Keys, type SigningKey } from '../../vault/keys.ts';
import { lineBytes, Reading, readLedgerFile } from '../../vault/ledger.ts';
import type { NewLine } from '../../vault/ledger-lines.ts';
import type { Vault } from '../../vault/vault.ts';
import { verifyVault } from '../../vault/verify.ts';
import { folder, now, slotOf, writeNight } from './support.ts';

/* Whoever signs a ledger hands over to other keys, or is called back, and readers follow as far as they were told. */
const origin = 'exhibit-test';

interface Made {
  readonly dir: string;
  readonly keysDir: string;
  readonly first: Keys;
  readonly vault: Vault;
  readonly recovery: { readonly vkey: string; readonly key: SigningKey };
}

async function made(): Promise<Made> {
  const base = await folder();
  const [dir, keysDir] = [join(base, 'vault'), join(base, 'keys')];
  const first = await createKeys(keysDir, origin);
  const { vkey, pem } = newRecoveryKey(origin);
  await writeFile(join(base, 'paper'), pem);
  const key = await readRecoveryKey(join(base, 'paper'), origin, vkey);
  const vault = await createVault({ dir, keys: first, now, randomBytes, recovery: vkey });
  await writeNight(vault, slotOf(0), 0);
  await vault.close();
  return { dir, keysDir, first, vault, recovery: { vkey, key } };
}

const rotates = (old: Keys, next: Keys): KeyChange => ({
  line: { type: 'key', vkey: next.vkey, signer: next.signer, replaces: old.vkey },
  by: old.log,
});
const callsBack = ({ first, recovery }: Made, next: Keys): KeyChange => ({
  line: {
    ...{ type: 'key.revoke', vkey: next.vkey, signer: next.signer, replaces: first.vkey },
    ...{ since: '2026-03-02T00:00:00.000Z', reason: 'stolen' },
  },
  by: recovery.key,
});

async function opened(dir: string, keys: Keys, change?: KeyChange): Promise<Vault> {
  const options = { dir, keys, now, randomBytes };
  const vault = await (change ? openWithNewKeys(options, change) : openVault(options));
  onTestFinished(() => vault.close().catch(() => undefined));
  return vault;
}

/** Hands over to new keys, and writes another night with them. */
async function changed(of: Made, change: (next: Keys) => KeyChange): Promise<Keys> {
  const next = (await prepareKeys(of.keysDir, origin))!;
  const vault = await opened(of.dir, next, change(next));
  await adoptKeys(of.keysDir);
  await writeNight(vault, slotOf(1), 1);
  await vault.close();
  return next;
}

async function typesIn(dir: string): Promise<string[]> {
  const types: string[] = [];
  for await (const { line } of readLedgerFile(dir)) types.push(line.type);
  return types;
}

const authorOf = async (dir: string, trust: NonNullable<Parameters<typeof verifyVault>[1]>['trust']) => {
  const { ok, facts, problems } = await verifyVault(dir, trust ? { trust } : {});
  return { ok, author: facts.authorEstablished, problems: problems.map(({ code }) => code) };
};
const well = { ok: true, author: true, problems: [] };
const refused = { ok: false, author: false, problems: ['key'] };

describe('keys that hand over', () => {
  test('are both in the checkpoint that says so, and whoever knows either believes what follows', async () => {
    const of = await made();
    const next = await changed(of, (keys) => rotates(of.first, keys));
    expect(await typesIn(of.dir)).toEqual([
      ...['genesis', 'alias', 'slot.open', 'run', 'slot.close'],
      ...['key', 'slot.open', 'run', 'slot.close'],
    ]);
    const note = await readFile(join(of.dir, 'ledger/checkpoints', checkpointFile(6)), 'utf8');
    expect(note.match(/^— /gm)).toHaveLength(2);
    for (const vkey of [of.first.vkey, next.vkey])
      expect(await authorOf(of.dir, { vkeys: [vkey] })).toEqual(well);
    expect(await authorOf(of.dir, { vkeys: [of.recovery.vkey] })).toEqual(refused);
    expect((await loadKeys(of.keysDir)).vkey).toBe(next.vkey);
    expect(await readdir(of.keysDir)).toEqual(['log.pem', 'origin', 'packet.pem']);
  });

  test('write on no more when they handed over', async () => {
    const of = await made();
    await changed(of, (keys) => rotates(of.first, keys));
    await expect(opened(of.dir, of.first)).rejects.toThrow(/are not those of the vault/);
  });

  test('hand over to nobody without the signature of the old ones', async () => {
    const of = await made();
    await changed(of, (keys) => ({ ...rotates(of.first, keys), by: of.recovery.key }));
    expect(await authorOf(of.dir, { vkeys: [of.first.vkey] })).toMatchObject({ ok: false });
    expect((await verifyVault(of.dir)).problems.map(({ code }) => code)).toEqual(['checkpoint', 'key']);
  });

  test('are missed where the checkpoint is gone that both signed', async () => {
    const of = await made();
    await changed(of, (keys) => rotates(of.first, keys));
    await rm(join(of.dir, 'ledger/checkpoints', checkpointFile(6)));
    expect((await verifyVault(of.dir)).problems).toMatchObject([{ code: 'key', where: 'line 5' }]);
  });

  test('never come back, and replace no other than the one that signs', () => {
    const line = (n: number, more: Record<string, unknown>) =>
      ({ v: 1, n, t: '2026-03-02T02:30:00.000Z', prev: '', ...more }) as never;
    const key = (vkey: string, replaces: string) => ({ type: 'key', vkey, signer: 'x', replaces });
    const problemsOf = (...lines: readonly Record<string, unknown>[]) => {
      const book = new KeyBook();
      for (const [n, each] of [
        { type: 'genesis', origin, vkey: a, signer: 'x', recovery: null },
        ...lines,
      ].entries())
        book.take(line(n, each));
      return book.problems.map(({ where }) => where);
    };
    const [a, b, c] = [vkeyNamed(origin), vkeyNamed(origin), vkeyNamed('another')];
    expect(problemsOf(key(b, a))).toEqual([]);
    expect(problemsOf(key(b, b))).toEqual(['line 1']);
    expect(problemsOf(key(b, a), key(a, b))).toEqual(['line 2']);
    expect(problemsOf(key(c, a))).toEqual(['line 1']);
    expect(problemsOf({ ...key(b, a), type: 'key.revoke', since: '2026-03-02T02:30:00.000Z' })).toEqual([
      'line 1',
    ]);
  });
});

const vkeyNamed = (name: string) => newRecoveryKey(name).vkey;

describe('keys that are called back', () => {
  test('are followed by whoever knows the recovery key, or the new keys, and nobody else', async () => {
    const of = await made();
    const next = await changed(of, (keys) => callsBack(of, keys));
    const { vkey: recovery } = of.recovery;
    expect(await authorOf(of.dir, { vkeys: [next.vkey] })).toEqual(well);
    expect(await authorOf(of.dir, { vkeys: [of.first.vkey], recovery })).toEqual(well);
    expect(await authorOf(of.dir, { vkeys: [of.first.vkey] })).toEqual(refused);
    expect(await authorOf(of.dir, { vkeys: [of.first.vkey], recovery: vkeyNamed(origin) })).toEqual(refused);
  });

  test('lead nobody to keys of a stranger, whose ledger names his own recovery key', async () => {
    const of = await made();
    const dir = join(await folder(), 'vault');
    const stranger = { ...of, ...(await strangers(dir, of.first)) };
    expect(await authorOf(dir, { vkeys: [stranger.next.vkey] })).toEqual(well);
    expect(await authorOf(dir, { vkeys: [of.first.vkey] })).toEqual(refused);
    expect(await authorOf(dir, { vkeys: [of.first.vkey], recovery: of.recovery.vkey })).toEqual(refused);
  });

  test('hand over to no other than those of which the reader was told', async () => {
    const of = await made();
    const thief = join(await folder(), 'vault');
    await cp(of.dir, thief, { recursive: true });
    const told = await changed(of, (keys) => callsBack(of, keys));
    const stolen = await createKeys(join(thief, '../keys'), origin);
    const vault = await opened(thief, stolen, rotates(of.first, stolen));
    await vault.close();
    const vkeys = [told.vkey, of.first.vkey];
    expect(await authorOf(thief, { vkeys })).toEqual(well);
    expect(await authorOf(thief, { vkeys, ended: new Set([of.first.vkey]) })).toEqual(refused);
    expect(await authorOf(of.dir, { vkeys, ended: new Set([of.first.vkey]) })).toEqual(well);
  });
});

/** A vault of somebody who knows nothing but the public halves of other keys, and calls them back by a key of his own. */
async function strangers(dir: string, victim: Keys): Promise<{ readonly next: Keys }> {
  const next = await createKeys(join(dir, '../keys'), origin);
  const { vkey, pem } = newRecoveryKey(origin);
  await writeFile(join(dir, '../paper'), pem);
  const own = await readRecoveryKey(join(dir, '../paper'), origin, vkey);
  const lines: readonly NewLine[] = [
    { type: 'genesis', origin, vkey: victim.vkey, signer: victim.signer, recovery: vkey },
    {
      ...{ type: 'key.revoke', vkey: next.vkey, signer: next.signer, replaces: victim.vkey },
      ...{ since: '2026-03-02T00:00:00.000Z', reason: 'stolen' },
    },
  ];
  const reading = new Reading();
  let text = '';
  for (const line of lines) {
    const bytes = lineBytes(line, reading.size, now(), reading.chain);
    reading.take(bytes);
    text += `${bytes.toString()}\n`;
  }
  const { size, chain, root } = reading;
  if (chain === '') throw new Error('there are lines');
  await mkdir(join(dir, 'ledger/checkpoints'), { recursive: true });
  await writeFile(join(dir, 'ledger/ledger.jsonl'), text);
  const note = signCheckpoint({ origin, size, root, chain }, next, [own]);
  await writeFile(join(dir, 'ledger/checkpoints', checkpointFile(size)), note);
  return { next };
}

describe('a change that was broken off goes on', () => {
  const steps: readonly (readonly [string, (of: Made, next: Keys) => Promise<unknown>])[] = [
    ['when the new keys were made', () => Promise.resolve()],
    [
      'when the line was written and not signed',
      async (of, next) => {
        await (await opened(of.dir, next, rotates(of.first, next))).close();
        for (const name of await readdir(join(of.dir, 'ledger/checkpoints')))
          if (name > checkpointFile(5)) await rm(join(of.dir, 'ledger/checkpoints', name));
      },
    ],
    ['when it was signed', async (of, next) => (await opened(of.dir, next, rotates(of.first, next))).close()],
    [
      'when one of the new keys was put in its place',
      async (of, next) => {
        await (await opened(of.dir, next, rotates(of.first, next))).close();
        await rename(join(nextDir(of.keysDir), 'packet.pem'), join(of.keysDir, 'packet.pem'));
      },
    ],
  ];
  test.each(steps)('%s', async (_, until) => {
    const of = await made();
    const next = (await prepareKeys(of.keysDir, origin))!;
    await until(of, next);
    await expect(loadKeys(of.keysDir)).rejects.toThrow(/was broken off: give the same command/);
    const old = await readKeys(of.keysDir);
    const again = (await prepareKeys(of.keysDir, origin))!;
    expect([again.vkey, again.signer]).toEqual([next.vkey, next.signer]);
    const vault = await opened(of.dir, again, rotates({ ...of.first, log: old.log }, again));
    await adoptKeys(of.keysDir);
    await vault.close();
    expect((await typesIn(of.dir)).filter((type) => type === 'key')).toHaveLength(1);
    expect((await loadKeys(of.keysDir)).signer).toBe(next.signer);
    expect(await authorOf(of.dir, { vkeys: [of.first.vkey] })).toEqual(well);
  });

  test('and nothing is left to do when both were put in their place', async () => {
    const of = await made();
    const next = (await prepareKeys(of.keysDir, origin))!;
    await (await opened(of.dir, next, rotates(of.first, next))).close();
    for (const name of ['packet.pem', 'log.pem'])
      await rename(join(nextDir(of.keysDir), name), join(of.keysDir, name));
    expect(await prepareKeys(of.keysDir, origin)).toBeNull();
    await adoptKeys(of.keysDir);
    expect((await loadKeys(of.keysDir)).vkey).toBe(next.vkey);
  });
});

test('a recovery key is read as it was copied from paper, and must be the one of the vault', async () => {
  const dir = await folder();
  const { vkey, pem } = newRecoveryKey(origin);
  const body = pem.split('\n').slice(1, -2).join('');
  for (const text of [pem, body, `${body.slice(0, 20)} ${body.slice(20)}\r\n`]) {
    await writeFile(join(dir, 'paper'), text);
    expect((await readRecoveryKey(join(dir, 'paper'), origin, vkey)).publicKey).toHaveLength(32);
  }
  await writeFile(join(dir, 'paper'), newRecoveryKey(origin).pem);
  await expect(readRecoveryKey(join(dir, 'paper'), origin, vkey)).rejects.toThrow(/is not the recovery key/);
  await writeFile(join(dir, 'paper'), 'lost');
  await expect(readRecoveryKey(join(dir, 'paper'), origin, vkey)).rejects.toThrow(/is not a private key/);
});
