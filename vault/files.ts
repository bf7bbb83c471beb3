import { access, mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { digest } from '../evidence-model/digest.ts';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import { readAlias, readManifest, sumsOf, type Alias } from './archive.ts';
import { checkpointFile, openCheckpoint, signCheckpoint } from './checkpoint.ts';
import { filesBelow, onDisk, probeVolume, writeOnce } from './disk.ts';
import { openJournal } from './journal.ts';
import type { Keys } from './keys.ts';
import type { NewLine } from './ledger-lines.ts';
import { Ledger, readLedgerFile } from './ledger.ts';
import { takeLock } from './lock.ts';
import { RunManifest } from './manifest.ts';
import { Objects } from './objects.ts';
import { checkpointsDir, runPath, SourceId } from './paths.ts';
import type { Archive, Checkpoint, Vault } from './vault.ts';

export interface VaultOptions {
  readonly dir: string;
  readonly keys: Keys;
  readonly now: () => Date;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** Reads a vault without taking its lock; a writer may go on meanwhile. */
export async function openArchive(dir: string): Promise<Archive> {
  await access(join(dir, 'ledger', 'ledger.jsonl')).catch(() => {
    throw new OperatorError(`there is no vault in ${dir}: run exhibit init, or name another folder`);
  });
  return archiveOf(dir, new Objects(dir));
}

/** Makes a new vault and opens it. A folder that holds one already is left alone. */
export async function createVault(
  options: VaultOptions & { readonly recovery: string | null },
): Promise<Vault> {
  const { dir, keys, recovery } = options;
  const taken = await access(join(dir, 'ledger', 'ledger.jsonl')).then(
    () => true,
    () => false,
  );
  if (taken) throw new OperatorError(`there is a vault in ${dir} already: name another folder`);
  await onDisk(`the vault in ${dir} cannot be made`, () => mkdir(dir, { recursive: true, mode: 0o700 }));
  return open(options, async (ledger, now) => {
    await ledger.append({ type: 'genesis', origin: keys.origin, vkey: keys.vkey, recovery }, now());
  });
}

/** Opens a vault for writing. Rejects with `OperatorError` where another holds it, or the volume does not keep its word. */
export async function openVault(options: VaultOptions): Promise<Vault> {
  await openArchive(options.dir);
  return open(options, async (ledger) => {
    if (ledger.size === 0) throw new IntegrityError(`the ledger in ${options.dir} is empty`);
    for await (const { line } of readLedgerFile(options.dir)) {
      if (line.type === 'genesis' && line.vkey !== options.keys.vkey)
        throw new OperatorError(
          `the keys are not those of the vault in ${options.dir}: name the folder of its own keys`,
        );
      break;
    }
  });
}

async function open(
  { dir, keys, now, randomBytes }: VaultOptions,
  begin: (ledger: Ledger, now: () => Date) => Promise<void>,
): Promise<Vault> {
  await probeVolume(dir);
  const lock = takeLock(dir);
  try {
    await rm(join(dir, 'tmp'), { recursive: true, force: true });
    await mkdir(join(dir, 'tmp'));
    await mkdir(join(dir, 'objects'), { recursive: true });
    const { ledger, torn } = await Ledger.open(dir);
    const objects = new Objects(dir);
    await begin(ledger, now);
    const vault = vaultOf(dir, objects, ledger, { keys, now, randomBytes }, lock);
    if (torn.length > 0) await vault.append({ type: 'recovery', tornBytes: torn.length, torn: digest(torn) });
    for (const line of await unsealed(dir, vault)) await vault.append(line);
    await vault.checkpoint();
    return vault;
  } catch (error) {
    lock.release();
    throw error;
  }
}

function archiveOf(dir: string, objects: Objects): Archive {
  const names = new Map<string, Alias>();
  const nameOf = async (alias: string): Promise<string> => {
    const known = names.get(alias);
    if (known) return known.name;
    for await (const { line } of readLedgerFile(dir)) {
      if (line.type !== 'alias' || line.alias !== alias) continue;
      const read = readAlias(await objects.get(line.digest), line);
      names.set(alias, read);
      return read.name;
    }
    throw new IntegrityError(`the ledger does not introduce ${alias}`);
  };
  return {
    get: (object) => objects.get(object),
    has: (object) => objects.has(object),
    nameOf,
    async *ledger() {
      for await (const { line } of readLedgerFile(dir)) yield line;
    },
    async run(line) {
      const path = runPath(line.slot, await nameOf(line.source), line.attempt);
      const [manifest, sums] = await Promise.all([
        read(join(dir, `${path}.json`)),
        read(join(dir, `${path}.sha256`)),
      ]);
      return readManifest(line, path, manifest, sums);
    },
  };
}

function vaultOf(
  dir: string,
  objects: Objects,
  ledger: Ledger,
  { keys, now, randomBytes }: Omit<VaultOptions, 'dir'>,
  lock: { release(): void },
): Vault {
  const archive = archiveOf(dir, objects);
  const aliases = new Map<string, string>();
  let turn: Promise<unknown> = Promise.resolve();
  let counter = 0;
  /** Lines are written one after another; a failure is heard by whoever asked, not by the next in turn. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = turn.then(work, work);
    turn = mine.catch(() => undefined);
    return mine;
  };
  const once = (path: string, bytes: Uint8Array) => {
    counter += 1;
    const temporary = join(dir, 'tmp', `file-${process.pid}-${counter}`);
    return onDisk(`the vault in ${dir} cannot be written`, () =>
      writeOnce(join(dir, path), bytes, temporary),
    );
  };

  const checkpoint = async (): Promise<Checkpoint> => {
    const { size, chain, root } = ledger;
    if (chain === '') throw new IntegrityError('a ledger without lines has no checkpoint');
    const path = `ledger/checkpoints/${checkpointFile(size)}`;
    const note = Buffer.from(signCheckpoint({ origin: keys.origin, size, root, chain }, keys));
    await once(path, note);
    const kept = await readFile(join(dir, path));
    if (openCheckpoint(kept.toString(), keys.vkey)?.chain !== chain)
      throw new IntegrityError(`${path} is not a checkpoint of this ledger`);
    return { size, chain, note: kept };
  };

  return {
    ...archive,
    put: (bytes) => objects.put(bytes),
    append: (line) => inTurn(() => ledger.append(line, now())),
    checkpoint: () => inTurn(checkpoint),
    journal: (of) => {
      runPath(of.slot, of.source, of.attempt);
      return openJournal(dir, of, objects);
    },
    aliasOf: (of, name) =>
      inTurn(async () => {
        if (of === 'source') SourceId.parse(name);
        if (aliases.size === 0)
          for await (const line of archive.ledger())
            if (line.type === 'alias')
              aliases.set(`${line.of} ${await archive.nameOf(line.alias)}`, line.alias);
        const known = aliases.get(`${of} ${name}`);
        if (known !== undefined) return known;
        const alias = `${of === 'source' ? 's' : 'a'}-${Buffer.from(randomBytes(8)).toString('hex')}`;
        const salt = Buffer.from(randomBytes(16)).toString('hex');
        const object = await objects.put(
          Buffer.from(`${JSON.stringify({ v: 1, of, alias, name, salt } satisfies Alias)}\n`),
        );
        await ledger.append({ type: 'alias', alias, of, digest: object }, now());
        aliases.set(`${of} ${name}`, alias);
        return alias;
      }),
    seal: (manifest, status) =>
      inTurn(async () => {
        const { predicate } = RunManifest.parse(manifest);
        const path = runPath(predicate.slot, predicate.source, predicate.attempt);
        const bytes = Buffer.from(`${JSON.stringify(manifest, null, 1)}\n`);
        const sums = Buffer.from(manifestSums(manifest, path, bytes));
        const written = [await once(`${path}.json`, bytes), await once(`${path}.sha256`, sums)];
        if (written.includes(false)) throw new IntegrityError(`${path} was sealed before`);
        const { slot, alias, attempt } = predicate;
        return ledger.append(
          {
            type: 'run',
            slot,
            source: alias,
            attempt,
            status,
            items: itemsOf(manifest),
            manifest: digest(sums),
          },
          now(),
        );
      }),
    async close() {
      await inTurn(checkpoint);
      await ledger.close();
      lock.release();
    },
  };
}

/**
 * Runs whose files were written when the process ended, and whose line was not: what they read is not lost. Sums that
 * were not written yet are written now.
 */
async function unsealed(dir: string, vault: Vault): Promise<NewLine[]> {
  const sealed = new Set<string>();
  const aliases = new Set<string>();
  for await (const line of vault.ledger()) {
    if (line.type === 'run') sealed.add(runPath(line.slot, await vault.nameOf(line.source), line.attempt));
    if (line.type === 'alias') aliases.add(line.alias);
  }
  const lines: NewLine[] = [];
  const files = await filesBelow(join(dir, 'runs')).catch(() => []);
  for (const file of files.filter((name) => name.endsWith('.json'))) {
    const path = `runs/${file.replace(/\.json$/, '')}`;
    if (sealed.has(path)) continue;
    const bytes = await read(join(dir, `${path}.json`));
    const manifest = RunManifest.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
    if (!manifest.success || !aliases.has(manifest.data.predicate.alias)) continue;
    const { predicate } = manifest.data;
    const sums = Buffer.from(manifestSums(manifest.data, path, bytes));
    await writeOnce(join(dir, `${path}.sha256`), sums, join(dir, 'tmp', 'unsealed'));
    const { slot, alias, attempt, datasets } = predicate;
    const outcomes = datasets.map(({ outcome }) => outcome);
    const status = outcomes.every((outcome) => outcome === 'complete') ? 'ok' : 'partial';
    lines.push({
      type: 'run',
      slot,
      source: alias,
      attempt,
      status,
      items: itemsOf(manifest.data),
      manifest: digest(sums),
    });
  }
  return lines;
}

function manifestSums({ subject }: RunManifest, path: string, bytes: Uint8Array): string {
  const files = subject.map(({ name, digest: { sha256 } }) => ({ name, sha256 }));
  return sumsOf([...files, { name: `data/${path}.json`, sha256: digest(bytes) }]);
}

function itemsOf({ predicate }: RunManifest): number {
  return predicate.datasets.reduce((sum, { end }) => sum + end.items, 0);
}

async function read(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
      throw new IntegrityError(`${path} is missing`);
    throw error;
  }
}

/** Journals that a process left behind when it ended, as paths from the vault's folder. */
export async function leftoverJournals(dir: string): Promise<string[]> {
  const found = await readdir(join(dir, 'journal')).catch(() => []);
  return found.length === 0 ? [] : (await filesBelow(join(dir, 'journal'))).map((path) => `journal/${path}`);
}

/** The checkpoints of a vault, oldest first. */
export async function checkpointsOf(
  dir: string,
): Promise<{ readonly name: string; readonly note: Uint8Array }[]> {
  const names = (await readdir(checkpointsDir(dir))).filter((name) => name.endsWith('.note')).sort();
  return Promise.all(
    names.map(async (name) => ({ name, note: await readFile(join(checkpointsDir(dir), name)) })),
  );
}
