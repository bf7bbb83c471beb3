import { z } from 'zod';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { parseLine } from '../../vault/ledger.ts';
import { leafOf, verifyInclusion } from '../../vault/merkle.ts';
import { stampedBy } from '../bag.ts';
import { Earlier } from '../insurer/earlier.ts';
import { Sealed } from '../release/sealed.ts';
import { thinOf, type Thin, type ThinProfile } from '../profiles.ts';
import { bagFiles } from './check-bag.ts';
import type { Signed } from './signed.ts';
import type { ZipReader } from './zip-reader.ts';

/** What every packet without evidence holds beside its checkpoint and the files of its profile. */
const sealed: readonly string[] = [...bagFiles, 'data/inclusion.json'];

const Inclusion = z.strictObject({
  /** Of what was released; looked at by itself. */
  release: Sealed.optional(),
  /** What the last application came to; looked at with the twin. */
  earlier: Earlier.optional(),
  size: z.number().int(),
  proofs: z
    .array(z.strictObject({ index: z.number().int(), line: z.string(), proof: z.array(z.base64()) }))
    .min(1),
});

export async function inclusionIn(zip: ZipReader): Promise<z.output<typeof Inclusion>> {
  const said = Inclusion.safeParse(JSON.parse((await zip.read('data/inclusion.json')).toString()));
  if (!said.success) throw new IntegrityError('data/inclusion.json has not its form');
  return said.data;
}

/** What a packet without evidence says of itself: its profile, and what is known of that. */
export async function thinIn(zip: ZipReader): Promise<{ profile: ThinProfile; thin: Thin }> {
  const info = (await zip.read('bag-info.txt')).toString();
  const [, profile = ''] = /^External-Description: ([a-z0-9-]+), as of /m.exec(info) ?? [];
  const thin = thinOf(profile);
  if (!thin) throw new IntegrityError('there is no ledger, and no packet of this profile is without one');
  return { profile: profile as ThinProfile, thin };
}

/** A packet without evidence proves that the readings behind it stand in the signed ledger. */
export async function checkInclusion(zip: ZipReader, { file, body }: Signed): Promise<string> {
  const known = new Set([...sealed, ...(await thinIn(zip)).thin.paths, file]);
  const stray = zip.paths.find((path) => !known.has(path) && stampedBy(path) === null);
  if (stray !== undefined)
    throw new IntegrityError(`${stray} does not belong in a packet without evidence, and there is no ledger`);
  const { size, proofs } = await inclusionIn(zip);
  if (body.size !== size) throw new IntegrityError('the checkpoint is of another ledger');
  for (const { index, line, proof } of proofs) {
    const bytes = Buffer.from(line);
    if (parseLine(bytes, index).type !== 'run') throw new IntegrityError(`line ${index} is not of a reading`);
    const path = proof.map((hash) => Buffer.from(hash, 'base64'));
    if (!verifyInclusion(leafOf(bytes), index, size, path, body.root))
      throw new IntegrityError(`line ${index} does not stand in the signed ledger`);
  }
  return `${proofs.length} readings stand in the signed ledger; the evidence itself stays with the company`;
}
