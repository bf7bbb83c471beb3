import type { Control } from '../controls/control.ts';
import { controls as allControls } from '../controls/index.ts';
import type { Plan } from '../controls/plan.ts';
import type { Result } from '../controls/result.ts';
import type { Digest } from '../evidence-model/digest.ts';
import { OperatorError } from '../evidence-model/operator-error.ts';
import type { Subjects } from '../evidence-model/subject.ts';
import type { Archive } from '../vault/vault.ts';
import type { Covered } from './coverage.ts';
import { History } from './history.ts';
import { judgeNight } from './judge-night.ts';
import type { EarlierReading, JudgedDataset } from './newest-reading.ts';

/** Everything that follows from the archive at one moment. The same archive, moment and rules give the same judgement. */
export interface Judgement {
  /** When the evidence was whole: the close of the last slot that it rests on. */
  readonly asOf: string;
  readonly slot: string;
  /** Whether the clock of any slot that it rests on was given as an argument: a rehearsal. */
  readonly rehearsal: boolean;
  readonly plan: Plan;
  readonly planDigest: Digest;
  readonly datasets: readonly JudgedDataset[];
  /** Earlier readings of logs that controls over what happened rest on, beside the newest. */
  readonly earlier: readonly EarlierReading[];
  /** Readings whose accounts a review went through, which say nothing of now. */
  readonly reviewed: readonly EarlierReading[];
  readonly coverage: readonly Covered[];
  readonly results: readonly Result[];
  /** Of every kind that was read, also of those that no control needs. */
  readonly subjects: Subjects;
  /** Digest of the rules that judged. */
  readonly rules: Digest;
}

export interface Question {
  /** The last moment that may be looked at; otherwise the last closed slot decides. */
  readonly asOf?: string;
  /** The reader's now: evidence that is stale by then cannot pass. */
  readonly now?: string;
  readonly controls?: readonly Control[];
  /** The history of the archive, where it was read before. */
  readonly history?: History;
}

/** Judges an archive as of its last slot that was closed by then. Rejects with `OperatorError` where there is none. */
export async function judge(
  archive: Archive,
  { asOf: until, now, controls = allControls, history: known }: Question = {},
): Promise<Judgement> {
  const history = known ?? (await History.read(archive));
  const last = history.closed.findLast(
    ({ close }) => until === undefined || Date.parse(close.t) <= Date.parse(until),
  );
  if (!last)
    throw new OperatorError(
      until === undefined
        ? 'nothing was collected yet: run exhibit collect'
        : `nothing was collected by ${until}: name a later moment`,
    );
  const judged = await judgeNight(history, last, { controls, ...(now !== undefined && { now }) });
  const { slot, rehearsal, plan, planDigest, datasets, earlier, reviewed, coverage } = judged;
  const { subjects, rules } = judged;
  const results = [...judged.results()].map(({ result }) => result);
  return {
    ...{ asOf: judged.asOf, slot, rehearsal, plan, planDigest, datasets, earlier, reviewed, coverage },
    ...{ results, subjects, rules },
  };
}
