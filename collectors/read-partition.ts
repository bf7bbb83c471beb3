import { type Outcome, type Reason, type ReasonCode } from '../evidence-model/outcome.ts';
import type { CaptureLine, Exchange, PartitionLine, SnapshotLine } from '../evidence-model/snapshot.ts';
import type { Page, Problem } from './collector.ts';
import type { Collection } from './collect.ts';
import type { Dataset } from './dataset.ts';
import { derive } from './derive.ts';
import { Seen } from './seen.ts';
import { UndeclaredRequest } from './transport/transport.ts';

type ParentData = Readonly<Record<string, unknown>> & { readonly id: string };

/** What has come of a snapshot so far. */
export interface Totals {
  readonly partitions: Omit<PartitionLine, 'line'>[];
  captures: number;
  requests: number;
  bytes: number;
}

/** The partition that is being read, and the parent record that it is read for. */
export interface Place {
  readonly collection: Collection;
  readonly partition: string;
  readonly parent: ParentData | undefined;
}

interface State {
  readonly reasons: Reason[];
  /** How each reading that gave no page failed. */
  readonly outcomes: Exclude<Outcome, 'complete'>[];
  readonly seen: Seen;
  items: number;
  records: number;
  rejects: number;
  pages: number;
  duplicates: number;
  /** What each page said how many there are in all, where pages tell that. */
  readonly told: Set<number | null>;
}

/** More pages than any listing has; reaching it leaves the partition truncated. */
const pageCap = 100_000;

/** Reads one partition to its end. Complete only if every page came, every item parsed, none came twice, and count and probe agree. */
export async function readPartition(place: Place, sum: Totals): Promise<Omit<PartitionLine, 'line'>> {
  const state: State = {
    reasons: [],
    outcomes: [],
    seen: new Seen(),
    items: 0,
    records: 0,
    rejects: 0,
    pages: 0,
    duplicates: 0,
    told: new Set(),
  };
  try {
    await readItems(place, sum, state);
  } catch (error) {
    // A fault of ours in one dataset must neither stop the night nor look like an answer.
    const undeclared = error instanceof UndeclaredRequest;
    const name = error instanceof Error ? error.name : 'unknown';
    const text = undeclared ? error.message : `Exhibit itself failed: ${name}`;
    state.outcomes.push('failed');
    state.reasons.push(reason(undeclared ? 'refused-request' : 'internal-error', text));
  }
  await readPlan(place, sum, state);
  if (state.pages > 1 && state.outcomes.length === 0 && !resumes(place, requestsOf(place)))
    await confirm(place, sum, state);
  const expected = await readCount(place, sum, state);
  await readProbes(place, sum, state);
  state.reasons.push(
    ...doubts(place.collection.dataset, state, expected),
    ...limits(place.collection, state),
  );
  return {
    id: place.partition,
    outcome: outcomeOf(state),
    reasons: distinct(state.reasons),
    items: state.items,
    records: state.records,
    rejects: state.rejects,
    pages: state.pages,
    expected,
  };
}

/** What keeps a listing from being whole although every request was answered. */
function doubts(
  { count, neverEmpty, permissions }: Dataset,
  state: State,
  expected: number | null,
): Reason[] {
  const found: Reason[] = [];
  const { rejects, items, duplicates, outcomes, seen, pages } = state;
  if (rejects > 0) found.push(reason('item-rejected', `${rejects} of ${items} items were not understood`));
  if (duplicates > 0)
    found.push(
      reason('duplicate-items', `${duplicates} items came twice, so the listing moved while it was read`),
    );
  if (outcomes.length > 0) return found;
  if (pages === 0) found.push(reason('not-asked', 'no request was answered'));
  if (neverEmpty !== undefined && items === 0)
    found.push(reason('impossible-empty', `nothing was listed, and ${neverEmpty}`, permissions));
  if (count && expected !== null && expected !== seen.size)
    found.push(
      reason('count-differs', `${seen.size} were listed, ${count.what} says ${expected}`, permissions),
    );
  return found;
}

