import { resolve } from 'node:path';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { openArchive } from '../../vault/files.ts';
import { loadKeys } from '../../vault/keys.ts';
import { anchorsOf, trustText, writeTrust } from '../../vault/trust-folder.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';

/**
 * `exhibit trust`: what to hand over to whoever checks packets, once and by another way than any packet, as one text that
 * `exhibit verify --trust` reads. The folder of the same is brought up to date.
 */
export async function trust(context: Context, { out }: { readonly out?: string }): Promise<number> {
  const { paths } = await context.configuration();
  const anchors = await anchorsOf(await openArchive(paths.vault));
  const keys = await loadKeys(paths.keys);
  if (!(anchors.files.get('log.vkey') ?? '').startsWith(`${keys.vkey}\n`))
    throw new OperatorError(
      `the keys in ${paths.keys} are not those of the vault in ${paths.vault}, so nothing is handed over: name its own`,
    );
  const folder = out === undefined ? paths.trust : resolve(context.surroundings.directory, out);
  await writeTrust(folder, anchors);
  const { origin, fingerprints, files } = anchors;
  context.print(trustText(anchors), { origin, folder, fingerprints, files: Object.fromEntries(files) });
  return exit.done;
}
