import { digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { checkpointFile, openCheckpoint } from '../../vault/checkpoint.ts';
import { KeyBook } from '../../vault/key-book.ts';
import { Reading, type RawLine } from '../../vault/ledger.ts';
import { StampBook, type Anchors } from '../../vault/stamp-book.ts';
import { stampNamed, type StampFile } from '../../vault/stamp-files.ts';
import { judgeStamp, type Judged } from '../../vault/time-stamp/token.ts';
import { signaturePath, stampedBy } from '../bag.ts';
import { authoritiesOf, rootsPath } from '../stamps.ts';
import type { Archive } from '../../vault/vault.ts';
import type { Checks } from './report.ts';
import { secondsOf, timeOf } from './tell-stamps.ts';
import { cutOf } from './signed.ts';
import type { Trust } from './trust.ts';
import type { ZipReader } from './zip-reader.ts';

const folder = 'ledger/checkpoints/';
const tagmanifest = 'tagmanifest-sha256.txt';

/** Whether a file may be there although the tag manifest cannot list it: the signature, and stamps. */
export function isUnlisted(path: string): boolean {
  return path === tagmanifest || path === signaturePath || stampedBy(path) !== null;
}

/** The stamps of checkpoints in a packet, each beside its note. */
export async function stampFilesIn(zip: ZipReader): Promise<StampFile[]> {
  const found: StampFile[] = [];
  for (const path of zip.paths) {
    const named = path.startsWith(folder) ? stampNamed(path.slice(folder.length)) : null;
    if (!named) continue;
    const note = await zip.read(`${folder}${checkpointFile(named.size)}`);
    found.push({ ...named, answer: await zip.read(path), imprint: digest(note) });
  }
  return found;
}

/**
 * The checkpoints before the one that a packet was cut at: those that were stamped, and those at which keys change. Each is
 * signed by whom it must be, is the ledger at its size, and its stamps are what they must be.
 */
export async function followCheckpoints(
  zip: ZipReader,
  lines: readonly RawLine[],
  anchors: Anchors,
): Promise<StampBook> {
  const files = await stampFilesIn(zip);
  const cut = cutOf(zip);
  const book = new StampBook(files, anchors);
  const keys = new KeyBook();
  const reading = new Reading();
  const unread = new Set(zip.paths.filter((path) => path.startsWith(folder) && path.endsWith('.note')));
  unread.delete(cut.file);
  for (const { bytes, line } of lines) {
    reading.take(bytes);
    keys.take(line);
    const { size } = reading;
    const path = `${folder}${checkpointFile(size)}`;
    const changed = keys.changes.has(size);
    if (unread.delete(path)) {
      if (!changed && !files.some((each) => each.size === size))
        throw new IntegrityError(`nothing stamps ${path}`);
      const body = openCheckpoint((await zip.read(path)).toString(), ...keys.signers);
      if (body?.size !== size || body.chain !== reading.chain || !body.root.equals(reading.root))
        throw new IntegrityError(`${path} is not what the company signed of this ledger`);
    } else if (changed && size !== cut.size)
      throw new IntegrityError('no checkpoint that both keys signed says that keys change');
    await book.take(line);
  }
  const [stray] = unread;
  if (stray !== undefined) throw new IntegrityError(`${stray} is of a longer ledger`);
  const [problem] = [...keys.problems, ...book.problems];
  if (problem) throw new IntegrityError(`${problem.where}: ${problem.text}`);
  return book;
}

/** The copies of certificates that came along are those which the ledger names, for the authorities that it names. */
export async function checkRoots(zip: ZipReader, archive: Archive, lines: readonly RawLine[]): Promise<void> {
  const named = authoritiesOf(lines.map(({ line }) => line));
  const wanted = new Map([...named].map(([authority, roots]) => [rootsPath(authority), roots]));
  for (const path of zip.paths)
    if (path.startsWith('tsa/') && !wanted.has(path))
      throw new IntegrityError(`${path} is of nobody who stamps here`);
  for (const [path, roots] of wanted)
    if (!(await zip.read(path)).equals(Buffer.from(await archive.get(roots))))
      throw new IntegrityError(`${path} holds other certificates than the ledger names`);
}

/** By when a packet was there. */
export interface StampedAt {
  /** By the word of somebody whose certificates the reader had from elsewhere. */
  readonly vouched: Date | null;
  /** By the word of anybody. */
  readonly first: Date | null;
}

/**
 * What authorities say of the packet itself: by when it was there. A stamp that does not count is a failure; that there is
 * none is told. `book` has what the ledger names them by, where there is a ledger; `cutAt` is when that was cut.
 */
export async function checkPacketStamps(
  zip: ZipReader,
  trust: Trust | null,
  { book, cutAt }: { readonly book: StampBook | null; readonly cutAt: string | null },
  checks: Checks,
): Promise<StampedAt> {
  const imprint = digest(await zip.read(tagmanifest));
  let stamped = false;
  const [vouched, all]: [Date[], Date[]] = [[], []];
  for (const path of zip.paths) {
    const authority = stampedBy(path);
    if (authority === null) continue;
    stamped = true;
    const answer = await zip.read(path);
    const anchors = trust?.authorities.get(authority);
    const judged: Judged =
      anchors || !book
        ? judgeStamp(answer, { imprint, anchors: anchors ?? [] })
        : book.judge(authority, answer, imprint);
    if ('refused' in judged && judged.unvouched && !anchors && !book) {
      checks.untimed.push(
        `the stamp of ${authority} on the packet: its certificates are not among those that you gave`,
      );
      continue;
    }
    if ('refused' in judged) {
      checks.fail('stamp', `the time stamp of ${authority} on the packet ${judged.refused}`);
      continue;
    }
    const { at, signer } = judged.stamp;
    const early = cutAt === null ? 0 : Date.parse(cutAt) - at.getTime();
    if (early > 600_000)
      checks.fail('stamp', `it was stamped ${secondsOf(early)} before its ledger says that it was written`);
    else {
      all.push(at);
      if (anchors) vouched.push(at);
      checks.pass('stamp', `stamped by ${authority} (${signer}): it was there at ${timeOf(at)}`);
    }
    if (trust && !anchors)
      checks.untimed.push(
        `the stamp of ${authority} on the packet: its certificates are not among those that you gave`,
      );
  }
  if (stamped) return { vouched: earliest(vouched), first: earliest(all) };
  checks.pass('stamp', 'not stamped: nobody else says when it was made');
  if ((trust?.authorities.size ?? 0) > 0 || book?.stamps.expected === true)
    checks.untimed.push('when the packet was made: it is not stamped');
  return { vouched: null, first: null };
}

function earliest(times: readonly Date[]): Date | null {
  return times.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? null;
}