/** What keeps whatever was listed from being all that there is, because of who asks. */
function limits({ dataset, scope, bound }: Collection, { pages }: State): Reason[] {
  const { boundedBy, doubt, permissions } = dataset;
  if (pages === 0) return [];
  const why = doubt?.(scope as never) ?? null;
  const short =
    boundedBy !== undefined && bound?.outcome !== 'complete'
      ? [
          reason(
            'parent-incomplete',
            `${boundedBy} is ${bound?.outcome ?? 'not read'}, so more may belong here than is shown`,
          ),
        ]
      : [];
  return [...(why === null ? [] : [reason('permission-missing', why, permissions)]), ...short];
}

function outcomeOf({ reasons, outcomes, pages }: State): Outcome {
  if (reasons.length === 0 && outcomes.length === 0) return 'complete';
  const [first] = outcomes;
  const alike = first !== undefined && outcomes.every((outcome) => outcome === first);
  return pages === 0 ? (alike ? first : 'failed') : 'partial';
}

async function readItems(place: Place, sum: Totals, state: State): Promise<void> {
  const { session, earlier } = place.collection;
  const requests = requestsOf(place);
  let after: unknown;
  // Of several listings in one partition it is not known which a page belongs to: they are read from the start.
  if (requests.length === 1 && resumes(place, requests))
    for await (const { value, ...page } of earlier?.pages(place.partition) ?? []) {
      await takePage(place, page, sum, state);
      after = value;
    }
  for (const request of requests) {
    const options = { ...optionsOf(place.collection), ...(after === undefined ? {} : { after }) };
    for await (const page of session.pages(request as never, options)) {
      if (state.pages >= pageCap) {
        state.outcomes.push('truncated');
        state.reasons.push(reason('page-cap', `more than ${pageCap} pages`));
        break;
      }
      await takePage(place, page, sum, state);
    }
  }
}

/**
 * Lists once more what took several pages that are counted off: whoever left meanwhile moved somebody else across the
 * edge of a page, which no page shows and no count either. What is not named alike twice is not known to be whole.
 */
async function confirm(place: Place, sum: Totals, state: State): Promise<void> {
  const { dataset, scope, session, interval, write } = place.collection;
  const { partition, parent } = place;
  const again = new Seen();
  for (const request of requestsOf(place))
    for await (const { asides, exchange, answer } of session.pages(
      request as never,
      optionsOf(place.collection),
    )) {
      await write([
        ...asides.map((aside) => captureLine(place, sum, aside, 'aside')),
        ...(exchange ? [captureLine(place, sum, exchange, answer.ok ? 'count' : 'problem')] : []),
      ]);
      const artifact = exchange?.artifact ?? null;
      if (!answer.ok || exchange === null || artifact === null) {
        const text = 'it took several pages, and could not be listed once more to see whether it moved';
        state.reasons.push(reason('count-unreadable', text));
        return;
      }
      const origin = { artifact, none: false, partition, url: exchange.url, scope, parent, interval };
      for (const key of derive(dataset, answer.value, origin).counted) again.add(key);
    }
  if (again.equals(state.seen)) return;
  state.reasons.push(
    reason('listing-moved', 'listed once more it named others, so it moved while it was read'),
  );
}

function optionsOf({ dataset: { secrets = [], permissions }, known }: Collection) {
  return { secrets, permissions, known };
}

/** Whether all of these listings are paged by cursor, which what moves meanwhile does not shift. */
function resumes({ collection }: Place, requests: readonly unknown[]): boolean {
  return requests.every((request) => collection.session.resumes(request as never));
}

function requestsOf({ collection, parent }: Place): readonly unknown[] {
  const { dataset, scope, interval } = collection;
  if (dataset.type === 'state') return dataset.requests(scope as never, parent as never);
  if (!interval) throw new Error(`${dataset.id} is a log and was given no interval`);
  return dataset.requests(scope as never, parent as never, interval);
}

