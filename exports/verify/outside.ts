import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import type { Ended } from '../../vault/key-book.ts';
import type { RawLine } from '../../vault/ledger.ts';
import { leafOf, rootOf } from '../../vault/merkle.ts';
import type { SlotBook } from '../../vault/slot-book.ts';
import { checkBag } from './check-bag.ts';
import { checkRelease, releasedText, type Released } from './check-release.ts';
import { readWhole } from './read-ledger.ts';
import type { Checks } from './report.ts';
import { checkSignature, ledgerFile, openSigned, type Signed } from './signed.ts';
import type { Trust } from './trust.ts';
import type { ZipReader } from './zip-reader.ts';

/** What is known of a packet by its lists and signatures, before anything is derived from its evidence. */
export interface Outside {
  readonly signed: Signed;
  /** Since when the key that signed it counts no more, by what the reader was told. */
  readonly signerEnded: Ended | null;
  readonly released: Released | null;
}

/** The zip, the bag, the checkpoint, the signature and the release; `null` where it cannot be told whose it would have to be. */
export async function checkOutside(
  zip: ZipReader,
  trust: Trust | null,
  checks: Checks,
): Promise<Outside | null> {
  checks.pass('zip', `${zip.paths.length} files, nothing hidden`);
  await checks.try('bag', () => checkBag(zip));
  const opened: Signed[] = [];
  await checks.try('checkpoint', async () => {
    opened.push(await openSigned(zip, trust));
    return null;
  });
  const [signed = null] = opened;
  let signerEnded: Ended | null = null;
  await checks.try('signature', async () => {
    const { text, ended } = await checkSignature(zip, trust, signed);
    signerEnded = ended;
    return text;
  });
  if (signed === null) return null;
  let released: Released | null = null;
  await checks.try('release', async () => {
    released = await checkRelease(zip, signed);
    return released ? releasedText(released) : 'a draft: no named officer of the company released it';
  });
  return { signed, signerEnded, released };
}

/** The whole ledger of a packet that holds it: its lines, and its slots, are put where the caller wants them. */
export async function checkLedger(
  zip: ZipReader,
  { signed, released }: Outside,
  [lines, slots]: readonly [RawLine[], SlotBook],
  checks: Checks,
): Promise<boolean> {
  return checks.try('ledger', async () => {
    await readWhole(zip, signed, lines, slots);
    // What was released was made later than its ledger was cut: the nights until then stand with the release.
    for (const { line } of released?.lines ?? []) slots.take(line);
    const [problem] = slots.problems();
    if (problem) throw new IntegrityError(problem.text);
    if (
      released &&
      !released.root.equals(rootOf([...lines, ...released.lines].map(({ bytes }) => leafOf(bytes))))
    )
      throw new IntegrityError('the ledger was another when the packet was released');
    return `${lines.length} lines, each naming the one before, signed as a whole`;
  });
}

export const holdsLedger = (zip: ZipReader) => zip.has(ledgerFile);
