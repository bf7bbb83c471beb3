import type { z } from 'zod';
import { partOf, type Kind, type PartOf, type Shape } from '../evidence-model/kind.ts';
import type { Part } from '../evidence-model/snapshot.ts';
import type { Finding } from './finding.ts';

declare const values: unique symbol;

/** A kind and those of its fields that a control may read. Any other field does not exist for it. */
export interface Need<Values = unknown> {
  readonly kind: string;
  readonly fields: readonly string[];
  /**
   * How it belongs to a subject: fields of it, or `id`, each with the one of the subject that says the same. Without
   * it, whatever is at the same source.
   */
  readonly by?: Readonly<Record<string, string>>;
  /** The part of the kind that is meant. A dataset must list all of it, and what may be of it is never left out. */
  readonly only?: Part;
  /** Of what happened: the field that says when. */
  readonly at?: string;
  /** What it says can keep a failure from being one and lets nothing pass, so that no pass waits for it to be read. */
  readonly softens?: true;
  /** The types of the fields; never present at run time. */
  readonly [values]?: Values;
}

/**
 * `by` is the field that holds the id of the subject, or what of it is the same as what of the subject, such as
 * `{ id: 'loadBalancer' }` or `{ cloudAccount: 'cloudAccount', region: 'name' }`.
 */
export function need<S extends Shape, const F extends keyof S & string>(
  { name, at }: Kind<S>,
  fields: readonly F[],
  by?: (keyof S & string) | 'id' | { readonly [K in (keyof S & string) | 'id']?: string },
  only?: PartOf<S>,
): Need<{ readonly [K in F]: z.output<S[K]> }> {
  return {
    kind: name,
    fields,
    ...(by !== undefined && { by: typeof by === 'string' ? { [by]: 'id' } : (by as Record<string, string>) }),
    ...(only && { only: partOf(only) }),
    ...(at !== undefined && { at }),
  };
}

/** One subject through the eyes of a control. */
export interface View<Values> {
  readonly id: string;
  /** Judges with these fields known; `no-data`, with the reasons, where any of them is not. */
  given<F extends keyof Values & string>(
    fields: readonly F[],
    judge: (values: Pick<Values, F>) => Finding,
  ): Finding;
  /**
   * Whether a dataset that was due is asked for this field of it, whatever came of that. What is asked of a few is not
   * unknown of everybody else: nobody asked.
   */
  isAsked(field: keyof Values & string): boolean;
}

export interface Context<Related = Readonly<Record<string, unknown>>, Parameters = unknown> {
  readonly parameters: Parameters;
  /** The moment that the evidence speaks of, as ISO time. */
  readonly asOf: string;
  /** Of a control over what happened: the moment up to which the logs of the source were asked for. */
  readonly loggedTo: string;
  /** Those that belong to the subject, or to what else is named by its id, such as the policies of a group that it is in. */
  readonly related: <K extends keyof Related>(name: K, of?: string) => readonly View<Related[K]>[];
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

interface Texts {
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
  /** Whether a pass leaves some of what is counted aside, as the assertion says by number: no bare yes rests on it. */
  readonly tolerant?: true;
  /**
   * Of a control over what happened: how many days before the newest reading of the logs are looked at, every moment of
   * which must have been read. What happened before or after does not exist for it.
   */
  readonly days?: number;
}

/** A part of what is counted: things of one kind, all judged alike. No two of a control hold the same thing. */
export interface Judged {
  /** Which of the control's kinds of sources it is about, where it is not about all: others are not asked for what it needs. */
  readonly collectors?: readonly string[];
  readonly over: Need;
  readonly related: Readonly<Record<string, Need>>;
  readonly test: (subject: View<never>, context: Context<never, never>) => Finding;
}

/** Something that should be true, and how to tell for each subject of a population. Pure: it sees records and nothing else. */
export interface Control extends Texts {
  /** Thresholds with their defaults; the policy file overrides them. */
  readonly parameters: z.ZodObject;
  /** The population is all of them together, and a result passes only where each was wholly read. */
  readonly parts: readonly Judged[];
}

interface Rule<Over, Related, Parameters> extends Pick<Judged, 'collectors'> {
  readonly over: Need<Over>;
  readonly related: { readonly [K in keyof Related]: Need<Related[K]> };
  readonly test: (subject: View<Over>, context: Context<Related, Parameters>) => Finding;
}

/** Types a declaration by what it needs, so that a misspelt or undeclared field does not compile. */
export function control<Over, Related, Parameters extends z.ZodObject>({
  over,
  related,
  test,
  ...texts
}: Texts & { readonly parameters: Parameters } & Omit<
    Rule<Over, Related, z.output<Parameters>>,
    'collectors'
  >): Control {
  return { ...texts, parts: [{ over, related, test }] };
}

/** The same for a population of several kinds, or of one kind whose parts are judged in different ways. */
export function controlOverParts<Parameters extends z.ZodObject>({
  parts,
  ...texts
}: Texts & {
  readonly parameters: Parameters;
  readonly parts: (
    part: <Over, Related>(rule: Rule<Over, Related, z.output<Parameters>>) => Judged,
  ) => readonly Judged[];
}): Control {
  return { ...texts, parts: parts((rule) => rule) };
}

/** Everything that a control looks at, or looks at in sources of one kind. */
export function needsOf({ parts }: Pick<Control, 'parts'>, collector?: string): readonly Need[] {
  return parts
    .filter(({ collectors }) => collector === undefined || (collectors?.includes(collector) ?? true))
    .flatMap(({ over, related }) => [over, ...Object.values<Need>(related)]);
}
