import type { Digest } from '../evidence-model/digest.ts';
import type { Snapshot } from '../evidence-model/snapshot.ts';
import type { Contradiction } from '../evidence-model/subject.ts';
import type { Plan } from '../controls/plan.ts';
import type { Result } from '../controls/result.ts';

/** The reading of one dataset that a judgement rests on: of several attempts, the last complete one, else the last. */
export interface JudgedDataset {
  readonly source: string;
  readonly collector: string;
  readonly dataset: string;
  readonly slot: string;
  readonly attempt: number;
  /** Null where no attempt was made. */
  readonly digest: Digest | null;
  readonly snapshot: Snapshot | null;
}

/** Everything that follows from the archive at one moment. The same archive, moment and rules give the same judgement. */
export interface Judgement {
  /** When the evidence was whole: the close of the last slot that it rests on. */
  readonly asOf: string;
  readonly slot: string;
  readonly plan: Plan;
  readonly planDigest: Digest;
  readonly datasets: readonly JudgedDataset[];
  readonly results: readonly Result[];
  readonly contradictions: readonly Contradiction[];
  /** Digest of the rules that judged: controls, evidence model, and the versions of what they use. */
  readonly rules: Digest;
}
