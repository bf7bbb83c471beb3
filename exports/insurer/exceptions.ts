import type { Result } from '../../controls/result.ts';
import { OperatorError } from '../../evidence-model/operator-error.ts';
import { compare } from '../../evidence-model/subject.ts';
import { identifiersIn } from '../identifiers.ts';
import type { Judgement } from '../judge.ts';
import { classNamed } from './wording.ts';

/** An accepted failure without whom it is about, and without a word that somebody wrote. */
export interface ExceptionFacts {
  readonly class: string;
  /** What such a class is, in words of ours. */
  readonly why: string;
  readonly control: string;
  /** For how many it was accepted, and of how many it counts today. */
  readonly subjects: number;
  readonly counts: number;
  readonly standing: 'in force' | 'ended' | 'not begun';
  /** The test of what protects instead, and how it came out; `null` where that was told in words alone. */
  readonly safeguard: { readonly control: string; readonly status: Result['status'] | null } | null;
  readonly start: string;
  readonly end: string;
}

export function exceptionsOf(judgement: Judgement): readonly ExceptionFacts[] {
  const { plan, asOf } = judgement;
  const day = asOf.slice(0, 10);
  return plan.exceptions
    .map((exception): ExceptionFacts => {
      const { control, subjects, source, safeguard, start, end } = exception;
      const standing = day < start ? 'not begun' : day > end ? 'ended' : 'in force';
      const verdicts = judgement.results.find((result) => result.control === control)?.verdicts ?? [];
      const counts = verdicts.filter(
        (verdict) =>
          verdict.status === 'excepted' &&
          subjects.includes(verdict.subject) &&
          (source === undefined || source === verdict.source),
      ).length;
      const protects = safeguard.control;
      return {
        ...classNamed(exception.class),
        ...{ control, subjects: subjects.length, counts: standing === 'in force' ? counts : 0, standing },
        safeguard:
          protects === undefined
            ? null
            : {
                control: protects,
                status: judgement.results.find((result) => result.control === protects)?.status ?? null,
              },
        ...{ start, end },
      };
    })
    .sort((a, b) => compare(a.control, b.control) || compare(a.end, b.end) || compare(a.class, b.class));
}

/**
 * A class is there for readers who must not see whom an exception is about. One that names somebody is a mistake to be
 * mended, though it would be printed nowhere in a packet without names.
 */
export function refuseNamedClasses(judgement: Judgement): void {
  const { exceptions } = judgement.plan;
  const [hit] = identifiersIn(exceptions.map((each) => each.class).join('\n'), judgement);
  if (hit === undefined) return;
  const of = exceptions.find((each) => each.class.includes(hit));
  throw new OperatorError(
    `the class of the exception ${of?.id ?? ''} holds ${hit}, which identifies someone or something: write what sort of exception it is`,
  );
}
