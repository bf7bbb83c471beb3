import { access, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { onDisk, operatorErrorOf, syncFolder, writeOnce } from './disk.ts';
import {
  createKeys,
  readKeys,
  signingKey,
  signingKeyOf,
  vkeyOf,
  type Keys,
  type SigningKey,
} from './keys.ts';

/*
 * New keys lie in a folder inside that of the old ones until the ledger says that they sign. Whatever ends the process
 * meanwhile, the same command goes on where it ended.
 */

/** Where new keys lie. */
export const nextDir = (keys: string) => join(keys, 'next');

/** The keys that are to sign next, made where there are none; `null` where they are in their place already. */
export async function prepareKeys(dir: string, origin: string): Promise<Keys | null> {
  const next = nextDir(dir);
  const has = (name: string) => exists(join(next, name));
  // The origin is written last: without it they were never whole, and have signed nothing.
  if (!(await has('origin'))) {
    await onDisk(`the keys in ${next} cannot be made`, () => rm(next, { recursive: true, force: true }));
    return createKeys(next, origin);
  }
  if (!(await has('log.pem'))) return null;
  return readKeys(dir, { log: next, packet: (await has('packet.pem')) ? next : dir, origin: next });
}

/** Puts the new keys in the place of the old ones, which sign nothing any more and are gone then. */
export async function adoptKeys(dir: string): Promise<void> {
  const next = nextDir(dir);
  await onDisk(`the keys in ${dir} cannot be changed`, async () => {
    for (const name of ['packet.pem', 'log.pem'])
      if (await exists(join(next, name))) await rename(join(next, name), join(dir, name));
    // A key that was lost may have taken the name of the vault with it.
    if (!(await exists(join(dir, 'origin')))) await rename(join(next, 'origin'), join(dir, 'origin'));
    await syncFolder(dir);
    await rm(next, { recursive: true, force: true });
  });
}

/** A key that is kept elsewhere, on paper best: it does nothing but call back keys that were stolen or lost. */
export interface RecoveryKey {
  readonly vkey: string;
  /** PKCS#8. It belongs elsewhere, and is never read from here. */
  readonly pem: string;
}

/** Where it lies in the folder of the keys until somebody takes it away: what is printed stands in logs. */
export const recoveryFile = 'recovery.pem';

export function newRecoveryKey(origin: string): RecoveryKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return {
    vkey: vkeyOf(origin, signingKeyOf(privateKey).publicKey),
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

/** Puts it where it is to be taken from, on disk before a ledger names it. Never overwrites. */
export async function keepRecoveryKey(dir: string, { pem }: RecoveryKey): Promise<string> {
  const path = join(dir, recoveryFile);
  const what = `the recovery key cannot be put into ${dir}`;
  const isNew = await onDisk(what, () => writeOnce(path, Buffer.from(pem), `${path}.part`, 0o600));
  if (!isNew)
    throw new OperatorError(`${path} is there already: take it away, it may be that of another vault`);
  return path;
}

/** Reads a recovery key from wherever it was kept. It must be the one of this ledger. */
export async function readRecoveryKey(file: string, origin: string, vkey: string): Promise<SigningKey> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw operatorErrorOf(error, `the recovery key ${file} cannot be read`) ?? error;
  }
  // What was copied from paper may have lost its frame.
  const [, body = text] = /-----BEGIN PRIVATE KEY-----([\s\S]*)-----END/.exec(text) ?? [];
  const pem = `-----BEGIN PRIVATE KEY-----\n${body.replaceAll(/\s/g, '')}\n-----END PRIVATE KEY-----\n`;
  const key = signingKey(isKey(pem) ? pem : text, file);
  if (vkeyOf(origin, key.publicKey) !== vkey)
    throw new OperatorError(
      `${file} is not the recovery key of this vault: look for the one that was made with it, as ${recoveryFile} beside its keys`,
    );
  return key;
}

function isKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
