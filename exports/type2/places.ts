import type { NightFacts } from './ledger-facts.ts';

/** What names the evidence of a row: the manifests of readings, which are in the packet, or a line of its ledger. */
export class Places {
  readonly #bySlot: ReadonlyMap<string, NightFacts>;
  readonly #byTime = new Map<string, NightFacts>();
  /** What was said before: rows of one night name the same. */
  readonly #said = new Map<string, readonly string[]>();

  constructor(nights: readonly NightFacts[]) {
    this.#bySlot = new Map(nights.map((night) => [night.slot, night]));
    for (const night of nights)
      for (const time of [night.begun, night.closed])
        if (time !== null && night.read) this.#byTime.set(time, night);
  }

  /** Of nights, by their slots; of one source where it is named. */
  ofSlots(slots: readonly string[], source: string | null = null): string {
    return slots.flatMap((slot) => this.#of(this.#bySlot.get(slot), slot, source)).join(' | ');
  }

  /** Of readings, by the times at which their slots were opened or closed. */
  ofTimes(times: readonly (string | null)[], source: string | null = null): string {
    const told = times.filter((time) => time !== null);
    return [...new Set(told)]
      .flatMap((time) => this.#of(this.#byTime.get(time), `the reading of ${time}`, source))
      .join(' | ');
  }

  #of(night: NightFacts | undefined, name: string, source: string | null): readonly string[] {
    const key = `${name} ${source ?? ''}`;
    const said = this.#said.get(key) ?? this.#named(night, name, source);
    this.#said.set(key, said);
    return said;
  }

  #named(night: NightFacts | undefined, name: string, source: string | null): readonly string[] {
    if (!night) return [name];
    const runs = night.runs.filter((run) => source !== null && run.split('/').at(-2) === source);
    if (runs.length > 0) return runs.map((run) => `${run}.json`);
    return [
      night.line === null
        ? `${night.slot}: the ledger does not speak of it`
        : `ledger/ledger.jsonl line ${night.line + 1}`,
    ];
  }
}
