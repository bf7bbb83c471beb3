import { Attestation } from '../../evidence-model/kinds.ts';
import { needsOf, type Control } from '../control.ts';
import type { Exception } from '../declarations.ts';
import { proofLevels, type Bearing } from '../questionnaire.ts';
import type { Result } from '../result.ts';
import type { AcceptedClass, Measure } from './answer.ts';

export function measureOf(
  { control, weight }: Bearing,
  result: Result | undefined,
  text: Control | undefined,
): Measure {
  const {
    pass = 0,
    total = 0,
    fail = 0,
    excepted = 0,
    noData = 0,
    manual = 0,
    notApplicable = 0,
  } = result?.population ?? {};
  return {
    control,
    status: result?.status ?? null,
    weight,
    assertion: text?.assertion ?? null,
    population: text?.population ?? null,
    ...{ n: pass, N: total, fail, excepted, noData, manual, notApplicable },
    level: proofLevels[control]?.level ?? null,
    days: text?.days ?? null,
    isStated: text !== undefined && needsOf(text).some(({ kind }) => kind === Attestation.name),
    isOpen: (result?.because.length ?? 0) > 0,
  };
}

/** The accepted failures of a result by class, so that a reader sees how many there are without seeing who they are. */
export function acceptedIn(
  { control, population, verdicts }: Result,
  exceptions: readonly Exception[],
  asOf: string,
): AcceptedClass[] {
  if (population.excepted === 0) return [];
  const day = asOf.slice(0, 10);
  const live = exceptions.filter((each) => each.control === control && day >= each.start && day <= each.end);
  const classes = new Map<string, AcceptedClass>();
  for (const { source, subject, status } of verdicts) {
    if (status !== 'excepted') continue;
    const found = live.find(
      (each) => each.subjects.includes(subject) && (each.source === undefined || each.source === source),
    );
    const of = { control, class: found?.class ?? 'not told', safeguard: found?.safeguard.text ?? 'not told' };
    const key = JSON.stringify(of);
    classes.set(key, { ...of, count: (classes.get(key)?.count ?? 0) + 1 });
  }
  return [...classes.values()];
}
