import { digest, type Digest } from '../../evidence-model/digest.ts';
import { IntegrityError } from '../../evidence-model/read-snapshot.ts';
import { readAlias, readManifest } from '../../vault/archive.ts';
import { readLedger } from '../../vault/ledger.ts';
import { runPath } from '../../vault/paths.ts';
import type { Archive } from '../../vault/vault.ts';
import type { ZipReader } from './zip-reader.ts';

/** A packet read like a vault, so that it can be judged as one. */
export function packetArchive(zip: ZipReader): Archive {
  const objects = new Map<string, string>();
  for (const path of zip.paths) {
    const [, object] = /^data\/evidence\/([0-9a-f]{64})\.[a-z]+$/.exec(path) ?? [];
    if (object !== undefined) objects.set(object, path);
  }
  const names = new Map<string, string>();
  const get = async (object: Digest) => {
    const path = objects.get(object);
    if (path === undefined) throw new IntegrityError(`object ${object} is not in the packet`);
    const bytes = await zip.read(path);
    if (digest(bytes) !== object) throw new IntegrityError(`${path} holds other bytes than its name says`);
    return bytes;
  };
  async function* ledger() {
    const bytes = await zip.read('ledger/ledger.jsonl');
    for await (const { line } of readLedger(once(bytes))) yield line;
  }
  const nameOf = async (alias: string) => {
    if (names.size === 0)
      for await (const line of ledger())
        if (line.type === 'alias') names.set(line.alias, readAlias(await get(line.digest), line).name);
    const name = names.get(alias);
    if (name === undefined) throw new IntegrityError(`the ledger does not introduce ${alias}`);
    return name;
  };
  return {
    get,
    has: (object) => Promise.resolve(objects.has(object)),
    ledger,
    nameOf,
    async run(line) {
      const path = runPath(line.slot, await nameOf(line.source), line.attempt);
      return readManifest(
        line,
        path,
        await zip.read(`data/${path}.json`),
        await zip.read(`data/${path}.sha256`),
      );
    },
  };
}

async function* once(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(bytes);
}
