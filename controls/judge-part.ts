import type { Subject, Subjects } from '../evidence-model/subject.ts';
import { isUnknown } from '../evidence-model/unknown.ts';
import type { Context, Control, Judged, Need, View } from './control.ts';
import type { Finding } from './finding.ts';
import {
  areListing,
  blameFor,
  everything,
  isAskedFor,
  isAskedOf,
  isLacking,
  openIn,
  settle,
  type Due,
  type Reading,
} from './readings.ts';
import { Places } from './places.ts';
import { keyNaming, keyOf, keyOfSource, membership, relativesOf, unspoken } from './relatives.ts';
import type { Verdict } from './result.ts';
import { viewOf, type Told } from './view.ts';
import { through, windowsOf, within } from './window.ts';

interface Evidence {
  readonly asOf: string;
  readonly readings: readonly Reading[];
  readonly subjects: Subjects;
}

/** What it is judged for: the sources that a control is about, and its parameters, with their defaults. */
interface Asked {
  readonly concerned: readonly { readonly id: string }[];
  readonly given: unknown;
}

/** What is to be said of one part of a population. */
interface PartResult {
  readonly verdicts: readonly Verdict[];
  /** What may be of this part or not. */
  readonly unplaced: ReadonlyMap<Subject, string>;
  /** Why there may be more of it, or more that belongs to it. */
  readonly because: readonly string[];
  /** What was asked about it. */
  readonly readings: readonly Reading[];
}

/** Judges all of one part: a subject passes only where every partition that it is due in is complete. */
export function judgePart(
  control: Control,
  { over, related: declared, test }: Judged,
  evidence: Evidence,
  { concerned, given }: Asked,
): PartResult {
  const { readings: all, subjects } = evidence;
  const ids = new Set(concerned.map(({ id }) => id));
  const needs = [over, ...Object.values(declared)];
  const firm = needs.filter(({ softens }) => softens !== true);
  const isFirm = (reading: Reading) => firm.some((need) => isAskedOf(reading, need));
  const asked = all.filter(
    (reading) => ids.has(reading.source) && needs.some((need) => isAskedOf(reading, need)),
  );
  const windows = windowsOf(control.days, concerned, asked);
  const readings = asked.map((reading) => through(reading, windows.get(reading.source)));
  const lookedAt = (need: Need) =>
    subjects.of(need.kind).filter((subject) => within(subject, need, windows.get(subject.source)));
  const relations = Object.entries(declared).map(([name, need]) => relativesOf(name, need, lookedAt(need)));
  /** What is the same for all subjects of a source. */
  const wholes = new Map(
    concerned.map(({ id }) => {
      const here = readings.filter(({ source }) => source === id);
      const lacking = here.filter(isLacking);
      const found = relations
        .filter(({ need }) => need.by === undefined)
        .flatMap(({ index }) => index.get(keyOfSource(id)) ?? []);
      const speaking = Object.fromEntries(
        Object.entries(declared).map(([name, need]) => [
          name,
          lacking.filter((each) => isAskedOf(each, need)),
        ]),
      );
      const lost = [
        ...unspoken(here, firm),
        ...relations.flatMap(({ need, stray }) => (need.softens === true ? [] : stray(id))),
      ];
      const firmly = lacking.filter(isFirm);
      return [
        id,
        { here, speaking, firmly, lost, due: dueOf(found), made: new Map<string, unknown>() },
      ] as const;
    }),
  );

  /** What may be looked at for one subject, or of the source as a whole. */
  const lookingAt = (source: string, subject: Subject | null, read: Places | null) => {
    const whole = wholes.get(source);
    if (!whole) throw new Error(`${control.id} is not about ${source}`);
    const { here } = whole;
    const lost = [...whole.lost];
    const due = new LookedAt(whole.due);
    if (subject) due.add([subject]);
    const relatives = new Map(
      relations.map(({ name, need, index }) => {
        const key =
          need.by === undefined ? keyOfSource(source) : subject && keyOf(subject, Object.values(need.by));
        if (key !== null && typeof key !== 'string')
          lost.push(`${key.missing} of ${subject?.id ?? ''} is not known`);
        const found = typeof key === 'string' ? (index.get(key) ?? []) : [];
        if (need.by !== undefined) due.add(found);
        return [name, { need, index, found }] as const;
      }),
    );
    const told: Told = {
      blame: (kind, field, id) => blameFor(here, kind, field, id, due),
      asked: (kind, field, id) => isAskedFor(here, kind, field, id),
    };
    const related: Context['related'] = (name, of) => {
      const relative = relatives.get(name);
      if (!relative) throw new Error(`${control.id} reads ${name}, which it does not declare`);
      const { need, index } = relative;
      const found = of === undefined ? relative.found : (index.get(keyNaming({ source }, of)) ?? []);
      if (of !== undefined) due.add(found);
      return found.map((other) => viewOf(other, need, told, read));
    };
    const open: Context['open'] = (name) => {
      const need = declared[name];
      if (!need) throw new Error(`${control.id} asks for ${name}, which it does not declare`);
      const speaking = whole.speaking[name] ?? [];
      // What belongs to no subject by a field may stand in any partition, also in one of which nothing was found.
      const lacking = [...openIn(speaking, need.by === undefined ? everything : due), ...lost];
      return lacking.length === 0 ? null : lacking.join('; ');
    };
    return { related, open, told, lacking: () => [...openIn(whole.firmly, due), ...lost] };
  };

  const verdicts: Verdict[] = [];
  // Of a hundred thousand that pass most do so for the same reason, which is one text.
  const reasons = new Map<string, string>();
  const unplaced = new Map<Subject, string>();
  for (const subject of lookedAt(over)) {
    const { source } = subject;
    const whole = wholes.get(source);
    if (!whole) continue;
    const member = membership(subject, over.only);
    if (member === 'unknown') unplaced.set(subject, whyUnknown(subject, over.only?.field ?? ''));
    if (member !== 'yes') continue;
    const read = new Places();
    const { related, open, told, lacking } = lookingAt(source, subject, read);
    const once: Context['once'] = (name, make) => {
      // What is made for all of a source is no evidence about one of it.
      if (!whole.made.has(name)) whole.made.set(name, make(lookingAt(source, null, null)));
      return whole.made.get(name) as ReturnType<typeof make>;
    };
    const context: Context = {
      parameters: given,
      // Looked at only by who asks: what never does says the same at any other moment.
      get asOf() {
        return evidence.asOf;
      },
      get loggedTo() {
        return windows.get(source)?.to ?? evidence.asOf;
      },
      related,
      open,
      once,
    };
    const finding = test(viewOf(subject, over, told, read) as View<never>, context as Context<never, never>);
    const settled = settle(finding, lacking());
    const reason = reasons.get(settled.reason) ?? settled.reason;
    reasons.set(reason, reason);
    verdicts.push(verdictOf(subject, { ...settled, reason }, [...read.all]));
  }

  const because = concerned.flatMap(({ id }) => {
    const here = readings.filter(({ source }) => source === id);
    const what = over.only ? `${over.kind}s of the sort ${over.only.values.join(', ')}` : control.population;
    return [
      ...(areListing(here, over) ? [] : [`${id}: no dataset that was due lists ${what}`]),
      ...(wholes.get(id)?.lost ?? []).map((text) => `${id}: ${text}`),
    ];
  });
  return { verdicts, unplaced, because, readings: readings.filter(isFirm) };
}

