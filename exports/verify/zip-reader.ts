import { open } from 'node:fs/promises';
import { crc32 } from 'node:zlib';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { compare } from '../../evidence-model/subject.ts';
import { inflateWhole } from '../../vault/inflate.ts';

/** A larger zip, and a larger file in one, is refused; so neither is written. */
export const largestZip = 2 ** 32 - 2;
export const largestFile = 2 ** 30;

/** No file of a packet deflates better than text can: what claims otherwise is a bomb. */
const highestRatio = 1100;

/** What archiver writes of every file: made on Unix by version 4.5, unpacked by 2.0 and newer, mode 0644. */
const versions = 0x0014_032d;
const plainFile = 0x81a4_0020;

interface Entry {
  readonly path: string;
  readonly at: number;
  readonly method: number;
  readonly flags: number;
  readonly check: number;
  readonly packed: number;
  readonly size: number;
}

/** What is needed of an open file: of node:fs, or what somebody chose on a page. */
export interface ZipFile {
  stat(): Promise<{ readonly size: number }>;
  read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }>;
  close(): Promise<void>;
}

/**
 * Reads a zip as strictly as we write it: entries one after another from the first byte to the directory, the directory
 * to the end, nothing between, before or behind; in order of path, each name once, also where letter case is ignored; no
 * extra fields, comments, links, encryption or paths that lead elsewhere. Whatever differs is an `IntegrityError`.
 */
