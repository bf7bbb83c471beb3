import type { z } from 'zod';
import type { Kind, Shape } from '../evidence-model/kind.ts';
import type { Finding } from './finding.ts';

declare const values: unique symbol;

/** A kind and those of its fields that a control may read. Any other field does not exist for it. */
export interface Need<Values = unknown> {
  readonly kind: string;
  readonly fields: readonly string[];
  /**
   * The field that holds the id of the subject it belongs to, or `id` where it is asked for by its own; without it,
   * whatever is at the same source.
   */
  readonly by?: string;
  /** Of what happened: the field that says when. */
  readonly at?: string;
  /** The types of the fields; never present at run time. */
  readonly [values]?: Values;
}

export function need<S extends Shape, const F extends keyof S & string>(
  { name, at }: Kind<S>,
  fields: readonly F[],
  by?: (keyof S & string) | 'id',
): Need<{ readonly [K in F]: z.output<S[K]> }> {
  return { kind: name, fields, ...(by !== undefined && { by }), ...(at !== undefined && { at }) };
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
  /** Those that belong to the subject, or to what else is named, such as the policies of a group that it is in. */
  readonly related: <K extends keyof Related>(name: K, of?: string) => readonly View<Related[K]>[];
  /**
   * Why there may be more of these than `related` lists; `null` where they were wholly read. Who concludes from
   * something not being there must ask.
   */
  readonly open: (name: keyof Related) => string | null;
}

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
  /**
   * Of a control over what happened: how many days before the newest reading of the logs are looked at, every moment of
   * which must have been read. What happened before or after does not exist for it.
   */
  readonly days?: number;
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
