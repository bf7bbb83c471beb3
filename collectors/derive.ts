import type { Digest } from '../evidence-model/digest.ts';
import { extend, resolve } from '../evidence-model/pointer.ts';
import type { RecordLine, RejectLine } from '../evidence-model/snapshot.ts';
import type { Dataset, Interval, List } from './dataset.ts';

export interface Derived {
  readonly records: readonly RecordLine[];
  readonly rejects: readonly RejectLine[];
  /** Items that the independent count counts, each by the ids of what it became. */
  readonly counted: readonly string[];
  readonly items: number;
  readonly observedAt: string | null;
}

export interface Origin {
  readonly artifact: Digest;
  /** The source's refusal was its way of saying «there is none»: the one item is `null`. */
  readonly none: boolean;
  readonly partition: string;
  readonly url: string;
  readonly scope: unknown;
  readonly parent: unknown;
  /** Of a log, what was asked for. */
  readonly interval: Interval | null;
}

/**
 * Turns one decoded answer into records. Pure: collecting and verifying both call it, on the same bytes. An item that
 * does not parse, or becomes a record that its kind or the dataset's own declaration does not allow, is a reject.
 */
export function derive(dataset: Dataset, answer: unknown, origin: Origin): Derived {
  const { artifact, none, partition, url, scope, parent, interval } = origin;
  const records: RecordLine[] = [];
  const rejects: RejectLine[] = [];
  const counted: string[] = [];
  let items = 0;
  const reject = (pointer: string, issue: string) =>
    rejects.push({ line: 'reject', artifact, pointer, partition, issue });

  let page: unknown;
  let observedAt: string | null = null;
  try {
    page = dataset.parse && !none ? dataset.parse(answer) : answer;
    observedAt = dataset.observed && !none ? dataset.observed.at(page) : null;
  } catch (error) {
    reject('', issueOf(error));
    return { records, rejects, counted, items: 1, observedAt };
  }

  const take = (list: List<never, never>, value: unknown, pointer: string) => {
    items += 1;
    try {
      const item = list.item.safeParse(value);
      if (!item.success) return reject(pointer, issueOf(item.error));
      const emissions = list.records(item.data as never, { scope, parent, page, url, interval } as never);
      const lines = emissions.map((emission): RecordLine => {
        const said = dataset.speaks.find(({ kind }) => kind.name === emission.kind);
        if (!said) throw new Error(`${dataset.id} does not speak of ${emission.kind}`);
        const data = said.kind.schema.parse(emission.data);
        const unspoken = Object.keys(data).find((field) => field !== 'id' && !said.fields.includes(field));
        if (unspoken !== undefined) throw new Error(`${dataset.id} does not speak of ${unspoken}`);
        return { line: 'record', kind: emission.kind, artifact, pointer, partition, observedAt, data };
      });
      records.push(...lines);
      // What a log names beside what was asked for became nothing, and is nothing that came twice. An item of a list is
      // whom its first record is about: what it has beside may have changed before it came once more.
      const named = list.one ? lines : lines.slice(0, 1);
      if (list.counted && named.length > 0)
        counted.push(JSON.stringify(named.map(({ kind, data }) => [kind, data.id])));
    } catch (error) {
      reject(pointer, issueOf(error));
    }
    return undefined;
  };

  for (const list of dataset.lists) {
    const found = none ? null : resolve(page, list.at);
    if (list.one) {
      if (found === undefined) reject(list.at, 'there is nothing here');
      else take(list, found, list.at);
    } else if (Array.isArray(found))
      for (const [n, value] of found.entries()) take(list, value, extend(list.at, n));
    else if (!none) reject(list.at, 'there is no list here');
  }
  return { records, rejects, counted, items, observedAt };
}

/** What was wrong and where, without the values: a reject must not carry what it could not read. */
function issueOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'issues' in error && Array.isArray(error.issues)) {
    const issues = error.issues as readonly {
      readonly path: readonly PropertyKey[];
      readonly code: string;
    }[];
    return issues.map(({ path, code }) => `${code} at /${path.map(String).join('/')}`).join('; ');
  }
  return error instanceof SyntaxError
    ? 'not readable'
    : error instanceof Error
      ? error.message
      : 'not readable';
}