export class ZipReader {
  readonly #file: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(file: ZipFile, entries: ReadonlyMap<string, Entry>) {
    this.#file = file;
    this.#entries = entries;
  }

  static async open(path: string): Promise<ZipReader> {
    return ZipReader.of(await open(path, 'r'));
  }

  /** Of a file that is open, which it closes. */
  static async of(file: ZipFile): Promise<ZipReader> {
    try {
      return new ZipReader(file, await readDirectory(file));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  get paths(): readonly string[] {
    return [...this.#entries.keys()];
  }

  has(path: string): boolean {
    return this.#entries.has(path);
  }

  async read(path: string): Promise<Buffer> {
    const entry = this.#entries.get(path);
    if (!entry) throw new IntegrityError(`${path} is missing`);
    const packed = await bytesAt(this.#file, entry.at + 30 + Buffer.byteLength(path), entry.packed);
    const bytes = entry.method === 0 ? packed : await inflate(packed, entry);
    if (bytes.length !== entry.size || crc32(bytes) !== entry.check)
      throw new IntegrityError(`${path} is damaged`);
    return bytes;
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

async function inflate(packed: Buffer, { path, size }: Entry): Promise<Buffer> {
  const bytes = await inflateWhole(packed, size + 1);
  if (bytes === null) throw new IntegrityError(`${path} is damaged, or hides bytes`);
  return bytes;
}

/** Where the directory stands, and of how many entries. */
interface Place {
  readonly count: number;
  readonly start: number;
  readonly length: number;
}

/** The end of a zip: 22 bytes, and before them 76 more where it has more entries than those can count. */
async function readEnd(file: ZipFile): Promise<Place> {
  const { size } = await file.stat();
  if (size < 22) throw new IntegrityError('this is no zip');
  const end = await bytesAt(file, size - 22, 22);
  if (end.readUInt32LE(0) !== 0x06054b50 || end.readUInt16LE(20) !== 0)
    throw new IntegrityError('the zip does not end where its directory ends');
  if (end.readUInt32LE(4) !== 0) throw new IntegrityError('the zip has several parts');
  const long = end.readUInt32LE(16) === 0xffff_ffff;
  const place = long
    ? await readLongEnd(file, size, end)
    : { count: end.readUInt16LE(10), length: end.readUInt32LE(12), start: end.readUInt32LE(16) };
  if (end.readUInt16LE(8) !== end.readUInt16LE(10) || place.start + place.length !== size - (long ? 98 : 22))
    throw new IntegrityError('bytes are hidden around the directory of the zip');
  return place;
}

/** The end record of Zip64, in the one form in which archiver writes it, and only where it must be there. */
async function readLongEnd(file: ZipFile, size: number, end: Buffer): Promise<Place> {
  const record = await bytesAt(file, Math.max(0, size - 98), 76);
  const [count, length, start] = [32, 40, 48].map((at) => Number(record.readBigUInt64LE(at)));
  const written = Buffer.alloc(76);
  written.writeUInt32LE(0x06064b50, 0);
  written.writeUInt32LE(44, 4);
  written.writeUInt32LE(0x002d_002d, 12);
  for (const at of [24, 32]) record.copy(written, at, 32, 40);
  record.copy(written, 40, 40, 56);
  written.writeUInt32LE(0x07064b50, 56);
  written.writeBigUInt64LE(BigInt(size - 98), 64);
  written.writeUInt32LE(1, 72);
  const magic = end.readUInt16LE(10) === 0xffff && end.readUInt32LE(12) === 0xffff_ffff;
  if (!record.equals(written) || !magic || count === undefined || length === undefined || start === undefined)
    throw new IntegrityError('the zip does not end where its directory ends');
  if (count <= 0xffff)
    throw new IntegrityError('the zip is counted in a way that we use only for more files');
  return { count, length, start };
}

async function readDirectory(file: ZipFile): Promise<Map<string, Entry>> {
  const { count, start, length } = await readEnd(file);
  const directory = await bytesAt(file, start, length);
  const forward = new Forward(file, start);
  const entries = new Map<string, Entry>();
  const folded = new Set<string>();
  let last: string | undefined;
  let at = 0;
  let next = 0;
  for (let n = 0; n < count; n += 1) {
    const entry = centralEntry(directory, at);
    at += 46 + Buffer.byteLength(entry.path);
    if (entry.at !== next) throw new IntegrityError(`bytes are hidden before ${entry.path}`);
    next = await localEnd(forward, entry);
    const fold = entry.path.normalize('NFC').toLowerCase();
    if (folded.has(fold)) throw new IntegrityError(`${entry.path} is there twice`);
    folded.add(fold);
    if (last !== undefined && compare(last, entry.path) > 0)
      throw new IntegrityError(`${entry.path} stands before files that come after it`);
    last = entry.path;
    entries.set(entry.path, entry);
  }
  if (at !== length || next !== start)
    throw new IntegrityError('bytes are hidden between the entries of the zip');
  return entries;
}

function centralEntry(directory: Buffer, at: number): Entry {
  if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50)
    throw new IntegrityError('the directory of the zip is damaged');
  const path = nameOf(directory.subarray(at + 46, at + 46 + directory.readUInt16LE(at + 28)));
  const extra =
    directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32) + directory.readUInt16LE(at + 34);
  const attributes = directory.readUInt32LE(at + 38);
  if (extra !== 0 || directory.readUInt16LE(at + 36) !== 0)
    throw new IntegrityError(`${path} carries fields that we never write`);
  if (attributes !== plainFile || directory.readUInt32LE(at + 4) !== versions)
    throw new IntegrityError(`${path} is not a plain file`);
  const entry = {
    path,
    flags: directory.readUInt16LE(at + 8),
    method: directory.readUInt16LE(at + 10),
    check: directory.readUInt32LE(at + 16),
    packed: directory.readUInt32LE(at + 20),
    size: directory.readUInt32LE(at + 24),
    at: directory.readUInt32LE(at + 42),
  };
  if (directory.readUInt32LE(at + 12) !== 0x00210000)
    throw new IntegrityError(`${path} has a date that we never write`);
  // Only «sizes follow the data» and «the name is UTF-8» are flags of ours.
  if ((entry.flags & ~0x0808) !== 0 || (entry.method !== 8 && entry.method !== 0))
    throw new IntegrityError(`${path} is packed in a way that we never use`);
  if (entry.size > largestFile || entry.size > (entry.packed + 64) * highestRatio)
    throw new IntegrityError(`${path} would unpack to more than it can hold`);
  return entry;
}

/** Holds the local header against the directory and says where the entry ends. */
async function localEnd(file: Forward, entry: Entry): Promise<number> {
  const { at, path, flags, method, check, packed, size } = entry;
  const name = Buffer.from(path);
  const header = await file.bytesAt(at, 30 + name.length);
  const described = (flags & 0x0008) !== 0;
  const sums = [header.readUInt32LE(14), header.readUInt32LE(18), header.readUInt32LE(22)];
  const wanted = described ? [0, 0, 0] : [check, packed, size];
  const same =
    header.readUInt32LE(0) === 0x04034b50 &&
    header.readUInt16LE(4) === versions >>> 16 &&
    header.readUInt16LE(6) === flags &&
    header.readUInt16LE(8) === method &&
    header.readUInt32LE(10) === 0x00210000 &&
    header.readUInt16LE(26) === name.length &&
    header.readUInt16LE(28) === 0 &&
    header.subarray(30).equals(name) &&
    sums.every((sum, n) => sum === wanted[n]);
  if (!same) throw new IntegrityError(`${path} is called otherwise where it stands than in the directory`);
  const end = at + 30 + name.length + packed;
  if (!described) return end;
  const descriptor = await file.bytesAt(end, 16);
  const told = [0, 4, 8, 12].map((offset) => descriptor.readUInt32LE(offset));
  if (JSON.stringify(told) !== JSON.stringify([0x08074b50, check, packed, size]))
    throw new IntegrityError(`${path} is damaged`);
  return end + 16;
}

function nameOf(bytes: Buffer): string {
  const name = bytes.toString('utf8');
  if (
    !/^[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/.test(name) ||
    name.split('/').some((part) => part === '.' || part === '..')
  )
    throw new IntegrityError('the zip holds a name that leads elsewhere, or that we never write');
  return name;
}

async function bytesAt(file: ZipFile, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await file.read(buffer, 0, length, position);
  if (bytesRead !== length) throw new IntegrityError('the zip is cut off');
  return buffer;
}

/** As much as is read at once of what lies close together, in bytes. */
const stretch = 1 << 16;

/** Reads forward through a file, a stretch at a time: headers of thousands of small entries lie close to each other. */
class Forward {
  readonly #file: ZipFile;
  readonly #end: number;
  #from = 0;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(file: ZipFile, end: number) {
    this.#file = file;
    this.#end = end;
  }

  async bytesAt(position: number, length: number): Promise<Buffer> {
    if (position < this.#from || position + length > this.#from + this.#bytes.length) {
      this.#bytes = await bytesAt(
        this.#file,
        position,
        Math.max(length, Math.min(stretch, this.#end - position)),
      );
      this.#from = position;
    }
    return this.#bytes.subarray(position - this.#from, position - this.#from + length);
  }
}