async function takePage(place: Place, page: Page, sum: Totals, state: State): Promise<void> {
  const { dataset, scope, interval, write } = place.collection;
  const { partition, parent } = place;
  const { exchange, answer } = page;
  const lines: SnapshotLine[] = page.asides.map((aside) => captureLine(place, sum, aside, 'aside'));
  const none = !answer.ok && dataset.none?.(answer.problem, parent as never) === true;
  const artifact = exchange?.artifact ?? null;

  if (!answer.ok && !none) {
    if (exchange) lines.push(captureLine(place, sum, exchange, 'problem'));
    const { outcome, entry } = problemOf(dataset, answer.problem);
    state.outcomes.push(outcome);
    state.reasons.push(entry);
  } else if (!exchange || artifact === null) {
    if (exchange) lines.push(captureLine(place, sum, exchange, 'problem'));
    state.outcomes.push('failed');
    state.reasons.push(reason('cut-off', 'an answer without a body'));
  } else {
    lines.push(captureLine(place, sum, exchange, none ? 'none' : 'items'));
    const value = answer.ok ? answer.value : null;
    const origin = { artifact, none, partition, url: exchange.url, scope, parent, interval };
    const derived = derive(dataset, value, origin);
    state.pages += 1;
    const { count } = dataset;
    if (count && !count.request) state.told.add(count.of(value, { scope, parent } as never));
    state.items += derived.items;
    state.records += derived.records.length;
    state.rejects += derived.rejects.length;
    for (const key of derived.counted) if (!state.seen.add(key)) state.duplicates += 1;
    const stale = none ? null : outdated(dataset, derived.observedAt, exchange.at);
    if (stale) state.reasons.push(stale);
    lines.push(...derived.records, ...derived.rejects);
  }
  await write(lines);
}

/** Tells a plan that lacks it from a caller who may not see it, where it was refused and a second fact decides. */
async function readPlan(place: Place, sum: Totals, state: State): Promise<void> {
  const { dataset, scope } = place.collection;
  const { plan, licence } = dataset;
  if (!plan || licence === undefined) return;
  if (state.pages > 0 || state.outcomes.some((outcome) => outcome !== 'denied')) return;
  const answer = await askOnce(place, plan.request(scope as never), sum, state, plan.what);
  const has = answer === null ? null : plan.has(answer.value);
  if (has === true) return;
  const refused = state.reasons.map(({ text }) => text).join('; ');
  state.reasons.splice(0);
  if (has === null) {
    const text = `${refused}; ${plan.what} is not shown, so it may be the plan that lacks it`;
    state.reasons.push(reason('permission-missing', text, [...dataset.permissions, licence]));
    return;
  }
  state.outcomes.splice(0, state.outcomes.length, 'not-licensed');
  state.reasons.push(reason('licence-missing', `${refused}; ${plan.what} does not include it`, [licence]));
}

/** The independent count of the items, where the source has one; where it cannot be read, that is a reason. */
async function readCount(place: Place, sum: Totals, state: State): Promise<number | null> {
  const { dataset, scope } = place.collection;
  const { count } = dataset;
  if (!count || state.pages === 0) return null;
  let expected: number | null;
  if (count.request) {
    const request = count.request(scope as never, place.parent as never);
    const answer = await askOnce(place, request, sum, state, count.what);
    if (answer === null) return null;
    expected = count.of(answer.value, { scope, parent: place.parent } as never);
  } else {
    const [told = null, ...others] = state.told;
    expected = others.length === 0 ? told : null;
  }
  if (expected === null)
    state.reasons.push(
      reason(
        'count-unreadable',
        `${count.what} does not say, or not always alike, how many there are`,
        dataset.permissions,
      ),
    );
  return expected;
}

