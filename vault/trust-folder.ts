import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { operatorErrorOf } from './disk.ts';
import { keyIdOf, type Keys } from './keys.ts';
import type { Archive } from './vault.ts';

/** Writes what a recipient needs to know whose packets these are. It is handed over apart from any packet. */
export async function writeTrust(
  dir: string,
  keys: Keys,
  authorities: ReadonlyMap<string, string> = new Map(),
): Promise<void> {
  try {
    await mkdir(authorities.size > 0 ? join(dir, 'tsa') : dir, { recursive: true });
    await writeFile(join(dir, 'allowed_signers'), `${keys.allowedSigner}\n`);
    await writeFile(join(dir, 'log.vkey'), `${keys.vkey}\n`);
    await writeFile(join(dir, 'log.pub.pem'), keys.log.publicPem);
    const id = keyIdOf(keys.origin, keys.log.publicKey).toString('hex');
    await writeFile(join(dir, `log-${id}.pub.pem`), keys.log.publicPem);
    for (const [id, roots] of authorities) await writeFile(join(dir, 'tsa', `${id}.pem`), roots, 'latin1');
  } catch (error) {
    throw operatorErrorOf(error, `the trust anchors in ${dir} cannot be written`) ?? error;
  }
}

/** The certificates by which each authority ever was known, for whoever checks what it stamped at any time. */
export async function authoritiesEver(archive: Archive): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  for await (const line of archive.ledger()) {
    if (line.type !== 'authority' || line.roots === null) continue;
    const pem = Buffer.from(await archive.get(line.roots))
      .toString('latin1')
      .trimEnd();
    const before = found.get(line.authority) ?? '';
    if (!before.includes(pem)) found.set(line.authority, `${before}${pem}\n`);
  }
  return found;
}
