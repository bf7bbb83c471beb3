import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import type { Ended } from '../../vault/key-book.ts';
import { parseVkey } from '../../vault/keys.ts';
import { isRoot, readPem, type Certificate } from '../../vault/time-stamp/certificate.ts';
import { DerError } from '../../vault/time-stamp/der.ts';
import { trustFilesIn } from '../../vault/trust-folder.ts';
import { allowedSigners, type Signer } from '../sshsig.ts';

/** What the reader had from the company by another way than the packet. */
export interface Trust {
  readonly signers: readonly Signer[];
  readonly vkeys: readonly string[];
  /** Those of the verifier keys that count no more. */
  readonly ended: ReadonlyMap<string, Ended>;
  /** The verifier key that may call keys back, where there is one. */
  readonly recovery: string | null;
  /** Certificates of those who stamp, by what the company calls them. */
  readonly authorities: ReadonlyMap<string, readonly Certificate[]>;
}

/** Reads trust anchors: the folder of them, or the text that `exhibit trust` printed. */
export async function readTrust(path: string): Promise<Trust> {
  return trustIn(await filesAt(path), path);
}

/** Trust anchors in files, by their paths; `path` is what the reader named. */
export function trustIn(files: ReadonlyMap<string, string>, path: string): Trust {
  const read = (name: string) => {
    const text = files.get(name);
    if (text === undefined)
      throw new OperatorError(
        `there is no ${name} in ${path}: name the folder with the keys that the company handed over, or the text of exhibit trust`,
      );
    return text;
  };
  const unreadable = () =>
    new OperatorError(`the keys in ${path} are not readable: ask the company for them again`);
  const ended = new Map<string, Ended>();
  const vkeys = read('log.vkey')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const [, vkey = '', until, revoked] =
        /^(\S+)(?: until=(\d{4}-\d\d-\d\dT[\d:.]+Z)( revoked)?)?$/.exec(line) ?? [];
      if (parseVkey(vkey) === null) throw unreadable();
      if (until !== undefined) ended.set(vkey, { until: new Date(until), revoked: revoked !== undefined });
      return vkey;
    });
  const signers = allowedSigners(read('allowed_signers'));
  if (signers.length === 0) throw unreadable();
  const recovery = files.get('recovery.vkey')?.trim() ?? null;
  if (recovery !== null && parseVkey(recovery) === null) throw unreadable();
  return { signers, vkeys, ended, recovery, authorities: authoritiesIn(files, path) };
}

/** The files of a folder of trust anchors, by their paths in it; or those that a text has one after another. */
async function filesAt(path: string): Promise<ReadonlyMap<string, string>> {
  const facts = await stat(path).catch(() => {
    throw new OperatorError(
      `there is no ${path}: name the folder with the keys that the company handed over, or the text of exhibit trust`,
    );
  });
  if (facts.isFile()) return trustFilesIn(await readFile(path, 'latin1'));
  // Whatever else lies in a folder that somebody names is not read.
  const roots = await readdir(join(path, 'tsa')).catch((): string[] => []);
  const names = [
    'allowed_signers',
    'log.vkey',
    'recovery.vkey',
    ...roots.sort().map((name) => `tsa/${name}`),
  ];
  const files = new Map<string, string>();
  for (const name of names) {
    const found = await stat(join(path, name)).catch(() => null);
    if (found?.isFile() === true) files.set(name, await readFile(join(path, name), 'latin1'));
  }
  return files;
}

function authoritiesIn(files: ReadonlyMap<string, string>, path: string): Trust['authorities'] {
  const found = new Map<string, readonly Certificate[]>();
  for (const [name, pem] of files) {
    const [, authority] = /^tsa\/([a-z0-9][a-z0-9-]{0,19})\.pem$/.exec(name) ?? [];
    if (authority === undefined) continue;
    const certificates = certificatesIn(pem);
    if (!certificates.some(isRoot))
      throw new OperatorError(`${name} in ${path} holds no root certificate: ask the company for it again`);
    found.set(authority, certificates);
  }
  return found;
}

function certificatesIn(pem: string): readonly Certificate[] {
  try {
    return readPem(pem);
  } catch (error) {
    if (error instanceof DerError) return [];
    throw error;
  }
}
