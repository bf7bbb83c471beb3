import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { digest } from '../evidence-model/digest.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import { sumsOf, type Alias } from './archive.ts';
import { checkpointFile, signCheckpoint } from './checkpoint.ts';
import { onDisk, writeOnce } from './disk.ts';
import { archiveOf, readPart } from './folder.ts';
import { dropJournals, openJournal } from './journal.ts';
import type { Keys } from './keys.ts';
import type { Ledger } from './ledger.ts';
import { RunManifest } from './manifest.ts';
import type { LastCheckpoint } from './recovery.ts';
import { Objects } from './objects.ts';
import type { LedgerLine } from './ledger-lines.ts';
import { runPath, SourceId, type RunLine } from './paths.ts';
import { packetStampPath, stampFile, stampNames } from './stamp-files.ts';
import type { Checkpoint, Stamp, Vault } from './vault.ts';

export interface WriterOptions {
  readonly dir: string;
  readonly keys: Keys;
  readonly now: () => Date;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** How a run is known in the ledger. */
export function runKey({ slot, source, attempt }: Pick<RunLine, 'slot' | 'source' | 'attempt'>): string {
  return `${slot} ${source} ${attempt}`;
}

/**
 * The write side of a vault. Whoever makes one holds the lock of its folder, which closing gives back. `sealed` are the
 * runs that the ledger tells of, `newest` is its last checkpoint.
 */
export function writerOf(
  { dir, keys, now, randomBytes }: WriterOptions,
  ledger: Ledger,
  lock: { release(): void },
  sealed: Set<string>,
  newest: Pick<LastCheckpoint, 'size' | 'note'> | null,
): Vault {
  const objects = new Objects(dir);
  const archive = archiveOf(dir, objects);
  let aliases: Map<string, string> | null = null;
  let closing: Promise<void> | null = null;
  let counter = 0;
  let turn: Promise<unknown> = Promise.resolve();
  /** Lines are written one after another; a failure is heard by whoever asked, not by the next in turn. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  /** Writes a file that says what it must, so that one that is there already must say the same. Tells whether it was new. */
  const once = async (path: string, bytes: Uint8Array): Promise<boolean> => {
    counter += 1;
    const staged = join(dir, 'tmp', `file-${counter}`);
    const fresh = await onDisk(`the vault in ${dir} cannot be written`, () =>
      writeOnce(join(dir, path), bytes, staged),
    );
    if (!fresh && digest(await readPart(dir, path)) !== digest(bytes))
      throw new IntegrityError(`${path} is there already and says something else`);
    return fresh;
  };

  const checkpoint = async (stamp?: Stamp): Promise<Checkpoint> => {
    const { size, chain, root } = ledger.reading;
    if (chain === '') throw new IntegrityError('a ledger without lines has no checkpoint');
    // That of before, where nothing came since: where keys changed, it has another signature beside.
    const note = Buffer.from(
      newest?.size === size ? newest.note : signCheckpoint({ origin: keys.origin, size, root, chain }, keys),
    );
    await once(`ledger/checkpoints/${checkpointFile(size)}`, note);
    const stamped = (await stampNames(dir)).filter((each) => each.size === size);
    const stamps: { authority: string; answer: Uint8Array }[] = [];
    for (const { authority } of stamped) {
      const answer = await readPart(dir, `ledger/checkpoints/${stampFile(size, authority)}`);
      stamps.push({ authority, answer });
    }
    const without = stamps.map(({ authority }) => authority);
    for (const { authority, answer } of (await stamp?.(digest(note), without)) ?? []) {
      await once(`ledger/checkpoints/${stampFile(size, authority)}`, answer);
      stamps.push({ authority, answer });
    }
    return { size, chain, note, stamps };
  };

  const knownAliases = async (): Promise<Map<string, string>> => {
    const known = new Map<string, string>();
    for await (const line of archive.ledger())
      if (line.type === 'alias') known.set(`${line.of} ${await archive.nameOf(line.alias)}`, line.alias);
    return known;
  };

  const expectWhole = async ({ subject, predicate }: RunManifest): Promise<void> => {
    for (const { digest: each } of subject)
      if (!(await objects.has(each.sha256)))
        throw new IntegrityError(`a run cites ${each.sha256}, which was not kept`);
    if ((await archive.nameOf(predicate.alias)) !== predicate.source)
      throw new IntegrityError(`${predicate.alias} does not stand for ${predicate.source}`);
  };

  return {
    ...archive,
    put: (bytes) => objects.put(bytes),
    append: (line) => inTurn(() => ledger.append(line, now())),
    checkpoint: (stamp) => inTurn(() => checkpoint(stamp)),
    async lastStamp() {
      const names = await stampNames(dir);
      const size = names.at(-1)?.size;
      // Of several stamps of one checkpoint any would do.
      const last = names.find((each) => each.size === size);
      if (!last) return null;
      const answer = await readPart(dir, `ledger/checkpoints/${stampFile(last.size, last.authority)}`);
      return { size: last.size, digest: digest(answer) };
    },
    keepPacketStamp: async (tagmanifest, authority, answer) => {
      await inTurn(() => once(packetStampPath(tagmanifest, authority), answer));
    },
    journal: (of) => openJournal(dir, of, objects),
    aliasOf: (of, name) =>
      inTurn(async () => {
        if (of === 'source') SourceId.parse(name);
        aliases ??= await knownAliases();
        const known = aliases.get(`${of} ${name}`);
        if (known !== undefined) return known;
        const alias = `${of.charAt(0)}-${hex(randomBytes(8))}`;
        const said: Alias = { v: 1, of, alias, name, salt: hex(randomBytes(16)) };
        const object = await objects.put(Buffer.from(`${JSON.stringify(said)}\n`));
        await ledger.append({ type: 'alias', alias, of, digest: object }, now());
        aliases.set(`${of} ${name}`, alias);
        return alias;
      }),
    seal: (manifest, status) =>
      inTurn(async () => {
        const run = RunManifest.parse(manifest);
        const { slot, source, alias, attempt, datasets } = run.predicate;
        const path = runPath(slot, source, attempt);
        const key = runKey({ slot, source: alias, attempt });
        if (sealed.has(key)) throw new IntegrityError(`${path} was sealed before`);
        await expectWhole(run);
        const bytes = Buffer.from(`${JSON.stringify(run, null, 1)}\n`);
        const sums = sumsOf(run, path, bytes);
        const items = datasets.reduce((sum, { end }) => sum + end.items, 0);
        const made: string[] = [];
        let line: LedgerLine;
        try {
          if (await once(`${path}.json`, bytes)) made.push(`${path}.json`);
          if (await once(`${path}.sha256`, sums)) made.push(`${path}.sha256`);
          line = await ledger.append(
            { type: 'run', slot, source: alias, attempt, status, items, manifest: digest(sums) },
            now(),
          );
        } catch (error) {
          // Files that no line speaks of go again, unless the line may stand on the disk after all.
          if (!ledger.broken) for (const each of made) await rm(join(dir, each), { force: true });
          throw error;
        }
        sealed.add(key);
        // It is sealed, whatever comes of this: journals that stay are taken away when the vault is opened again.
        await dropJournals(dir, { slot, source, attempt }).catch(() => undefined);
        return line;
      }),
    close: () => (closing ??= inTurn(close)),
  };

  async function close(): Promise<void> {
    try {
      await checkpoint();
    } finally {
      await ledger.close();
      lock.release();
    }
  }
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
