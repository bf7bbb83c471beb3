import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { AuthorityId, type Authority } from '../../vault/time-stamp/authority.ts';
import { isRoot, readPem, type Certificate } from '../../vault/time-stamp/certificate.ts';
import { DerError } from '../../vault/time-stamp/der.ts';
import type { YamlFile } from './yaml-file.ts';

const path = z.string().min(1);

/** An authority of RFC 3161. Its certificates are named here once, and not taken from what it answers. */
const TimeStampAuthority = z.strictObject({
  id: AuthorityId,
  url: z.url({ protocol: /^https?$/ }),
  /** A PEM file with its root, and what of its chain it does not send along. */
  roots: path,
  /** The policy to ask for, where the authority has several. */
  policy: z
    .string()
    .regex(/^[0-2](\.(0|[1-9]\d*))+$/, 'must be an object identifier such as 1.2.3')
    .optional(),
});

/** Two of different operators are best: one is enough, and the other stands in for it. */
export const TimeStamps = z.array(TimeStampAuthority).max(2).default([]);
export type TimeStamps = z.output<typeof TimeStamps>;

export function checkTimeStamps(yaml: YamlFile, authorities: TimeStamps): void {
  for (const [n, { id }] of authorities.entries())
    if (authorities.findIndex((each) => each.id === id) !== n)
      throw yaml.error(['timeStamps', n, 'id'], `there are two authorities ${id}`);
}

/** The authorities with their certificates. Rejects with `OperatorError` where those cannot be read. */
export function readAuthorities(
  authorities: TimeStamps,
  under: (name: string) => string,
): Promise<readonly Authority[]> {
  return Promise.all(
    authorities.map(async ({ id, url, roots: file, policy = null }) => {
      const roots = await readRoots(under(file), id);
      return { id, url: new URL(url), policy, roots, anchors: anchorsIn(roots, under(file)) };
    }),
  );
}

async function readRoots(file: string, id: string): Promise<string> {
  try {
    return await readFile(file, 'latin1');
  } catch {
    throw new OperatorError(
      `the certificates of the time-stamp authority ${id} cannot be read from ${file}: mend timeStamps in the configuration`,
    );
  }
}

function anchorsIn(pem: string, file: string): readonly Certificate[] {
  let found: Certificate[] = [];
  try {
    found = readPem(pem);
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
  }
  if (!found.some(isRoot))
    throw new OperatorError(
      `${file} holds no root certificate in PEM: put the one there that the time-stamp authority publishes`,
    );
  return found;
}
