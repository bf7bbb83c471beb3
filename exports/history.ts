import { z } from 'zod';
import { Plan } from '../controls/plan.ts';
import { Calendar, isUndone } from '../evidence-model/calendar.ts';
import type { Digest } from '../evidence-model/digest.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';
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

/** The nights of an archive, oldest first, with what they pinned. What was read once is kept. */
export class History {
  readonly archive: Archive;
  /** Without those of a clock that was found to have been ahead of the time. */
  readonly nights: readonly Night[];
  readonly calendar: Calendar;
  readonly #lines: readonly LedgerLine[];
  readonly #names: ReadonlyMap<string, string>;
  readonly #plans: Map<Digest, Promise<Plan>>;
  readonly #manifests: Map<Digest, Promise<RunManifest>>;

  private constructor(
    archive: Archive,
    lines: readonly LedgerLine[],
    names: ReadonlyMap<string, string>,
    plans: Map<Digest, Promise<Plan>>,
    manifests: Map<Digest, Promise<RunManifest>>,
  ) {
    this.archive = archive;
    this.#lines = lines;
    this.#names = names;
    this.#plans = plans;
    this.#manifests = manifests;
    this.calendar = new Calendar();
    this.nights = nightsOf(lines, names, this.calendar);
  }

  static async read(archive: Archive): Promise<History> {
    const lines: LedgerLine[] = [];
    const names = new Map<string, string>();
    for await (const line of archive.ledger()) {
      lines.push(line);
      const sources = line.type === 'run' ? [line.source] : line.type === 'schedule' ? line.sources : [];
      for (const alias of sources) if (!names.has(alias)) names.set(alias, await archive.nameOf(alias));
    }
    return new History(archive, lines, names, new Map(), new Map());
  }

  get closed(): ClosedNight[] {
    return this.nights.filter((night): night is ClosedNight => night.open !== null && night.close !== null);
  }

  /** The history as it was when this slot was closed: a packet is cut there and knows nothing later. */
  upTo({ close }: ClosedNight): History {
    const lines = this.#lines.slice(0, close.n + 1);
    return new History(this.archive, lines, this.#names, this.#plans, this.#manifests);
  }

  nameOf(alias: string): string {
    return this.#names.get(alias) ?? alias;
  }

  /** The plan that a slot pinned. */
  plan({ plan }: Line<'slot.open'>): Promise<Plan> {
    const known = this.#plans.get(plan);
    if (known) return known;
    const reading = this.archive.get(plan).then((bytes) => {
      const parsed = Plan.safeParse(JSON.parse(new TextDecoder().decode(bytes)));
      if (!parsed.success)
        throw new IntegrityError(`the plan ${plan} has not its form: ${z.prettifyError(parsed.error)}`);
      return parsed.data;
    });
    this.#plans.set(plan, reading);
    return reading;
  }

  manifest({ line }: Run): Promise<RunManifest> {
    const known = this.#manifests.get(line.manifest);
    if (known) return known;
    const reading = this.archive.run(line);
    this.#manifests.set(line.manifest, reading);
    return reading;
  }
}

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
