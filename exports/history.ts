import { z } from 'zod';
import { Plan } from '../controls/plan.ts';
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

/** The nights of an archive, oldest first, with what they pinned. What was read once is kept. */
export class History {
  readonly archive: Archive;
  readonly nights: readonly Night[];
  readonly #plans = new Map<Digest, Promise<Plan>>();
  readonly #manifests = new Map<Digest, Promise<RunManifest>>();

  private constructor(archive: Archive, nights: readonly Night[]) {
    this.archive = archive;
    this.nights = nights;
  }

  static async read(archive: Archive): Promise<History> {
    const nights = new Map<string, Night & { runs: Run[]; close: Line<'slot.close'> | null }>();
    for await (const line of archive.ledger()) {
      if (line.type === 'slot.open')
        nights.set(line.slot, { slot: line.slot, open: line, gap: null, close: null, runs: [] });
      else if (line.type === 'gap')
        nights.set(line.slot, { slot: line.slot, open: null, gap: line, close: null, runs: [] });
      else if (line.type === 'run')
        nights.get(line.slot)?.runs.push({ line, source: await archive.nameOf(line.source) });
      else if (line.type === 'slot.close') {
        const night = nights.get(line.slot);
        if (night) nights.set(line.slot, { ...night, close: line });
      }
    }
    return new History(archive, [...nights.values()]);
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
