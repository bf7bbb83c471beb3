import type { z } from 'zod';
import type { Kind, Shape } from '../evidence-model/kind.ts';
import type { Finding } from './finding.ts';

declare const values: unique symbol;

/** A kind and those of its fields that a control may read. Any other field does not exist for it. */
export interface Need<Values = unknown> {
  readonly kind: string;
  readonly fields: readonly string[];
  /** The field that holds the id of the subject it belongs to; without it, whatever is at the same source. */
  readonly by?: string;
  /** The types of the fields; never present at run time. */
  readonly [values]?: Values;
}

export function need<S extends Shape, const F extends keyof S & string>(
  { name }: Kind<S>,
  fields: readonly F[],
  by?: keyof S & string,
): Need<{ readonly [K in F]: z.output<S[K]> }> {
  return by === undefined ? { kind: name, fields } : { kind: name, fields, by };
}

/** One subject through the eyes of a control. */
export interface View<Values> {
  readonly id: string;
  /** Judges with these fields known; `no-data`, with the reasons, where any of them is not. */
  given<F extends keyof Values & string>(
    fields: readonly F[],
    judge: (values: Pick<Values, F>) => Finding,
  ): Finding;
}

export interface Context<Related = Readonly<Record<string, unknown>>, Parameters = unknown> {
  readonly parameters: Parameters;
  /** The moment that the evidence speaks of, as ISO time. */
  readonly asOf: string;
  readonly related: <K extends keyof Related>(name: K) => readonly View<Related[K]>[];
  /**
   * Why there may be more of these than `related` lists; `null` where they were wholly read. Who concludes from
   * something not being there must ask.
   */
  readonly open: (name: keyof Related) => string | null;
  /**
   * What is the same for every subject of a source, made once under this name. It sees those alone that belong to no
   * subject by a field; what it looked at is no evidence of a verdict, which cites for itself what decided it.
   */
  readonly once: <T>(name: string, make: (all: Whole<Related>) => T) => T;
}

/** A source as a whole: the same for all of its subjects. */
export type Whole<Related> = Pick<Context<Related>, 'related' | 'open'>;

export type Severity = 'critical' | 'high' | 'medium' | 'low';

/** Something that should be true, and how to tell for each subject of a population. Pure: it sees records and nothing else. */
export interface Control {
  /** Also the name of its file. */
  readonly id: string;
  readonly severity: Severity;
  /** True or false, and literally true whenever the control passes. */
  readonly assertion: string;
  /** Why it matters, for people who run a company. */
  readonly board: string;
  readonly remedy: string;
  /** Kinds of sources it is about; `exhibit` is what Exhibit knows of its own nights. A source that is not connected is not judged. */
  readonly collectors: readonly string[];
  /** What is counted, in words. */
  readonly population: string;
  /** Thresholds with their defaults; the policy file overrides them. */
  readonly parameters: z.ZodObject;
  readonly over: Need;
  readonly related: Readonly<Record<string, Need>>;
  readonly test: (subject: View<never>, context: Context<never, never>) => Finding;
}

interface Declaration<Over, Related, Parameters extends z.ZodObject> extends Omit<
  Control,
  'parameters' | 'over' | 'related' | 'test'
> {
  readonly parameters: Parameters;
  readonly over: Need<Over>;
  readonly related: { readonly [K in keyof Related]: Need<Related[K]> };
  readonly test: (subject: View<Over>, context: Context<Related, z.output<Parameters>>) => Finding;
}

/** Types a declaration by what it needs, so that a misspelt or undeclared field does not compile. */
export function control<Over, Related, Parameters extends z.ZodObject>(
  declaration: Declaration<Over, Related, Parameters>,
): Control {
  return declaration;
}
