import type { Collector } from '../collectors/collector.ts';
import type { Dataset } from '../collectors/dataset.ts';
import type { DeclaredSystem, Exception, Policy, Register, StoredAnswer } from '../controls/declarations.ts';
import type { Plan } from '../controls/plan.ts';
import type { Declared } from '../controls/declared/declared.ts';
import type { Daily } from '../evidence-model/schedule.ts';

/** One configured source. Its secrets are not here: they are read anew whenever it is connected. */
export interface Source {
  readonly id: string;
  readonly title: string;
  readonly collector: Collector;
  /** Those of its datasets that whoever owns it agreed to have read. */
  readonly datasets: readonly Dataset[];
  /** What of the settings the evidence depends on. */
  readonly scope: Readonly<Record<string, unknown>>;
  /** The settings with their secrets. Rejects with `OperatorError` where one cannot be read. */
  readonly settings: () => Promise<unknown>;
}

/** Everything of the configuration that decides what is read and how it is judged. */
export interface Setup {
  readonly organization: {
    readonly name: string;
    readonly slug: string;
    /** Of the pages that it hands out; A4 where nothing else is said. */
    readonly paper?: Plan['organization']['paper'];
  };
  readonly sources: readonly Source[];
  readonly policy: Policy;
  readonly exceptions: readonly Exception[];
  readonly systems: readonly DeclaredSystem[];
  readonly register: Register;
  readonly answers: readonly StoredAnswer[];
  readonly declared: Declared;
}

/** When it is read by itself, and how late a slot may still be begun. */
export interface Timetable {
  readonly daily: Daily;
  readonly graceMinutes: number;
}
