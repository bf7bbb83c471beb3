import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { operatorErrorOf } from './disk.ts';
import { KeyBook } from './key-book.ts';
import { allowedSignerOf, keyIdOf, packetPrincipalOf, parseVkey, publicKeyOf } from './keys.ts';
import type { LedgerLine } from './ledger-lines.ts';
import { readPem } from './time-stamp/certificate.ts';
import type { Archive } from './vault.ts';

/*
 * What a recipient needs to know whose packets these are. It is handed over apart from any packet: as a folder of files,
 * which stock tools read, or as one text with all of them.
 */

/** The files of trust anchors by their paths, and what to compare by another way. */
export interface Anchors {
  readonly origin: string;
  readonly files: ReadonlyMap<string, string>;
  /** Fingerprints of keys and roots, each with what it is of. */
  readonly fingerprints: readonly { readonly of: string; readonly fingerprint: string }[];
}

/** All keys that ever signed, and all certificates by which authorities ever were known, as the ledger names them. */
export async function anchorsOf(archive: Archive): Promise<Anchors> {
  const keys = new KeyBook();
  const roots = new Map<string, string>();
  let genesis: Extract<LedgerLine, { type: 'genesis' }> | null = null;
  for await (const line of archive.ledger()) {
    keys.take(line);
    if (line.type === 'genesis') genesis ??= line;
    if (line.type !== 'authority' || line.roots === null) continue;
    const pem = Buffer.from(await archive.get(line.roots))
      .toString('latin1')
      .trimEnd();
    const before = roots.get(line.authority) ?? '';
    if (!before.includes(pem)) roots.set(line.authority, `${before}${pem}\n`);
  }
  const origin = genesis?.origin ?? '';
  const principal = packetPrincipalOf(origin);
  const files = new Map<string, string>();
  const fingerprints: { of: string; fingerprint: string }[] = [];
  const lines = (each: readonly string[]) => each.map((line) => `${line}\n`).join('');
  const terms = keys.terms.toReversed();
  files.set(
    'allowed_signers',
    lines(
      terms.map(({ signer, until, calledBack }) =>
        allowedSignerOf(principal, rawOf(signer), { until, revoked: calledBack !== null }),
      ),
    ),
  );
  files.set(
    'log.vkey',
    lines(
      terms.map(({ vkey, until, calledBack }) =>
        until === null ? vkey : `${vkey} until=${until}${calledBack === null ? '' : ' revoked'}`,
      ),
    ),
  );
  const { recovery } = keys;
  if (recovery !== null) files.set('recovery.vkey', `${recovery}\n`);
  for (const vkey of [...terms.map((term) => term.vkey), ...(recovery === null ? [] : [recovery])]) {
    const { publicKey = new Uint8Array() } = parseVkey(vkey) ?? {};
    const pem = publicKeyOf(publicKey).export({ type: 'spki', format: 'pem' }).toString();
    if (vkey === keys.current?.vkey) files.set('log.pub.pem', pem);
    files.set(`log-${keyIdOf(origin, publicKey).toString('hex')}.pub.pem`, pem);
  }
  for (const { signer, vkey } of terms.slice(0, 1))
    fingerprints.push(
      { of: 'key that signs packets', fingerprint: sshFingerprint(signer) },
      { of: 'key that signs the ledger', fingerprint: vkey },
    );
  if (recovery !== null)
    fingerprints.push({ of: 'recovery key, which can call those back', fingerprint: recovery });
  for (const [authority, pem] of roots) {
    files.set(`tsa/${authority}.pem`, pem);
    for (const { x509 } of readPem(pem))
      fingerprints.push({
        of: `certificate of ${authority} (${x509.subject.replaceAll('\n', ', ')})`,
        fingerprint: x509.fingerprint256,
      });
  }
  return { origin, files, fingerprints };
}

/** Writes the folder of trust anchors. */
export async function writeTrust(dir: string, { files }: Pick<Anchors, 'files'>): Promise<void> {
  try {
    await mkdir(dir, { recursive: true });
    for (const [name, text] of files) {
      await mkdir(dirname(join(dir, name)), { recursive: true });
      await writeFile(join(dir, name), text, 'latin1');
    }
  } catch (error) {
    throw operatorErrorOf(error, `the trust anchors in ${dir} cannot be written`) ?? error;
  }
}

/** The same as one text, which a program of stock tools can take apart. */
export function trustText({ origin, files, fingerprints }: Anchors): string {
  const head = [
    `Trust anchors of ${origin}`,
    '',
    'Whoever checks packets of this vault needs them once, by another way than any packet: what came by the same way shows',
    'nothing. Compare these by telephone, or have them in a contract; what authorities publish, hold against that:',
    '',
    ...fingerprints.flatMap(({ of, fingerprint }) => [`  ${of}`, `    ${fingerprint}`]),
    '',
    'Keep this text and give it to exhibit verify with --trust. For stock tools, make a folder of it:',
    '',
    '  mkdir -p ~/exhibit-trust/tsa',
    '  awk \'/^== end ==$/ { exit } /^== .* ==$/ { file = ENVIRON["HOME"] "/exhibit-trust/" $2; next } file { print > file }\' THIS-TEXT',
    '',
  ];
  const parts = [...files].map(([name, text]) => `== ${name} ==\n${text}`);
  return `${head.join('\n')}\n${parts.join('')}== end ==\n`;
}

/** The files that such a text has. */
export function trustFilesIn(text: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  let name: string | null = null;
  for (const line of text.replaceAll('\r\n', '\n').split('\n')) {
    const [, next] = /^== (\S+) ==$/.exec(line) ?? [];
    if (next === 'end') break;
    if (next !== undefined) files.set((name = next), '');
    else if (name !== null) files.set(name, `${files.get(name) ?? ''}${line}\n`);
  }
  return files;
}

/** The 32 bytes of a key as OpenSSH writes it: https://www.rfc-editor.org/rfc/rfc8709#section-4 */
function rawOf(signer: string): Uint8Array {
  return Buffer.from(signer, 'base64').subarray(-32);
}

/** As `ssh-keygen -lf` prints it. */
function sshFingerprint(signer: string): string {
  const sum = createHash('sha256').update(Buffer.from(signer, 'base64')).digest('base64');
  return `SHA256:${sum.replace(/=+$/, '')}`;
}
