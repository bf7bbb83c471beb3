import { z } from 'zod';
import { digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { openCheckpoint } from '../../vault/checkpoint.ts';
import { parseLine, type RawLine } from '../../vault/ledger.ts';
import type { Hash } from '../../vault/merkle.ts';
import type { LedgerLine } from '../../vault/ledger-lines.ts';
import { legible } from '../documents/legible.ts';
import { contentsOf, Sealed, sealedIn } from '../release/sealed.ts';
import { readStatement, type Release, type Statement } from '../release/statement.ts';
import { parseList } from './check-bag.ts';
import type { Signed } from './signed.ts';
import type { ZipReader } from './zip-reader.ts';

/** A release that the ledger holds, and the lines that the ledger had then beyond the draft. */
export interface Released {
  readonly release: Release;
  readonly lines: readonly RawLine[];
  /** The root of the whole ledger that they end. */
  readonly root: Hash;
}

const Carrier = z.looseObject({ release: Sealed.optional() });

/** How far the clock of a statement may be from that of its line. */
const apartMs = 600_000;

/**
 * Whether it was released, as it says: then the ledger that goes on from where the draft was cut has a line about just
 * these files, and about what was stated. A draft says on its pages that it is one. `null` of a draft.
 */
export async function checkRelease(zip: ZipReader, signed: Signed): Promise<Released | null> {
  const claims = /^External-Description: .*, released$/m.test((await zip.read('bag-info.txt')).toString());
  const sealed = await sealedOf(zip);
  if (!sealed) {
    if (claims) throw new IntegrityError('it says that it was released, and nothing releases it');
    for (const page of ['00_START_HERE.html', '00_START_HERE.pdf'])
      if (!legible(page, await zip.read(page)).includes('DRAFT'))
        throw new IntegrityError(`it was not released, and ${page} does not say that it is a draft`);
    return null;
  }
  if (!claims) throw new IntegrityError('it was released, and says that it is a draft');
  const { lines, root } = linesOf(sealed, signed);
  const last = lines.at(-1)?.line;
  if (last?.type !== 'release' || last.as !== 'officer')
    throw new IntegrityError('the ledger does not say that it was released');
  const files = [];
  for (const list of ['manifest-sha256.txt', 'tagmanifest-sha256.txt'])
    files.push(...parseList(await zip.read(list)));
  if (last.contents !== contentsOf(files)) throw new IntegrityError('other files than these were released');
  const statements = statementsOf(sealed, last, lines);
  const draft = { id: last.packet, tagmanifest: last.tagmanifest };
  return { release: { draft, statements }, lines, root };
}

type ReleaseLine = Extract<LedgerLine, { type: 'release' }>;

async function sealedOf(zip: ZipReader): Promise<Sealed | null> {
  for (const path of Object.values(sealedIn)) {
    if (!zip.has(path)) continue;
    const parsed = Carrier.safeParse(JSON.parse((await zip.read(path)).toString()));
    if (!parsed.success) throw new IntegrityError(`${path} has not its form`);
    if (parsed.data.release) return parsed.data.release;
  }
  return null;
}

/** The lines since the draft was cut, each naming the one before it, signed as a whole by the key that signed the cut. */
function linesOf(
  { lines, released, note }: Sealed,
  { body, vkey }: Signed,
): Pick<Released, 'lines' | 'root'> {
  let chain = body.chain;
  const found = lines.map((text, n) => {
    const bytes = Buffer.from(text);
    const line = parseLine(bytes, body.size + n);
    if (line.prev !== chain) throw new IntegrityError('the lines of its release do not follow its ledger');
    chain = digest(`${text}\n`);
    return { bytes, line };
  });
  const end = openCheckpoint(note, vkey);
  if (end?.origin !== body.origin || end.size !== body.size + lines.length || end.chain !== chain)
    throw new IntegrityError('the company did not sign the ledger that holds its release');
  if (lines.at(-1) !== released) throw new IntegrityError('the line of its release is not the last');
  return { lines: found, root: end.root };
}

/** What was stated is what the ledger names, by whom, of this draft, and when. */
function statementsOf(sealed: Sealed, last: ReleaseLine, lines: readonly RawLine[]): Statement[] {
  return sealed.statements.map((text) => {
    const object = digest(text);
    const line = lines
      .map((each) => each.line)
      .find((each) => each.type === 'release' && each.statement === object);
    if (line?.type !== 'release' || line.tagmanifest !== last.tagmanifest || line.packet !== last.packet)
      throw new IntegrityError('the ledger does not hold a statement about this draft');
    const statement = readStatement(text, line.statement);
    const { as, actor, at, draft } = statement;
    if (as !== line.as || actor !== line.actor || draft.tagmanifest !== line.tagmanifest)
      throw new IntegrityError('a statement is by somebody else, or of another draft, than the ledger says');
    if (Math.abs(Date.parse(line.t) - Date.parse(at)) > apartMs)
      throw new IntegrityError('a statement is of another time than the ledger says');
    return statement;
  });
}

/** Who released it, and when, in words. */
export function releasedText({ release, lines }: Released): string {
  const officer = release.statements.at(-1);
  const when = lines.at(-1)?.line.t ?? '';
  return `released by ${officer?.name ?? ''}, ${officer?.role ?? ''}, at ${when}; the ledger holds it, of just these files`;
}