/** Why a field that tells what sort of thing something is, is not known. */
function whyUnknown({ fields }: Subject, field: string): string {
  const value = fields.get(field)?.value;
  return isUnknown(value) ? value.unknown : `${field} is not told`;
}

/** Ids and partitions of these subjects. */
function dueOf(subjects: readonly Subject[]): ReadonlySet<string> {
  return new Set(subjects.flatMap(({ id, partitions }) => [id, ...partitions]));
}

/** What is due for one subject that is looked at, and what is for all. */
class LookedAt implements Due {
  readonly #all: ReadonlySet<string>;
  readonly #subjects: Subject[] = [];
  /** Made when it is asked for: of a hundred thousand people nobody asks where everything was read. */
  readonly #own = new Set<string>();

  constructor(all: ReadonlySet<string>) {
    this.#all = all;
  }

  add(subjects: readonly Subject[]): void {
    for (const subject of subjects) this.#subjects.push(subject);
  }

  has(key: string): boolean {
    return this.#keys().has(key) || this.#all.has(key);
  }

  *[Symbol.iterator](): Iterator<string> {
    yield* this.#keys();
    yield* this.#all;
  }

  #keys(): ReadonlySet<string> {
    for (const { id, partitions } of this.#subjects.splice(0))
      for (const key of [id, ...partitions]) this.#own.add(key);
    return this.#own;
  }
}

export function verdictOf(
  subject: Subject,
  { status, reason }: Finding,
  evidence: Verdict['evidence'],
): Verdict {
  const name = subject.fields.get('name')?.value;
  return {
    source: subject.source,
    subject: subject.id,
    name: typeof name === 'string' ? name : null,
    status,
    reason,
    evidence: evidence.length > 0 ? evidence : [...subject.citations],
  };
}
