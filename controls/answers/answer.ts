import type { Outside } from './draft.ts';
import type { StoredAnswer } from '../declarations.ts';
import type { Question, ProofLevel } from '../questionnaire.ts';
import type { VerdictStatus } from '../result.ts';
import type { z } from 'zod';

/** What evidence alone says of a question. For questions that are not answered by yes or no, a yes is that all of it was shown. */
export type Drafted = 'supported-yes' | 'supported-no' | 'qualified' | 'partial-evidence' | 'person-only';

/** The same, where neither age nor what the company says itself stands against it. */
export type AnswerState = Drafted | 'contradicted' | 'stale';

/** How the population of one control fares. Those of several are never added up: they count different things. */
export interface Measure {
  readonly control: string;
  /** `null` where there is no result: the control does not exist yet. */
  readonly status: z.output<typeof VerdictStatus> | null;
  readonly weight: 'decides' | 'supports' | 'bears';
  readonly assertion: string | null;
  readonly population: string | null;
  /** How many pass, of how many in all. Nothing is taken out of N. */
  readonly n: number;
  readonly N: number;
  readonly fail: number;
  readonly excepted: number;
  readonly noData: number;
  readonly manual: number;
  readonly notApplicable: number;
  readonly level: ProofLevel | null;
  /** How many days of what happened it looks at; `null` where it looks at how things are. */
  readonly days: number | null;
  /** Whether it looks at what somebody stated, which no source tells. */
  readonly isStated: boolean;
  /** Whether there may be more of what it counts than was read. */
  readonly isOpen: boolean;
}

/** Accepted failures of one class, with what protects instead. */
export interface AcceptedClass {
  readonly control: string;
  readonly class: string;
  readonly count: number;
  readonly safeguard: string;
}

/** A source that is connected, is asked about, and told something. */
export interface CoveredSystem {
  readonly source: string;
  readonly collector: string;
  readonly system: string;
}

/** What the company answered, held against the evidence. */
export interface TestedAnswer extends StoredAnswer {
  /**
   * `doubtful`: something that bears on a yes fails, which does not show it to be none. `not-shown`: the evidence
   * neither bears it out nor speaks against it. `untested`: no evidence could.
   */
  readonly holds: 'holds' | 'qualified' | 'contradicted' | 'doubtful' | 'not-shown' | 'untested';
}

/** One question with its drafted answer. Whoever signs it answers; this is what there is to answer by. */
export interface Answer {
  readonly questionnaire: string;
  readonly question: string;
  readonly about: string;
  readonly type: Question['type'];
  readonly references: readonly string[];
  readonly state: AnswerState;
  /** From the evidence alone. */
  readonly drafted: Drafted;
  readonly statement: string;
  readonly asOf: string;
  readonly proof: { readonly needed: ProofLevel | null; readonly shown: readonly ProofLevel[] };
  readonly covers: { readonly what: string; readonly systems: readonly CoveredSystem[] } | null;
  /** What the statement does not speak of, with what was declared by whom. */
  readonly doesNotCover: readonly string[];
  /** Of that what evidence never says, whatever is declared. */
  readonly neverCovered: readonly string[];
  /** Kinds of systems that no source reads, in words. */
  readonly outside: Outside;
  /** Limits that the company’s policy sets otherwise than is usual, by control and parameter, without what it sets. */
  readonly ownLimits: readonly string[];
  /** Why what it asks for could not be told. */
  readonly untold: readonly string[];
  readonly untoldControls: readonly string[];
  readonly measures: readonly Measure[];
  readonly exceptions: readonly AcceptedClass[];
  /** Controls whose results it rests on: the rows of the results and verdicts with these ids. */
  readonly evidence: readonly string[];
  /** Where in a packet what was asked for is. */
  readonly files: readonly string[];
  readonly person: string | null;
  readonly stored: readonly TestedAnswer[];
}
