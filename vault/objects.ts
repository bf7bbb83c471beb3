import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, mkdir, open, readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { crc32, createDeflateRaw, deflateRaw, inflateRaw } from 'node:zlib';
import { digest, Digest } from '../evidence-model/digest.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import { adopt, onDisk, writeOnce } from './disk.ts';

const deflate = promisify(deflateRaw);

/** Ten bytes that say nothing but «gzip»: no name, no time, an unknown system, so that equal bodies give equal files. */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

/** No body that we keep is larger; a file that claims to be is not ours. */
const largest = 2 ** 31 - 1;

/** `objects/ab/<sha256>.gz`: bodies under the digest of their uncompressed bytes, written once and never changed. */
export class Objects {
  readonly #dir: string;
  #counter = 0;

  constructor(vault: string) {
    this.#dir = vault;
  }

  pathOf(object: Digest): string {
    return join(this.#dir, 'objects', object.slice(0, 2), `${object}.gz`);
  }

  has(object: Digest): Promise<boolean> {
    return access(this.pathOf(object)).then(
      () => true,
      () => false,
    );
  }

  async put(bytes: Uint8Array): Promise<Digest> {
    const object = digest(bytes);
    if (await this.has(object)) return object;
    const file = Buffer.concat([
      header,
      await deflate(bytes, { level: 6 }),
      trailerOf(crc32(bytes), bytes.length),
    ]);
    await onDisk(`the vault in ${this.#dir} cannot keep a body`, () =>
      writeOnce(this.pathOf(object), file, this.#temporary()),
    );
    return object;
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
    const object = Digest.parse(sum.digest('hex'));
    if (await this.has(object)) return object;
    await onDisk(`the vault in ${this.#dir} cannot keep a snapshot`, async () => {
      const staged = this.#temporary();
      await mkdir(join(this.#dir, 'tmp'), { recursive: true });
      const file = await open(staged, 'wx', 0o600);
      const deflating = createReadStream(path).compose(createDeflateRaw({ level: 6 }));
      await file.appendFile(header);
      for await (const chunk of deflating as AsyncIterable<Buffer>) await file.appendFile(chunk);
      await file.appendFile(trailerOf(check, size));
      await file.sync();
      await file.chmod(0o444);
      await file.close();
      await adopt(staged, this.pathOf(object));
    });
    return object;
  }

  /** Rejects with `IntegrityError` where the object is missing, is not a file of ours, or holds other bytes than its name says. */
  async get(object: Digest): Promise<Uint8Array> {
    let file: Buffer;
    try {
      file = await readFile(this.pathOf(object));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        throw new IntegrityError(`object ${object} is missing`);
      throw error;
    }
    const bytes = await unpack(file);
    if (bytes === null || digest(bytes) !== object)
      throw new IntegrityError(`object ${object} holds other bytes than its name says`);
    return bytes;
  }

  /** Every object by name, in order. */
  async *all(): AsyncIterable<Digest> {
    const folders = await readdir(join(this.#dir, 'objects'));
    for (const folder of folders.sort()) {
      for (const name of (await readdir(join(this.#dir, 'objects', folder))).sort()) {
        const object = Digest.safeParse(name.replace(/\.gz$/, ''));
        if (object.success && name.endsWith('.gz') && folder === name.slice(0, 2)) yield object.data;
      }
    }
  }

  #temporary(): string {
    this.#counter += 1;
    return join(this.#dir, 'tmp', `object-${process.pid}-${this.#counter}`);
  }
}

/** What node:zlib gives with `info`: how much of the input belonged to the stream. */
interface Inflated {
  readonly buffer: Buffer;
  readonly engine: { readonly bytesWritten: number };
}

function trailerOf(check: number, size: number): Buffer {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(check, 0);
  trailer.writeUInt32LE(size % 2 ** 32, 4);
  return trailer;
}

/** The body of a gzip file as we write it; `null` for any other, also for one with bytes hidden behind or before the body. */
async function unpack(file: Buffer): Promise<Buffer | null> {
  if (file.length < 18 || !file.subarray(0, 10).equals(header)) return null;
  const body = file.subarray(10, -8);
  const found = await new Promise<Inflated | null>((resolve) => {
    inflateRaw(body, { info: true, maxOutputLength: largest }, (error, result) =>
      resolve(error ? null : (result as unknown as Inflated)),
    );
  });
  if (found?.engine.bytesWritten !== body.length) return null;
  return trailerOf(crc32(found.buffer), found.buffer.length).equals(file.subarray(-8)) ? found.buffer : null;
}
