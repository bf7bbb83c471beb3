import { createReadStream, createWriteStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { Encrypter } from 'age-encryption';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { leaving } from '../../exports/profiles.ts';
import { ZipReader } from '../../exports/verify/zip-reader.ts';
import { onDisk, syncFolder } from '../../vault/disk.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';

/**
 * `exhibit encrypt`: a packet for recipients alone, in the format of age, beside the packet. It is handed over like that, or
 * not at all: what stays with the company is not encrypted for anybody else.
 */
export async function encrypt(
  { surroundings, print }: Pick<Context, 'surroundings' | 'print'>,
  { to = [], out }: { readonly to?: readonly string[]; readonly out?: string },
  name = '',
): Promise<number> {
  const path = resolve(surroundings.directory, name);
  const facts = await stat(path).catch(() => null);
  if (!facts?.isFile()) throw new OperatorError(`there is no packet at ${path}`);
  const draft = await isDraft(path);
  const encrypter = encrypterFor(to);
  const target = out === undefined ? `${path}.age` : resolve(surroundings.directory, out);
  if (await stat(target).catch(() => null))
    throw new OperatorError(`${target} is there already: name another with --out`);
  const part = `${target}.part`;
  try {
    const plain = Readable.toWeb(createReadStream(path)) as unknown as globalThis.ReadableStream<Uint8Array>;
    const sealed = await encrypter.encrypt(plain);
    await onDisk(`${target} cannot be written`, () =>
      pipeline(
        Readable.fromWeb(sealed as unknown as ReadableStream),
        createWriteStream(part, { flags: 'w', mode: 0o600 }),
      ),
    );
    const written = await open(part, 'r');
    await written.sync();
    await written.close();
    await rename(part, target);
    await syncFolder(resolve(target, '..'));
  } finally {
    await rm(part, { force: true });
  }
  const warning = draft ? '  it is a draft, and says so on each page\n' : '';
  print(
    `${target}\n  for ${to.length === 1 ? 'one recipient' : `${to.length} recipients`}, who open it with age --decrypt\n${warning}`,
    { path: target, recipients: to, draft },
  );
  return exit.done;
}

/** Whether a packet is a draft. Throws `OperatorError` of one that stays with the company. */
async function isDraft(path: string): Promise<boolean> {
  const zip = await ZipReader.open(path);
  try {
    const info = (await zip.read('bag-info.txt')).toString();
    const [, profile = '', state] =
      /^External-Description: ([a-z0-9-]+), as of \S+, (draft|released)$/m.exec(info) ?? [];
    if (!leaving.some((each) => each === profile))
      throw new OperatorError(`a packet ${profile} stays with the company, and is not handed over`);
    return state !== 'released';
  } finally {
    await zip.close();
  }
}

/** Any of them can open it. A secret key that somebody names by mistake is refused, and not repeated. */
function encrypterFor(recipients: readonly string[]): Encrypter {
  if (recipients.length === 0)
    throw new OperatorError('for whom: name the public key of each recipient with --to age1…');
  const encrypter = new Encrypter();
  for (const recipient of recipients)
    try {
      encrypter.addRecipient(recipient);
    } catch {
      const shown = /^age1[a-z0-9]{8,}$/.test(recipient) ? ` ${recipient.slice(0, 12)}…` : '';
      throw new OperatorError(
        `--to${shown} is no public key of age: it begins with age1, and age-keygen -y prints it`,
      );
    }
  return encrypter;
}
