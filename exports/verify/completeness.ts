import type { Collector } from '../../collectors/collector.ts';
import type { Derived } from '../../collectors/derive.ts';
import type { Dataset } from '../../collectors/dataset.ts';
import { combine, type Outcome } from '../../evidence-model/outcome.ts';
import type {
  CaptureLine,
  PartitionLine,
  SnapshotEnd,
  SnapshotHeader,
} from '../../evidence-model/snapshot.ts';
import type { Family } from './family.ts';

/** An answer read again: what became of it, and the value itself. `null` where it is none. */
export interface Answer {
  readonly value: unknown;
  readonly derived: Derived;
}

/** Everything that a claim to be complete is held against. */
export interface Held {
  readonly dataset: Dataset;
  /** Whether a page says itself that another follows which these requests ask for. */
  readonly continues: NonNullable<Collector['continues']>;
  readonly header: SnapshotHeader;
  readonly family: Family | null;
  /** How the dataset went that bounds this one; `undefined` where this attempt does not tell. */
  readonly bound: Outcome | undefined;
  readonly read: (capture: CaptureLine) => Promise<Answer | null>;
}

interface Seen {
  readonly keys: Set<string>;
  readonly names: Set<string>;
  readonly told: Set<number | null>;
  /** Answers to other questions: the listing once more, then the count, then the probes. */
  readonly others: CaptureLine[];
  readonly asides: CaptureLine[];
  parent: unknown;
  pages: number;
  items: number;
  records: number;
  rejects: number;
  duplicates: number;
  problems: number;
  /** Pages that say that another follows. */
  followed: number;
  stale: boolean;
}

const sums = ['items', 'records', 'rejects'] as const;

/**
 * Follows a snapshot and says where it claims more than its lines carry. A partition may be less complete than they
 * would allow, for much can go wrong that leaves no answer; it is never more.
 */
export class Completeness {
  readonly #held: Held;
  readonly #fault: (text: string) => void;
  readonly #open = new Map<string, Seen>();
  readonly #closed: PartitionLine[] = [];
  #requests = 0;
  #bytes = 0;

  constructor(held: Held, fault: (text: string) => void) {
    this.#held = held;
    this.#fault = fault;
  }

  capture(line: CaptureLine): void {
    this.#requests += 1;
    this.#bytes += line.exchange.bytes;
    const seen = this.#of(line.partition);
    if (line.parent !== null) seen.parent = this.#held.family?.parents.get(line.parent);
    if (line.use === 'problem') seen.problems += 1;
    else if (line.use === 'count') seen.others.push(line);
    else if (line.use === 'aside') seen.asides.push(line);
  }

