import { z } from 'zod';
import { Group } from './groups.ts';
import auditor from './questionnaires/auditor.json' with { type: 'json' };
import insurer from './questionnaires/insurer.json' with { type: 'json' };
import missing from './questionnaires/not-built.json' with { type: 'json' };
import elsewhere from './questionnaires/outside.json' with { type: 'json' };
import levels from './questionnaires/proof-levels.json' with { type: 'json' };
import vendor from './questionnaires/vendor.json' with { type: 'json' };

/**
 * What a test of second factors shows: one could be shown (`capable`), one must be (`required`), one was (`observed`),
 * and of which kind it must be (`strength`). None stands in for another.
 */
export const ProofLevel = z.enum(['capable', 'required', 'observed', 'strength']);
export type ProofLevel = z.output<typeof ProofLevel>;

/** A control that bears on a question. */
export const Bearing = z.strictObject({
  control: z.string(),
  /**
   * A yes needs all of them. It can rest on what `decides` or `supports`, never on what merely `bears`; where what
   * decides fails the answer is no, because what fails is some of what is asked about. Any other failing leaves it open.
   */
  weight: z.enum(['decides', 'supports', 'bears']).default('decides'),
  /** Whether the answer may be yes where there is proven to be nothing of what it counts. */
  mayBeNone: z.boolean().default(false),
});
export type Bearing = z.output<typeof Bearing>;

const Evidence = z.strictObject({
  /** Whether evidence can reach all that is asked, as far as the company has no other systems, or never more than a part. */
  reach: z.enum(['whole', 'part']),
  /** What it speaks of, in words. */
  covers: z.string(),
  controls: z.array(Bearing),
  /** The level that the question asks for. */
  level: ProofLevel.optional(),
  /** Of a request: the kinds of things whose lists are handed over. */
  kinds: z.array(z.string()).default([]),
  /** Of a request: the kinds of sources whose lists are meant, also where none of them is connected. */
  collectors: z.array(z.string()).default([]),
  /** Of a request: where in a packet it is, as paths or folders. */
  files: z.array(z.string()).default([]),
});

/** A question, a request or a topic under its own id, in our own words. It is asked so that yes is the answer hoped for. */
export const Question = z.strictObject({
  id: z.string(),
  about: z.string(),
  type: z.enum([
    'yes-no',
    'choice',
    'choices',
    'percent',
    'count',
    'date',
    'list',
    'text',
    'signature',
    'request',
  ]),
  /** Ids of others: criteria of an auditor's request, CAIQ v4 questions of a topic. */
  references: z.array(z.string()).default([]),
  /** Further answers beside yes and no. */
  also: z.array(z.string()).default([]),
  /** What may be chosen, each with the controls that must hold for it, and those that would have to hold as well and do not show it. */
  options: z
    .array(
      z.strictObject({
        id: z.string(),
        controls: z.array(z.string()),
        ruledOutBy: z.array(z.string()).default([]),
      }),
    )
    .default([]),
  /** Of a share: the control whose population it is measured by. */
  measuredBy: z.string().optional(),
  /** `null` where only a person can answer. */
  evidence: Evidence.nullable().default(null),
  /** Kinds of systems that it asks about and no source reads. A declared system of that id says whether there are any. */
  outside: z.array(z.string()),
  /** What evidence of ours never says. */
  doesNotCover: z.array(z.string()),
  /** Whom to ask, or what only a person can add. */
  person: z.string().optional(),
});
export type Question = z.output<typeof Question>;

export const Questionnaire = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** What its questions are counted together by. */
  topics: z.array(Group).default([]),
  questions: z.array(Question),
});
export type Questionnaire = z.output<typeof Questionnaire>;

/** Every questionnaire there is. To add one, add its file and import it here. */
export const questionnaires: readonly Questionnaire[] = [insurer, auditor, vendor].map((each) =>
  Questionnaire.parse(each),
);

/** Kinds of systems that no source reads, in words. */
export const outsideKinds: Readonly<Record<string, string>> = z
  .record(z.string(), z.string())
  .parse(elsewhere);

/** Controls that questions name and that do not exist yet: nothing is known of what they would show. */
export const notBuilt: readonly string[] = z.array(z.string()).parse(missing);

/** What a control over second factors proves, and why that level and no other. */
export const proofLevels = z
  .record(z.string(), z.strictObject({ level: ProofLevel, why: z.string() }))
  .parse(levels);
