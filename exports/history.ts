import { z } from 'zod';
import { Plan } from '../controls/plan.ts';
import { Calendar, isUndone } from '../evidence-model/calendar.ts';
import type { Digest } from '../evidence-model/digest.ts';
import { packedLines } from './packed-lines.ts';
import { IntegrityError, readSnapshot, readSnapshotAgain } from '../evidence-model/read-snapshot.ts';
import type { Snapshot } from '../evidence-model/snapshot.ts';
import { contentOf } from '../evidence-model/snapshot-content.ts';
import type { LedgerLine } from '../vault/ledger-lines.ts';
import type { RunManifest } from '../vault/manifest.ts';
import type { Archive } from '../vault/vault.ts';

type Line<T extends LedgerLine['type']> = Extract<LedgerLine, { type: T }>;

/** One attempt to read one source, as the ledger names it. Its manifest is read when it is asked for. */
export interface Run {
  readonly line: Line<'run'>;
  readonly source: string;
}

/** A slot as the ledger tells it. */
export interface Night {
  readonly slot: string;
  readonly open: Line<'slot.open'> | null;
  readonly gap: Line<'gap'> | null;
  readonly close: Line<'slot.close'> | null;
  readonly runs: readonly Run[];
}

/** A slot that was read and closed. */
export type ClosedNight = Night & { readonly open: Line<'slot.open'>; readonly close: Line<'slot.close'> };

/** What was read of an archive and is asked for again: by those who judge one night after another, snapshots too. */
interface Kept {
  readonly plans: Map<Digest, Promise<Plan>>;
  readonly manifests: Map<Digest, Promise<Pick<RunManifest, 'predicate'>>>;
  /** The youngest last; `null` where each is asked for once. */
  readonly snapshots: Map<Digest, { readonly snapshot: Snapshot; readonly bytes: number }> | null;
  readonly contents: WeakMap<Snapshot, Digest>;
}

/** How much of snapshots is kept. Logs are looked at in many nights, and what was read in one alone gives way to them. */
const keptBytes = 32 * 2 ** 20;

/** The nights of an archive, oldest first, with what they pinned. */
export class History {
  readonly archive: Archive;
  /** Without those of a clock that was found to have been ahead of the time. */
  readonly nights: readonly Night[];
  readonly calendar: Calendar;
  readonly #lines: readonly LedgerLine[];
  readonly #names: ReadonlyMap<string, string>;
  readonly #kept: Kept;

  private constructor(
    archive: Archive,
    lines: readonly LedgerLine[],
    names: ReadonlyMap<string, string>,
    kept: Kept,
  ) {
    this.archive = archive;
    this.#lines = lines;
    this.#names = names;
    this.#kept = kept;
    this.calendar = new Calendar();
    this.nights = nightsOf(lines, names, this.calendar);
  }

  /** `again`: snapshots are kept for a while and their contents told, for judging one night after another. */
  static async read(archive: Archive, { again = false } = {}): Promise<History> {
    const lines: LedgerLine[] = [];
    const names = new Map<string, string>();
    for await (const line of archive.ledger()) {
      lines.push(line);
      const sources = line.type === 'run' ? [line.source] : line.type === 'schedule' ? line.sources : [];
      for (const alias of sources) if (!names.has(alias)) names.set(alias, await archive.nameOf(alias));
    }
    return new History(archive, lines, names, {
      plans: new Map(),
      manifests: new Map(),
      snapshots: again ? new Map() : null,
      contents: new WeakMap(),
    });
  }

  /** Every line, oldest first. */
  get lines(): readonly LedgerLine[] {
    return this.#lines;
  }

  get closed(): ClosedNight[] {
    return this.nights.filter((night): night is ClosedNight => night.open !== null && night.close !== null);
  }

  /** The history as it was when this slot was closed: a packet is cut there and knows nothing later. */
  upTo({ close }: ClosedNight): History {
    const lines = this.#lines.slice(0, close.n + 1);
    return new History(this.archive, lines, this.#names, this.#kept);
  }

  nameOf(alias: string): string {
    return this.#names.get(alias) ?? alias;
  }

  /** The plan that a slot pinned. */
  plan({ plan }: Line<'slot.open'>): Promise<Plan> {
    const known = this.#kept.plans.get(plan);
    if (known) return known;
    const reading = this.archive.get(plan).then((bytes) => {
      const parsed = Plan.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
      if (!parsed.success)
        throw new IntegrityError(`the plan ${plan} has not its form: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    });
    this.#kept.plans.set(plan, reading);
    return reading;
  }

  /** What a run says of itself. The list of its evidence is not held: it is by far the most of it. */
  manifest({ line }: Run): Promise<Pick<RunManifest, 'predicate'>> {
    const known = this.#kept.manifests.get(line.manifest);
    if (known) return known;
    const reading = this.archive.run(line).then(({ predicate }) => ({ predicate }));
    this.#kept.manifests.set(line.manifest, reading);
    return reading;
  }

  async snapshot(object: Digest): Promise<Snapshot> {
    const { snapshots, contents } = this.#kept;
    const known = snapshots?.get(object);
    if (known) {
      snapshots?.delete(object);
      snapshots?.set(object, known);
      return known.snapshot;
    }
    const bytes = await this.archive.get(object);
    const snapshot =
      bytes.length < largeBytes
        ? readSnapshot(bytes)
        : readSnapshotAgain(bytes, packedLines(bytes, largeBytes));
    if (snapshots) {
      contents.set(snapshot, contentOf(bytes));
      snapshots.set(object, { snapshot, bytes: bytes.length });
      let held = [...snapshots.values()].reduce((sum, each) => sum + each.bytes, 0);
      for (const [oldest, { bytes: size }] of snapshots) {
        if (held <= keptBytes) break;
        snapshots.delete(oldest);
        held -= size;
      }
    }
    return snapshot;
  }

  /** What judging looks at of a snapshot that this history read, where it was made for judging again and again. */
  contentOf(snapshot: Snapshot): Digest {
    const content = this.#kept.contents.get(snapshot);
    if (content === undefined)
      throw new Error('the contents of snapshots are told only of a history for many nights');
    return content;
  }
}

/** Snapshots larger than this are held compressed: between two readings of their records nobody needs them. */
const largeBytes = 2 ** 20;

function nightsOf(
  lines: readonly LedgerLine[],
  names: ReadonlyMap<string, string>,
  calendar: Calendar,
): readonly Night[] {
  const nights = new Map<string, Night & { runs: Run[] }>();
  for (const line of lines) {
    if (line.type === 'schedule') calendar.schedule(line);
    else if (line.type === 'slot.open')
      nights.set(line.slot, { slot: line.slot, open: line, gap: null, close: null, runs: [] });
    else if (line.type === 'gap')
      nights.set(line.slot, { slot: line.slot, open: null, gap: line, close: null, runs: [] });
    else if (line.type === 'run')
      nights.get(line.slot)?.runs.push({ line, source: names.get(line.source) ?? line.source });
    else if (line.type === 'slot.close') {
      const night = nights.get(line.slot);
      if (night) nights.set(line.slot, { ...night, close: line });
    } else if (line.type === 'clock')
      for (const [slot, { open, gap }] of nights) {
        const due = gap?.due ?? open?.due;
        if (due !== undefined && isUndone(due, gap ? 'gap' : 'read', line.t)) nights.delete(slot);
      }
  }
  return [...nights.values()];
}
