import { digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { readLedger, type RawLine } from '../../vault/ledger.ts';
import { leafOf, rootOf } from '../../vault/merkle.ts';
import type { SlotBook } from '../../vault/slot-book.ts';
import type { Signed } from './signed.ts';
import type { ZipReader } from './zip-reader.ts';

/** Every line of the ledger, where they are all there, follow each other, account for their slots and are signed. */
export async function readWhole(
  zip: ZipReader,
  { body, keys }: Signed,
  lines: RawLine[],
  slots: SlotBook,
): Promise<void> {
  const bytes = await zip.read('ledger/ledger.jsonl');
  if (bytes.at(-1) !== 10) throw new IntegrityError('the ledger is cut off');
  for await (const raw of readLedger(once(bytes))) {
    lines.push(raw);
    slots.take(raw.line);
  }
  const [first] = lines;
  if (
    first?.line.type !== 'genesis' ||
    first.line.vkey !== keys?.terms[0]?.vkey ||
    first.line.origin !== body.origin
  )
    throw new IntegrityError('the ledger is signed by a key that is not its own');
  const [problem] = slots.problems();
  if (problem) throw new IntegrityError(problem.text);
  const last = lines.at(-1);
  if (!last || body.size !== lines.length) throw new IntegrityError('no signed checkpoint covers the ledger');
  const chain = digest(Buffer.concat([last.bytes, Buffer.from('\n')]));
  if (body.chain !== chain || !body.root.equals(rootOf(lines.map((line) => leafOf(line.bytes)))))
    throw new IntegrityError('the ledger was another when it was signed');
}

/** Bytes that are all there, as a stream. */
export async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