  /** An answer that records were read from. */
  page({ partition, use, exchange }: CaptureLine, { value, derived }: Answer): void {
    const { count, observed } = this.#held.dataset;
    const seen = this.#of(partition);
    seen.pages += 1;
    if (this.#held.continues(value, this.#requestsOf(seen))) seen.followed += 1;
    seen.items += derived.items;
    seen.records += derived.records.length;
    seen.rejects += derived.rejects.length;
    for (const key of derived.counted) {
      if (seen.keys.has(key)) seen.duplicates += 1;
      seen.keys.add(key);
    }
    for (const { kind, data } of derived.records) seen.names.add(`${kind} ${data.id}`);
    if (count && !count.request) seen.told.add(this.#count(value, seen));
    if (observed && use === 'items') {
      const hours = (Date.parse(exchange.at) - Date.parse(derived.observedAt ?? '')) / 3_600_000;
      if (!(hours >= 0 && hours <= observed.maximumAgeHours)) seen.stale = true;
    }
  }

  async close(line: PartitionLine): Promise<void> {
    this.#closed.push(line);
    const complete = line.outcome === 'complete';
    const unread = !complete && line.pages === 0 && sums.every((field) => line[field] === 0);
    // What was broken off was closed without its last answer, and under the name of the whole.
    if (unread || isInterrupted(line)) return;
    const seen = this.#of(line.id);
    this.#open.delete(line.id);
    const where = line.id === 'all' ? '' : ` of ${line.id}`;
    for (const field of ['pages', ...sums] as const)
      if (line[field] !== seen[field])
        this.#fault(`${line[field]} ${field}${where} are told, ${seen[field]} are there`);
    if (line.expected !== null && !(await this.#counted(seen, line.expected)))
      this.#fault(`no answer says that ${line.expected} were to be expected${where}`);
    if (await this.#hidden(seen)) this.#fault(`an answer${where} was set aside that names others`);
    if (!complete) return;
    for (const why of await this.#doubts(line, seen))
      this.#fault(`it is called complete${where}, and ${why}`);
  }

  /** Whether the end says what the partitions do, and those are all that had to be asked for. */
  end(line: SnapshotEnd): void {
    const { header, family, dataset } = this.#held;
    const outcomes = this.#closed.map(({ outcome }) => outcome);
    const interrupted = this.#closed.some(isInterrupted);
    const reasons = new Set(this.#closed.flatMap((each) => each.reasons.map((one) => JSON.stringify(one))));
    const expected = this.#closed.reduce((sum, each) => sum + (each.expected ?? 0), 0);
    const counted = this.#closed.some((each) => each.expected !== null);
    const covered = header.type === 'log' && line.outcome === 'complete' ? header.interval : null;
    const right =
      line.outcome === combine(outcomes) &&
      line.partitions === outcomes.length &&
      sums.every((field) => line[field] === this.#closed.reduce((sum, each) => sum + each[field], 0)) &&
      line.requests === this.#requests &&
      line.bytes === this.#bytes &&
      line.reasons.every((each) => reasons.delete(JSON.stringify(each))) &&
      reasons.size === 0 &&
      (line.expected === null ? interrupted || !counted : line.expected === expected) &&
      (line.covered === null ? interrupted || covered === null : same(line.covered, covered));
    if (!right) this.#fault('its end says something else than its partitions');
    if (interrupted) return;
    const closed = new Map(this.#closed.map(({ id, outcome }) => [id, outcome]));
    for (const id of this.#open.keys())
      if (!closed.has(id)) this.#fault(`answers about ${id} belong to no partition`);
    if (!dataset.each) {
      if (closed.size !== 1 || !closed.has('all')) this.#fault('it is not one partition');
      return;
    }
    if (!family) {
      if (line.outcome === 'complete')
        this.#fault(`it is called complete, and ${dataset.each.dataset} was not read`);
      return;
    }
    const { due, answered, short } = family;
    for (const id of due) if (!closed.has(id) && !answered.has(id)) this.#fault(`nothing is said of ${id}`);
    for (const id of short)
      if (!due.has(id) && (closed.get(id) ?? 'complete') === 'complete')
        this.#fault(`it does not say that ${id} is not all known`);
    for (const id of closed.keys())
      if (!due.has(id) && !short.has(id)) this.#fault(`${id} did not have to be asked for`);
  }

  async #doubts(line: PartitionLine, seen: Seen): Promise<string[]> {
    const { dataset, header, bound } = this.#held;
    const { neverEmpty, count, doubt, boundedBy, probes = [] } = dataset;
    const scope = header.scope as never;
    const first = boundedBy !== undefined && header.attempt === 1;
    const doubts: readonly (readonly [boolean, string])[] = [
      [line.reasons.length > 0, 'tells why it is not'],
      [seen.problems > 0, 'an answer says that something went wrong'],
      [seen.pages < this.#listings(seen), 'not all of its requests were answered'],
      [seen.pages - seen.followed < this.#listings(seen), 'a page says that another follows'],
      [seen.rejects > 0, 'not every item was understood'],
      [seen.duplicates > 0, 'items came twice'],
      [seen.stale, 'the source looked too long before'],
      [neverEmpty !== undefined && seen.items === 0, 'nothing was listed where there is always something'],
      [count !== undefined && line.expected !== seen.keys.size, 'its count is another'],
      [(doubt?.(scope) ?? null) !== null, 'such a caller is never shown all of it'],
      [first && bound !== 'complete', 'what bounds it is not'],
      [await this.#moved(seen, (count?.request ? 1 : 0) + probes.length), 'listed once more it named others'],
    ];
    const found = doubts.filter(([is]) => is).map(([, why]) => why);
    const answers = await this.#answers(seen);
    for (const { what, seen: shown } of probes)
      if (!answers.some(({ value }) => trial(() => shown(value), false)))
        found.push(`${what} is not shown to this caller`);
    return found;
  }

  /** How many listings had to be asked for, each of which gives a page at least. */
  #listings(seen: Seen): number {
    return Math.max(1, this.#requestsOf(seen).length);
  }

  #requestsOf({ parent }: Seen): readonly unknown[] {
    const { dataset, header } = this.#held;
    const scope = header.scope as never;
    return trial(
      () =>
        dataset.type === 'state'
          ? dataset.requests(scope, parent as never)
          : dataset.requests(scope, parent as never, header.interval ?? { from: '', to: '' }),
      [],
    );
  }

  /** Whether a listing that was read once more, as those that are counted off are, named others. */
  async #moved({ others, keys }: Seen, apart: number): Promise<boolean> {
    const again = others.slice(0, Math.max(0, others.length - apart));
    if (again.length === 0) return false;
    const named = new Set<string>();
    for (const line of again)
      for (const key of (await this.#held.read(line))?.derived.counted ?? []) named.add(key);
    return named.size !== keys.size || [...named].some((key) => !keys.has(key));
  }

  async #counted(seen: Seen, expected: number): Promise<boolean> {
    const { count } = this.#held.dataset;
    if (!count) return false;
    if (!count.request) return seen.told.size === 1 && seen.told.has(expected);
    return (await this.#answers(seen)).some(({ value }) => this.#count(value, seen) === expected);
  }

  async #answers({ others }: Seen): Promise<Answer[]> {
    const answers = await Promise.all(others.map((line) => this.#held.read(line)));
    return answers.filter((answer) => answer !== null);
  }

  /** Whether a whole answer that was set aside names what no other answer does. */
  async #hidden({ asides, names }: Seen): Promise<boolean> {
    for (const line of asides) {
      const { status, failure, artifact } = line.exchange;
      if (status < 200 || status > 299 || failure !== null || artifact === null) continue;
      const records = (await this.#held.read(line))?.derived.records ?? [];
      if (records.some(({ kind, data }) => !names.has(`${kind} ${data.id}`))) return true;
    }
    return false;
  }

  #count(value: unknown, { parent }: Seen): number | null {
    const { dataset, header } = this.#held;
    return trial(() => dataset.count?.of(value, { scope: header.scope, parent } as never) ?? null, null);
  }

  #of(partition: string): Seen {
    const known = this.#open.get(partition);
    if (known) return known;
    const counts = {
      pages: 0,
      items: 0,
      records: 0,
      rejects: 0,
      duplicates: 0,
      problems: 0,
      followed: 0,
      stale: false,
    };
    const sets = { keys: new Set<string>(), names: new Set<string>(), told: new Set<number | null>() };
    const seen: Seen = { ...counts, ...sets, others: [], asides: [], parent: undefined };
    this.#open.set(partition, seen);
    return seen;
  }
}

function isInterrupted({ outcome, reasons }: PartitionLine): boolean {
  return outcome !== 'complete' && reasons.some(({ code }) => code === 'interrupted');
}

function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** A declaration is asked about an answer that it may not have been made for. */
function trial<T>(ask: () => T, otherwise: T): T {
  try {
    return ask();
  } catch {
    return otherwise;
  }
}
