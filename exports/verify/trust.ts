import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { checkpointSize, openCheckpoint, type CheckpointBody } from '../../vault/checkpoint.ts';
import { allowedSignerOf, packetPrincipalOf, parseVkey } from '../../vault/keys.ts';
import { isRoot, readPem, type Certificate } from '../../vault/time-stamp/certificate.ts';
import { DerError } from '../../vault/time-stamp/der.ts';
import { signaturePath } from '../bag.ts';
import { allowedSigners, signerOf, type Signer } from '../sshsig.ts';
import type { ZipReader } from './zip-reader.ts';

/** What the reader had from the company by another way than the packet. */
export interface Trust {
  readonly signers: readonly Signer[];
  readonly vkeys: readonly string[];
  /** Certificates of those who stamp, by what the company calls them. */
  readonly authorities: ReadonlyMap<string, readonly Certificate[]>;
}

export async function readTrust(dir: string): Promise<Trust> {
  const read = (name: string) =>
    readFile(join(dir, name), 'utf8').catch(() => {
      throw new OperatorError(
        `there is no ${name} in ${dir}: name the folder with the keys that the company handed over`,
      );
    });
  const vkeys = (await read('log.vkey')).split('\n').filter((line) => line !== '');
  const signers = allowedSigners(await read('allowed_signers'));
  if (signers.length === 0 || vkeys.some((vkey) => parseVkey(vkey) === null))
    throw new OperatorError(`the keys in ${dir} are not readable: ask the company for them again`);
  return { signers, vkeys, authorities: await readAuthorities(join(dir, 'tsa')) };
}

async function readAuthorities(dir: string): Promise<Trust['authorities']> {
  const found = new Map<string, readonly Certificate[]>();
  const names = await readdir(dir).catch((): string[] => []); // nobody stamps, or nobody did when they were handed over
  for (const name of names.sort()) {
    const [, authority] = /^([a-z0-9][a-z0-9-]{0,19})\.pem$/.exec(name) ?? [];
    if (authority === undefined) continue;
    const certificates = certificatesIn(await readFile(join(dir, name), 'latin1'));
    if (!certificates.some(isRoot))
      throw new OperatorError(`${join(dir, name)} holds no root certificate: ask the company for it again`);
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

/** The one signed state of the ledger that a packet was cut at, and the key that signed it. */
export interface Signed {
  readonly file: string;
  readonly body: CheckpointBody;
  readonly vkey: string;
}

const checkpoints = 'ledger/checkpoints/';

/** The checkpoint that a packet was cut at: the last one, for those before it are there for their stamps. */
export function cutOf(zip: ZipReader): { readonly file: string; readonly size: number } {
  const notes = zip.paths.flatMap((path) => {
    const size = path.startsWith(checkpoints) ? checkpointSize(path.slice(checkpoints.length)) : null;
    return size === null ? [] : [{ file: path, size }];
  });
  const newest = notes.toSorted((a, b) => a.size - b.size).at(-1);
  if (!newest) throw new IntegrityError('there must be a checkpoint of the ledger');
  return newest;
}

/** Opens the checkpoint with the keys that are trusted; without any, with the one that came with the packet. */
export async function openSigned(zip: ZipReader, trust: Trust | null): Promise<Signed> {
  const { file, size } = cutOf(zip);
  const note = (await zip.read(file)).toString();
  const vkeys = trust?.vkeys ?? (await zip.read('keys/log.vkey')).toString().split('\n');
  for (const vkey of vkeys) {
    const body = openCheckpoint(note, vkey);
    if (!body) continue;
    if (body.size !== size) throw new IntegrityError(`${file} has the name of another checkpoint`);
    return { file, body, vkey };
  }
  throw new IntegrityError('the checkpoint is not signed by a key that is trusted');
}

/**
 * The packet must be signed in the name of the vault that it was made from, by a key that is trusted to: that somebody
 * else is trusted, too, is no reason to believe them about this vault. The keys that came along must be these.
 */
export async function checkSignature(
  zip: ZipReader,
  trust: Trust | null,
  signed: Signed | null,
): Promise<string> {
  if (!signed) throw new IntegrityError('it cannot be told whose signature it would have to be');
  const armoured = (await zip.read(signaturePath)).toString();
  const signer = signerOf(await zip.read('tagmanifest-sha256.txt'), armoured);
  if (!signer) throw new IntegrityError('the signature does not fit the packet');
  const principal = packetPrincipalOf(signed.body.origin);
  const copy = (await zip.read('keys/allowed_signers')).toString();
  const known = trust?.signers ?? allowedSigners(copy);
  if (!known.some((each) => each.principal === principal && Buffer.from(each.key).equals(signer)))
    throw new IntegrityError('it is signed by a key that is not trusted for this vault');
  if (copy !== `${allowedSignerOf(principal, signer)}\n`)
    throw new IntegrityError('keys/allowed_signers names other keys than the one that signed');
  if ((await zip.read('keys/log.vkey')).toString() !== `${signed.vkey}\n`)
    throw new IntegrityError('keys/log.vkey is not the key that signed the ledger');
  return trust
    ? 'signed by the company'
    : 'signed by the key that came with it, which proves nothing of who that is';
}
