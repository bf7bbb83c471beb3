import type { Kind } from '../../evidence-model/kind.ts';
import type { Speech } from '../../evidence-model/snapshot.ts';
import type { Citation, Subject } from '../../evidence-model/subject.ts';
import type { Evidence } from '../evaluate.ts';
import type { Plan } from '../plan.ts';
import type { Reading } from '../readings.ts';
import type { Called } from './called.ts';

/** What people said, and where that is on record. */
export interface Statements {
  readonly plan: Pick<Plan, 'exceptions' | 'systems' | 'register' | 'declared'>;
  /** Where in the plan something is said: a JSON Pointer. */
  readonly cite: (pointer: string) => Citation;
}

/** What people said beside what was read. Who is called how is made out once, for whoever asks first. */
export interface Said extends Statements {
  readonly called: () => Called;
}

/** A thing of a kind that no dataset speaks of. */
export interface Stated {
  readonly source: string;
  readonly id: string;
  /** Each a value of its kind, or unknown for a reason. */
  readonly fields: Readonly<Record<string, unknown>>;
  /** What was read that it follows from, and where in the plan it is said. */
  readonly of?: readonly Subject[];
  readonly said?: readonly string[];
}

/** How the things of such a kind follow from what was read and from what people said. Pure. */
export interface Derivation {
  readonly kind: Kind;
  /** Kinds that must be read for it. */
  readonly from: readonly string[];
  /** What of the kind a reading lists: all, none, or a part. What it lacks, the things of the kind may lack. */
  readonly listedBy: (reading: Reading) => Speech['lists'];
  readonly things: (evidence: Evidence, said: Said) => readonly Stated[];
}

/** What stands for the plan among the readings of each source: what it says is on record, so it is always wholly read. */
export const planDataset = 'exhibit/plan';

/** Of what is said in the plan alone. */
export const inPlan: Derivation['listedBy'] = ({ dataset }) => dataset === planDataset;
