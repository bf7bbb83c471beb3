import { digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { bagit, signaturePath } from '../bag.ts';
import { isUnlisted } from './check-stamps.ts';
import type { ZipReader } from './zip-reader.ts';

/** The files that make a packet a signed bag. What else may be in it depends on the profile. */
export const bagFiles: readonly string[] = [
  'bagit.txt',
  'bag-info.txt',
  'manifest-sha256.txt',
  'tagmanifest-sha256.txt',
  signaturePath,
  'keys/allowed_signers',
  'keys/log.vkey',
];

/** Every file is in exactly one list, and is what its list says. */
export async function checkBag(zip: ZipReader): Promise<string> {
  const lists = await Promise.all(
    ['manifest-sha256.txt', 'tagmanifest-sha256.txt'].map(async (name) => parseList(await zip.read(name))),
  );
  const listed = new Map<string, string>();
  for (const [n, list] of lists.entries())
    for (const [path, sum] of list) {
      if (listed.has(path) || path.startsWith('data/') !== (n === 0))
        throw new IntegrityError(`${path} stands in the wrong list`);
      listed.set(path, sum);
    }
  for (const path of zip.paths)
    if (listed.has(path) === isUnlisted(path))
      throw new IntegrityError(`${path} is in no list, or in one where it cannot be`);
  for (const [path, sum] of listed)
    if (digest(await zip.read(path)) !== sum) throw new IntegrityError(`${path} is not what the list says`);
  if ((await zip.read('bagit.txt')).toString() !== bagit)
    throw new IntegrityError('bagit.txt has not its form');
  return `${listed.size} files are what the lists say, and there are no others`;
}

export function parseList(bytes: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  for (const line of linesOf(bytes)) {
    const [, sum, path] = /^([0-9a-f]{64}) {2}(\S+)$/.exec(line) ?? [];
    if (sum === undefined || path === undefined || found.has(path))
      throw new IntegrityError('a list of files has not its form');
    found.set(path, sum);
  }
  return found;
}

export function linesOf(bytes: Buffer): string[] {
  return bytes
    .toString()
    .split('\n')
    .filter((line) => line !== '');
}
