import limit from 'p-limit';
import type { Digest } from '../evidence-model/digest.ts';
import { digest } from '../evidence-model/digest.ts';
import { expectClock } from './authorities.ts';
import { depositCheckpoint } from './deposits.ts';
import type { Slot } from './book.ts';
import type { Night, SlotStatus } from './night.ts';
import { planBytes, planOf } from './plan.ts';
import type { RunStatus } from './manifest.ts';
import { readSource, type Target } from './read-source.ts';
import { slotId } from '../evidence-model/schedule.ts';

/** How many sources are read at once; within each, its own rate budget decides. */
const sourcesAtOnce = 4;

export interface ClosedSlot {
  readonly slot: string;
  readonly status: SlotStatus;
}

/** Reads every source in the slot that was due at this time. It is opened, signed and stamped before anything is asked. */
export async function runScheduled(night: Night, due: Date): Promise<ClosedSlot> {
  const slot = night.book.slotFor(due);
  await open(night, { slot, due, kind: 'scheduled' });
  return read(night, slot, everything(night));
}

/** Reads now, in a slot of its own, what somebody asked for. */
export function runManual(night: Night, targets: readonly Target[]): Promise<ClosedSlot> {
  return runNow(night, targets, 'manual');
}

/** Reads every source now, which nobody knew of before. */
export function runUnannounced(night: Night): Promise<ClosedSlot> {
  return runNow(night, everything(night), 'unannounced');
}

async function runNow(
  night: Night,
  targets: readonly Target[],
  kind: 'manual' | 'unannounced',
): Promise<ClosedSlot> {
  const due = night.outside.now();
  const first = `${slotId(due)}-${kind === 'manual' ? 'm' : 'u'}`;
  let number = 1;
  while (night.book.find(`${first}${number}`)) number += 1;
  const slot = `${first}${number}`;
  await open(night, { slot, due, kind });
  return read(night, slot, targets);
}

/**
 * Goes on with a slot whose reading was broken off: a new attempt for each source that has not been wholly read in it,
 * which takes over what the one before had read, if that was just now.
 */
export async function runAgain(night: Night, { slot, runs }: Slot): Promise<ClosedSlot> {
  const targets: Target[] = [];
  for (const target of everything(night)) {
    const alias = await night.book.vault.aliasOf('source', target.source.id);
    if (!runs.some((run) => run.source === alias && run.status === 'ok')) targets.push(target);
  }
  return read(night, slot, targets, true);
}

/** Digest of the plan that a slot would pin now. */
export function planDigest(night: Pick<Night, 'setup'>): Digest {
  return digest(planBytes(planOf(night.setup)));
}

/** Closes a slot that nobody reads any more. */
export async function closeInterrupted({ book, report, stamping }: Night, slot: Slot): Promise<ClosedSlot> {
  if (!slot.open) throw new Error(`${slot.slot} was never opened`);
  const { seq } = slot.open;
  await book.append({
    type: 'slot.close',
    slot: slot.slot,
    seq,
    status: 'interrupted',
    runs: slot.runs.length,
  });
  await book.vault.checkpoint(stamping?.stamp);
  report({ step: 'closed', slot: slot.slot, status: 'interrupted' });
  return { slot: slot.slot, status: 'interrupted' };
}

function everything({ setup }: Night): Target[] {
  return setup.sources.map((source) => ({ source, dataset: null }));
}

async function open(
  night: Night,
  { slot, due, kind }: { slot: string; due: Date; kind: 'scheduled' | 'manual' | 'unannounced' },
): Promise<void> {
  const { book, stamping } = night;
  await expectClock(stamping);
  const plan = await book.vault.put(planBytes(planOf(night.setup)));
  await book.append({
    type: 'slot.open',
    slot,
    seq: book.nextSeq,
    due: due.toISOString(),
    kind,
    clock: night.clock,
    plan,
    tsrPrev: (await book.vault.lastStamp())?.digest ?? null,
  });
  await book.vault.checkpoint(stamping?.stamp);
  night.report({ step: 'slot', slot });
}

async function read(
  night: Night,
  slot: string,
  targets: readonly Target[],
  resume = false,
): Promise<ClosedSlot> {
  const gate = limit(sourcesAtOnce);
  // A source that cannot even be written down stops the slot, but only when the others have sealed what they read.
  const settled = await Promise.allSettled(
    targets.map((target) => gate(() => readSource(night, slot, target, resume))),
  );
  const broken = settled.find((each) => each.status === 'rejected');
  if (broken) throw broken.reason;

  const now = night.book.find(slot);
  if (!now?.open) throw new Error(`${slot} was never opened`);
  if (night.signal.aborted) return closeInterrupted(night, now);
  const status = worst(lastRuns(now));
  await night.book.append({
    type: 'slot.close',
    slot,
    seq: now.open.seq,
    status,
    runs: now.runs.length,
  });
  const checkpoint = await night.book.vault.checkpoint(night.stamping?.stamp);
  night.report({ step: 'closed', slot, status });
  await depositCheckpoint(night.book, checkpoint, night.deposits ?? [], (told) =>
    night.report({ step: 'deposit', ...told }),
  );
  return { slot, status };
}

/** How the last attempt at each source went. */
function lastRuns({ runs }: Slot): RunStatus[] {
  return [...new Map(runs.map((run) => [run.source, run.status])).values()];
}

function worst(statuses: readonly RunStatus[]): RunStatus {
  if (statuses.every((status) => status === 'ok')) return 'ok';
  return statuses.every((status) => status === 'failed') ? 'failed' : 'partial';
}
