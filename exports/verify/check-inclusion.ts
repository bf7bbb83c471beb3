import { z } from 'zod';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { parseLine } from '../../vault/ledger.ts';
import { leafOf, verifyInclusion } from '../../vault/merkle.ts';
import { stampedBy } from '../bag.ts';
import { bagFiles } from './check-bag.ts';
import type { Signed } from './signed.ts';
import type { ZipReader } from './zip-reader.ts';

/** What an insurer's packet holds beside its checkpoint, and nothing else: there is no evidence that could explain more. */
const insurerFiles: readonly string[] = [
  ...bagFiles,
  '00_START_HERE.html',
  '00_START_HERE.pdf',
  'VERIFY.md',
  'data/metrics.csv',
  'data/answers.csv',
  'data/inclusion.json',
];

const Inclusion = z.strictObject({
  size: z.number().int(),
  proofs: z
    .array(z.strictObject({ index: z.number().int(), line: z.string(), proof: z.array(z.base64()) }))
    .min(1),
});

/** An insurer's packet shows no evidence: it proves that the readings behind it stand in the signed ledger. */
export async function checkInclusion(zip: ZipReader, { file, body }: Signed): Promise<string> {
  const stray = zip.paths.find(
    (path) => path !== file && !insurerFiles.includes(path) && stampedBy(path) === null,
  );
  if (stray !== undefined)
    throw new IntegrityError(`${stray} does not belong in a packet without evidence, and there is no ledger`);
  const { size, proofs } = Inclusion.parse(JSON.parse((await zip.read('data/inclusion.json')).toString()));
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
