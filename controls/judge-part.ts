import type { Subject, Subjects } from '../evidence-model/subject.ts';
import type { Context, Control, Judged, Need, View } from './control.ts';
import type { Finding } from './finding.ts';
import { areListing, blameFor, isAskedOf, openIn, settle, type Reading } from './readings.ts';
import { keyNaming, keyOf, membership, relativesOf, unspoken } from './relatives.ts';
import type { Verdict } from './result.ts';
import { viewOf, type Blame } from './view.ts';
import { through, windowsOf, within } from './window.ts';

interface Evidence {
  readonly asOf: string;
  readonly concerned: readonly { readonly id: string }[];
  readonly readings: readonly Reading[];
  readonly subjects: Subjects;
  /** The parameters, with their defaults. */
  readonly given: unknown;
}

/** What is to be said of one part of a population. */
interface PartResult {
  readonly verdicts: readonly Verdict[];
  /** What may be of this part or not. */
  readonly unplaced: readonly Subject[];
  /** Why there may be more of it, or more that belongs to it. */
  readonly because: readonly string[];
  /** What was asked about it. */
  readonly readings: readonly Reading[];
}

/** Judges all of one part: a subject passes only where every partition that it is due in is complete. */
export function judgePart(
  control: Control,
  { over, related: declared, test }: Judged,
  { asOf, concerned, readings: all, subjects, given }: Evidence,
): PartResult {
  const ids = new Set(concerned.map(({ id }) => id));
  const needs = [over, ...Object.values(declared)];
  const asked = all.filter(
    (reading) => ids.has(reading.source) && needs.some((need) => isAskedOf(reading, need)),
  );
  const windows = windowsOf(control.days, concerned, asked);
  const readings = asked.map((reading) => through(reading, windows.get(reading.source)));
  const lookedAt = (need: Need) =>
    subjects.of(need.kind).filter((subject) => within(subject, need, windows.get(subject.source)));
  const relations = Object.entries(declared).map(([name, need]) => relativesOf(name, need, lookedAt(need)));
  const strays = new Map(
    concerned.map(({ id }) => {
      const here = readings.filter(({ source }) => source === id);
      return [id, [...unspoken(here, needs), ...relations.flatMap(({ stray }) => stray(id))]];
    }),
  );

  const verdicts: Verdict[] = [];
  const unplaced: Subject[] = [];
  for (const subject of lookedAt(over)) {
    if (!ids.has(subject.source)) continue;
    const member = membership(subject, over.only);
    if (member === 'unknown') unplaced.push(subject);
    if (member !== 'yes') continue;
    const here = readings.filter(({ source }) => source === subject.source);
    const lost = [...(strays.get(subject.source) ?? [])];
    const read = new Map<string, Verdict['evidence'][number]>();
    const touched: Subject[] = [subject];
    const relatives = new Map(
      relations.map(({ name, need, index }) => {
        const key = keyOf(subject, Object.values(need.by ?? {}));
        if (typeof key !== 'string') lost.push(`${key.missing} of ${subject.id} is not known`);
        const found = typeof key === 'string' ? (index.get(key) ?? []) : [];
        // One by one: there may be more than a call takes.
        for (const each of found) touched.push(each);
        return [name, { need, index, found }] as const;
      }),
    );
    const due = new Set<string>();
    const touch = (these: readonly Subject[]) => {
      for (const { id, partitions } of these) for (const key of [id, ...partitions]) due.add(key);
    };
    touch(touched);
    const blame: Blame = (kind, field, id) => blameFor(here, kind, field, id, due);
    const related: Context['related'] = (name, of) => {
      const relative = relatives.get(name);
      if (!relative) throw new Error(`${control.id} reads ${name}, which it does not declare`);
      const { need, index } = relative;
      const found = of === undefined ? relative.found : (index.get(keyNaming(subject, of)) ?? []);
      if (of !== undefined) touch(found);
      return found.map((other) => viewOf(other, need, blame, read));
    };
    const open: Context['open'] = (name) => {
      const need = declared[name];
      if (!need) throw new Error(`${control.id} asks for ${name}, which it does not declare`);
      const speaking = here.filter((reading) => isAskedOf(reading, need));
      const lacking = [...openIn(speaking, due), ...lost];
      return lacking.length === 0 ? null : lacking.join('; ');
    };
    const finding = test(
      viewOf(subject, over, blame, read) as View<never>,
      { parameters: given, asOf, related, open } as Context as Context<never, never>,
    );
    verdicts.push(verdictOf(subject, settle(finding, [...openIn(here, due), ...lost]), [...read.values()]));
  }

  const because = concerned.flatMap(({ id }) => {
    const here = readings.filter(({ source }) => source === id);
    const what = over.only ? `${over.kind}s of the sort ${over.only.values.join(', ')}` : control.population;
    return [
      ...(areListing(here, over) ? [] : [`${id}: no dataset that was due lists ${what}`]),
      ...(strays.get(id) ?? []).map((text) => `${id}: ${text}`),
    ];
  });
  return { verdicts, unplaced, because, readings };
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
