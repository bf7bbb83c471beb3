import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Digest } from '../evidence-model/digest.ts';
import { OperatorError } from '../evidence-model/operator-error.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
import { checkpointSize, openCheckpoint } from './checkpoint.ts';
import { filesBelow } from './disk.ts';
import { dropJournals } from './journal.ts';
import { KeyBook } from './key-book.ts';
import { tornPieces, type Reading } from './ledger.ts';
import type { LedgerLine } from './ledger-lines.ts';
import { RunManifest } from './manifest.ts';
import type { Hash } from './merkle.ts';
import { checkpointsDir } from './paths.ts';
import { SlotBook } from './slot-book.ts';
import type { Vault } from './vault.ts';
import { runKey } from './writer.ts';

/** The name and the text of the last checkpoint, where there is one. */
export interface LastCheckpoint {
  readonly name: string;
  readonly size: number;
  readonly note: string;
}

export async function lastCheckpoint(vault: string): Promise<LastCheckpoint | null> {
  const names = await readdir(checkpointsDir(vault));
  const found = names.flatMap((name) => {
    const size = checkpointSize(name);
    return size === null ? [] : [{ name, size }];
  });
  const last = found.sort((a, b) => a.size - b.size).at(-1);
  if (!last) return null;
  return { ...last, note: await readFile(join(checkpointsDir(vault), last.name), 'utf8') };
}

/** What must be known of a ledger before it is written on. */
export class Replay {
  readonly sealed = new Set<string>();
  readonly #slots = new SlotBook();
  readonly #torn = new Set<Digest>();
  readonly #last: LastCheckpoint | null;
  readonly keys = new KeyBook();
  /** What the ledger was where the last checkpoint signed it, and who had to sign. */
  #then: {
    readonly chain: Digest | '';
    readonly root: Hash;
    readonly signers: readonly string[];
  } | null = null;
  #size = 0;

  constructor(last: LastCheckpoint | null) {
    this.#last = last;
  }

  take(line: LedgerLine, reading: Pick<Reading, 'size' | 'chain' | 'root'>): void {
    this.#size = reading.size;
    this.#slots.take(line);
    this.keys.take(line);
    if (line.type === 'run') this.sealed.add(runKey(line));
    if (line.type === 'recovery' && line.torn !== null) this.#torn.add(line.torn);
    if (reading.size === this.#last?.size)
      this.#then = { chain: reading.chain, root: reading.root, signers: this.keys.signers };
  }

  /**
   * Whoever writes on must have the key that signs now, and find all that was signed. Only whoever changes keys may find
   * that the line which says so is the last, and not signed yet.
   */
  expectOwn(dir: string, vkey: string, changing = false): void {
    const changedAt = [...this.keys.changes.keys()].at(-1) ?? 0;
    if (this.keys.current?.vkey !== vkey || (!changing && changedAt > (this.#last?.size ?? 0)))
      throw new OperatorError(
        `the keys are not those of the vault in ${dir}: name the folder of its own keys`,
      );
    if (!this.#last) return;
    const signed = openCheckpoint(this.#last.note, ...(this.#then?.signers ?? [vkey]));
    if (!signed || signed.size !== this.#last.size)
      throw new IntegrityError(`checkpoint ${this.#last.name} is not one of the vault in ${dir}`);
    if (this.#then?.chain !== signed.chain || !this.#then.root.equals(signed.root))
      throw new IntegrityError(
        `the ledger in ${dir} is not the one that checkpoint ${this.#last.name} signed: restore it from your backup`,
      );
  }

  /** Writes down what was torn, and that lines were found which nobody had signed. */
  async recover(dir: string, vault: Vault): Promise<void> {
    const pieces = [...(await tornPieces(dir))].filter(([torn]) => !this.#torn.has(torn));
    for (const [torn, tornBytes] of pieces) await vault.append({ type: 'recovery', tornBytes, torn });
    if (pieces.length === 0 && this.#size > (this.#last?.size ?? 0))
      await vault.append({ type: 'recovery', tornBytes: 0, torn: null });
    for (const slot of this.#slots.openSlots) await sealWritten(dir, vault, slot);
    await this.#dropSealed(dir, vault);
  }

  /** Journals of attempts that were sealed just before the process ended. */
  async #dropSealed(dir: string, vault: Vault): Promise<void> {
    const left = await leftoverJournals(dir);
    if (left.length === 0) return;
    for await (const line of vault.ledger()) {
      if (line.type !== 'run' || !left.some((path) => path.startsWith(`journal/${line.slot}/`))) continue;
      const { slot, attempt } = line;
      await dropJournals(dir, { slot, attempt, source: await vault.nameOf(line.source) });
    }
  }
}

/**
 * Runs whose files were written when the process ended, and whose line was not, are sealed now. It is not known any
 * more how they went, so they are never `ok`. Files that do not hold are left, for `verifyVault` to name.
 */
async function sealWritten(dir: string, vault: Vault, slot: string): Promise<void> {
  for (const { path, plain } of await filesBelow(join(dir, 'runs', slot))) {
    if (!plain || !path.endsWith('.json')) continue;
    const run = RunManifest.safeParse(jsonOf(await readFile(join(dir, 'runs', slot, path), 'utf8')));
    if (!run.success) continue;
    const { predicate } = run.data;
    if (predicate.slot !== slot || path !== `${predicate.source}/${predicate.attempt}.json`) continue;
    const read = predicate.datasets.some(({ end }) => end.outcome === 'complete' || end.items > 0);
    try {
      await vault.seal(run.data, read ? 'partial' : 'failed');
    } catch (error) {
      if (!(error instanceof IntegrityError)) throw error;
    }
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Journals that a process left behind when it ended, as paths from the vault's folder. */
export async function leftoverJournals(dir: string): Promise<string[]> {
  const found = await filesBelow(join(dir, 'journal'));
  return found.flatMap(({ path, plain }) => (plain ? [`journal/${path}`] : []));
}
