import type { Bearing, ProofLevel, Question } from '../questionnaire.ts';
import { proofLevels } from '../questionnaire.ts';
import type { Result } from '../result.ts';
import type { Drafted } from './answer.ts';

/** What one control says of a question. */
type Support = 'holds' | 'tolerates' | 'excepted' | 'none' | 'untold' | 'fails';

/** What is known of the kinds of systems that a question asks about and that no source reads. */
export interface Outside {
  /** Nobody said whether there are any. */
  readonly undeclared: readonly string[];
  /** Somebody declared that there are some. */
  readonly present: readonly string[];
  /** Somebody declared that there are none. */
  readonly absent: readonly string[];
}

export interface Supported {
  readonly bearing: Bearing;
  readonly result: Result | undefined;
  readonly tolerant: boolean;
}

/** Whatever is not wholly known is untold, whatever the status says; an answer never rests on it. */
export function supportOf({ bearing, result, tolerant }: Supported): Support {
  if (!result) return 'untold';
  const { status, because, population: p } = result;
  if (status === 'fail' || p.fail > 0) return 'fails';
  if (status === 'not-applicable') return bearing.mayBeNone && p.noData + p.manual === 0 ? 'none' : 'untold';
  if (status !== 'pass' && status !== 'excepted') return 'untold';
  if (because.length > 0 || p.noData + p.manual > 0) return 'untold';
  if (status === 'excepted' || p.excepted > 0) return 'excepted';
  if (p.pass === 0) return 'untold';
  return tolerant ? 'tolerates' : 'holds';
}

/**
 * What the evidence alone says. Of what is worse the worst decides, so that no worse result makes an answer better: a
 * failure of what decides is a no, what is untold or lies outside leaves it partial, what is accepted, tolerated or
 * rests on a declaration qualifies it.
 */
export function draft(question: Question, supported: readonly Supported[], outside: Outside): Drafted {
  const { evidence } = question;
  if (!evidence) return 'person-only';
  const told = supported.map((each) => ({ ...each.bearing, support: supportOf(each) }));
  if (told.some(({ weight, support }) => weight === 'decides' && support === 'fails')) return 'supported-no';

  const holding = told.filter(
    ({ weight, support }) => weight !== 'bears' && ['holds', 'tolerates', 'excepted'].includes(support),
  );
  if (
    !isReached(question, outside) ||
    told.some(({ support }) => support === 'untold' || support === 'fails') ||
    !holding.some(({ control }) => atLevel(control, evidence.level))
  )
    return 'partial-evidence';

  const bare =
    evidence.reach === 'whole' &&
    outside.undeclared.length === 0 &&
    told.every(({ support }) => support === 'holds' || support === 'none');
  return bare ? 'supported-yes' : 'qualified';
}

/** Whether evidence reaches what is asked, as far as anybody knows: wholly, or in part with all else declared absent. */
export function isReached({ evidence }: Question, { undeclared, present, absent }: Outside): boolean {
  return (
    present.length === 0 && (evidence?.reach === 'whole' || (absent.length > 0 && undeclared.length === 0))
  );
}

/** Levels are never mixed: what could be shown is not what must be, nor is what was. */
function atLevel(control: string, needed: ProofLevel | undefined): boolean {
  return needed === undefined || proofLevels[control]?.level === needed;
}

/** What the evidence says of a request: whether all that would be handed over was wholly read. How it fares is another matter. */
export function draftOfRequest(
  { evidence }: Question,
  supported: readonly Supported[],
  {
    lists,
    notDue,
  }: {
    readonly lists: readonly { readonly lists: readonly string[]; readonly complete: boolean }[];
    readonly notDue: readonly string[];
  },
  outside: Outside,
): Drafted {
  if (!evidence) return 'person-only';
  const told = supported.every(
    ({ result }) =>
      result &&
      (result.status === 'not-applicable' || result.because.length === 0) &&
      result.population.noData === 0,
  );
  const listed =
    notDue.length === 0 &&
    evidence.kinds.every((kind) => lists.some((reading) => reading.lists.includes(kind)));
  const whole = told && listed && lists.every(({ complete }) => complete) && outside.present.length === 0;
  if (!whole || evidence.reach === 'part') return 'partial-evidence';
  return outside.undeclared.length === 0 ? 'supported-yes' : 'qualified';
}
