import type { Digest } from '../../evidence-model/digest.ts';
import type { Outcome } from '../../evidence-model/outcome.ts';

/** One reading that rows rest on: who asked what of whom, when, and what kept it from being whole. */
export interface ReadingFacts {
  readonly source: string;
  readonly dataset: string;
  readonly title: string;
  /** The NDJSON file in which every request with its answer is a line. */
  readonly snapshot: Digest | null;
  /** Where the vendor describes what was asked. */
  readonly documentation: string | null;
  /** What was asked first: further pages, and the same of other things, were asked alike. `null` where nothing was. */
  readonly query: {
    readonly method: string;
    readonly url: string;
    readonly operation: string | null;
    readonly input: Readonly<Record<string, unknown>> | null;
  } | null;
  /** The parameters that requests depend on. */
  readonly scope: Readonly<Record<string, unknown>>;
  /** As whom it was asked, where the source tells that: what its population of readers says. */
  readonly readBy: readonly string[];
  /** What the reading needs, in the vendor's words. What was granted is judged by `collector-read-only`. */
  readonly permissions: readonly string[];
  readonly startedAt: string;
  readonly endedAt: string;
  /** Of logs: the half-open interval of event time that was asked for. */
  readonly interval: { readonly from: string; readonly to: string } | null;
  readonly requests: number;
  readonly items: number;
  readonly records: number;
  readonly rejects: number;
  /** What another question to the source counts; `null` where it answers none. */
  readonly independentCount: number | null;
  /** Whether that counts each item, or some sorts of them alone; `null` where there is none to hold a whole reading against. */
  readonly independentCountOf: 'every item' | 'some of the items' | null;
  readonly outcome: Outcome;
  readonly limits: readonly string[];
}

/** How the rows of a table came to be: what an auditor asks before using them. */
export interface Extraction {
  /** What the table is about, in the words of the model; it names the file. */
  readonly kind: string;
  readonly asOf: string;
  readonly timeZone: 'UTC';
  /** Whether every row that should be there is, and how that was checked. */
  readonly completeness: { readonly complete: boolean; readonly check: string };
  readonly readings: readonly ReadingFacts[];
  /** What a reader must know who takes the table for more than it is. */
  readonly limits: readonly string[];
  readonly notes: readonly string[];
}
