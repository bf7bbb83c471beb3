import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, open, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { crc32, createDeflateRaw, deflateRaw } from 'node:zlib';
import { digest, Digest } from '../evidence-model/digest.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import { adopt, onDisk, syncFolder, writeOnce } from './disk.ts';
import { header, largest, trailerOf, unpack } from './gzip.ts';

const deflate = promisify(deflateRaw);

/** `objects/ab/<sha256>.gz`: bodies under the digest of their uncompressed bytes, written once and never changed. */
export class Objects {
  readonly #dir: string;
  /** What is being written now, so that nobody is told of a body before it is on the disk. */
  readonly #under = new Map<Digest, Promise<Digest>>();
  /** Folders whose entries this process put on the disk: whoever wrote before may have died too early to do so. */
  readonly #settled = new Set<string>();
  #counter = 0;

  constructor(vault: string) {
    this.#dir = vault;
  }

  pathOf(object: Digest): string {
    return join(this.#dir, 'objects', object.slice(0, 2), `${object}.gz`);
  }

  async has(object: Digest): Promise<boolean> {
    try {
      await access(this.pathOf(object));
      return true;
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return false;
      throw error;
    }
  }

  /** Rejects with `IntegrityError` where the body was kept before and is no longer whole: it is never acknowledged unread. */
  async put(bytes: Uint8Array): Promise<Digest> {
    return this.#once(digest(bytes), bytes.length, async (staged, object) => {
      const file = [header, await deflate(bytes, { level: 6 }), trailerOf(crc32(bytes), bytes.length)];
      await writeOnce(this.pathOf(object), Buffer.concat(file), staged);
    });
  }

  /** Keeps a file that may be too large to hold. It is read twice: once for its name, once to be compressed. */
  async putFile(path: string): Promise<Digest> {
    const sum = createHash('sha256');
    let check = 0;
    let size = 0;
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      sum.update(chunk);
      check = crc32(chunk, check);
      size += chunk.length;
    }
    return this.#once(Digest.parse(sum.digest('hex')), size, async (staged, object) => {
      const file = await open(staged, 'wx', 0o444);
      try {
        await file.appendFile(header);
        await pipeline(
          createReadStream(path),
          createDeflateRaw({ level: 6 }),
          async (chunks: AsyncIterable<Buffer>) => {
            for await (const chunk of chunks) await file.appendFile(chunk);
          },
        );
        await file.appendFile(trailerOf(check, size));
        await file.sync();
      } finally {
        await file.close();
      }
      await adopt(staged, this.pathOf(object));
    });
  }

  /** Rejects with `IntegrityError` where the object is missing, is not a file of ours, or holds other bytes than its name says. */
  async get(object: Digest): Promise<Uint8Array> {
    let file: Buffer;
    try {
      file = await onDisk(`object ${object} cannot be read`, () => readFile(this.pathOf(object)));
    } catch (error) {
      if (!(await this.has(object))) throw new IntegrityError(`object ${object} is missing`);
      throw error;
    }
    const bytes = await unpack(file);
    if (bytes === null || digest(bytes) !== object)
      throw new IntegrityError(`object ${object} holds other bytes than its name says`);
    return bytes;
  }

  #once(
    object: Digest,
    size: number,
    write: (staged: string, object: Digest) => Promise<void>,
  ): Promise<Digest> {
    const under = this.#under.get(object);
    if (under) return under;
    if (size > largest) throw new Error(`a body of ${size} bytes is larger than can be read again`);
    const work = onDisk(`the vault in ${this.#dir} cannot keep a body`, async () => {
      if (await this.has(object)) await this.#confirm(object);
      else await this.#stage(object, write);
      return object;
    }).finally(() => this.#under.delete(object));
    this.#under.set(object, work);
    return work;
  }

  async #stage(object: Digest, write: (staged: string, object: Digest) => Promise<void>): Promise<void> {
    this.#counter += 1;
    const staged = join(this.#dir, 'tmp', `object-${this.#counter}`);
    try {
      await write(staged, object);
    } finally {
      await rm(staged, { force: true });
    }
  }

  async #confirm(object: Digest): Promise<void> {
    await this.get(object);
    const folder = dirname(this.pathOf(object));
    if (this.#settled.has(folder)) return;
    await syncFolder(folder);
    await syncFolder(dirname(folder));
    this.#settled.add(folder);
  }
}