/** Whether the caller sees what it must see for its reading to be whole. */
async function readProbes(place: Place, sum: Totals, state: State): Promise<void> {
  const { dataset, scope } = place.collection;
  if (state.pages === 0) return;
  for (const { what, request, seen } of dataset.probes ?? []) {
    const answer = await askOnce(place, request(scope as never, place.parent as never), sum, state, what);
    if (answer === null || seen(answer.value)) continue;
    const text = `${what} is not shown to this caller, so the listing may be cut`;
    state.reasons.push(reason('permission-missing', text, dataset.permissions));
  }
}

/** Asks one more question about a partition. Where it gets no answer, the partition has one more reason and this is `null`. */
async function askOnce(
  place: Place,
  request: unknown,
  sum: Totals,
  state: State,
  what: string,
): Promise<{ readonly value: unknown } | null> {
  const { dataset, session, write } = place.collection;
  try {
    for await (const page of session.pages(request as never, optionsOf(place.collection))) {
      const { exchange, answer } = page;
      await write([
        ...page.asides.map((aside) => captureLine(place, sum, aside, 'aside')),
        ...(exchange ? [captureLine(place, sum, exchange, answer.ok ? 'count' : 'problem')] : []),
      ]);
      if (answer.ok) return { value: answer.value };
      const { entry } = problemOf(dataset, answer.problem);
      state.reasons.push({
        ...entry,
        code: 'count-unreadable',
        text: `${what} could not be read: ${entry.text}`,
      });
      return null;
    }
  } catch (error) {
    const text = `Exhibit itself failed over ${what}: ${error instanceof Error ? error.name : 'unknown'}`;
    state.reasons.push(reason('internal-error', text));
    return null;
  }
  state.reasons.push(reason('count-unreadable', `${what} was not answered`));
  return null;
}

function problemOf(
  dataset: Dataset,
  problem: Problem,
): { readonly outcome: Exclude<Outcome, 'complete'>; readonly entry: Reason } {
  const denied = problem.outcome !== 'denied' && dataset.denied?.(problem) === true;
  const unlicensed = dataset.unlicensed?.(problem) === true;
  const outcome = unlicensed ? 'not-licensed' : denied ? 'denied' : problem.outcome;
  const code = unlicensed ? 'licence-missing' : denied ? 'permission-missing' : problem.reason;
  const grants: readonly ReasonCode[] = ['permission-missing', 'licence-missing'];
  const usual =
    code === 'licence-missing' && dataset.licence !== undefined ? [dataset.licence] : dataset.permissions;
  const grant = problem.grant ?? usual;
  return { outcome, entry: reason(code, problem.text, grants.includes(code) ? grant : []) };
}

function outdated(dataset: Dataset, observedAt: string | null, readAt: string): Reason | null {
  if (!dataset.observed) return null;
  const { maximumAgeHours } = dataset.observed;
  if (observedAt === null) return reason('outdated', 'the source does not say when it looked');
  const hours = (Date.parse(readAt) - Date.parse(observedAt)) / 3_600_000;
  if (hours < 0)
    return reason('outdated', `the source says that it looked at ${observedAt}, which is yet to come`);
  return hours > maximumAgeHours
    ? reason('outdated', `the source looked at ${observedAt}, more than ${maximumAgeHours} hours before`)
    : null;
}

function captureLine(
  { partition, parent }: Place,
  sum: Totals,
  exchange: Exchange,
  use: CaptureLine['use'],
): CaptureLine {
  sum.requests += 1;
  sum.bytes += exchange.bytes;
  const n = sum.captures;
  sum.captures += 1;
  return { line: 'capture', n, partition, parent: parent?.id ?? null, use, exchange };
}

export function reason(code: ReasonCode, text: string, grant: readonly string[] = []): Reason {
  return { code, text, grant: [...grant] };
}

export function distinct(reasons: readonly Reason[]): Reason[] {
  return [...new Map(reasons.map((each) => [JSON.stringify(each), each])).values()];
}
