import { copyFile, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { digest } from '../../evidence-model/digest.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { onDisk } from '../../vault/disk.ts';
import type { Context } from '../context.ts';
import { exit } from '../errors.ts';

const made = fileURLToPath(new URL('../../dist/', import.meta.url));

/** `exhibit verifier`: hands out the one file with which somebody who has Node alone checks packets, and the licences of what it holds. */
export const verifier = (context: Context, options: { readonly out?: string }) =>
  handOut(context, options, made);

export async function handOut(
  {
    surroundings,
    print,
  }: Pick<Context, 'print'> & {
    readonly surroundings: Pick<Context['surroundings'], 'directory'>;
  },
  { out }: { readonly out?: string },
  from: string,
): Promise<number> {
  const files = ['exhibit-verify.mjs', 'exhibit-verify.licences.txt'];
  const folder = resolve(surroundings.directory, out ?? '.');
  const [program] = await Promise.all(
    files.map((name) =>
      readFile(resolve(from, name)).catch(() => {
        throw new OperatorError(
          `there is no ${name} in ${from}: the image brings it; elsewhere, make it with npm run build:verifier`,
        );
      }),
    ),
  );
  for (const name of files)
    await onDisk(`${name} cannot be written to ${folder}`, () =>
      copyFile(resolve(from, name), resolve(folder, name)),
    );
  const path = resolve(folder, 'exhibit-verify.mjs');
  const sha256 = digest(program ?? '');
  print(
    [
      path,
      `SHA-256 ${sha256}`,
      '',
      'Hand it over by another way than any packet, with the text of exhibit trust; whoever has it runs, with Node 22 or newer:',
      '',
      '  node exhibit-verify.mjs PACKET.zip --trust TRUST.txt',
      '',
    ].join('\n'),
    { path, sha256 },
  );
  return exit.done;
}
