import type { Part } from '../evidence-model/snapshot.ts';
import type { Subject } from '../evidence-model/subject.ts';
import { isUnknown } from '../evidence-model/unknown.ts';
import type { Need } from './control.ts';
import { areListing, isAskedOf, type Reading } from './readings.ts';

/** The things that a control needs beside its subjects, by what they have in common with these. */
export interface Relatives {
  readonly name: string;
  readonly need: Need;
  readonly index: ReadonlyMap<string, readonly Subject[]>;
  /** What at a source could belong to anybody, or to nobody, and why. */
  readonly stray: (source: string) => readonly string[];
}

/** Finds relatives by whom they belong to. Those of whom that is not known could belong to anybody. */
export function relativesOf(name: string, need: Need, subjects: readonly Subject[]): Relatives {
  const index = new Map<string, Subject[]>();
  const strays: { readonly field: string; readonly subject: Subject }[] = [];
  for (const subject of subjects) {
    const member = membership(subject, need.only);
    if (member === 'no') continue;
    const key = keyOf(subject, Object.keys(need.by ?? {}));
    if (typeof key !== 'string') strays.push({ field: key.missing, subject });
    else if (member === 'unknown') strays.push({ field: need.only?.field ?? '', subject });
    else {
      const list = index.get(key);
      if (list) list.push(subject);
      else index.set(key, [subject]);
    }
  }
  const stray = (source: string) => {
    const found = strays.filter(({ subject }) => subject.source === source);
    return [...new Set(found.map(({ field }) => field))].map((field) => {
      const these = found.filter((each) => each.field === field);
      return `${field} of ${these.length} ${need.kind} is not known, of ${these[0]?.subject.id} for one`;
    });
  };
  return { name, need, index, stray };
}

/** What the source and these fields of a subject say, as one text; or the field of which that is not known. */
export function keyOf(subject: Subject, fields: readonly string[]): string | { readonly missing: string } {
  const key = [subject.source];
  for (const field of fields) {
    const value = field === 'id' ? subject.id : subject.fields.get(field)?.value;
    if (typeof value !== 'string') return { missing: field };
    key.push(value);
  }
  return JSON.stringify(key);
}

/** The same where whatever is at the source belongs together. */
export function keyOfSource(source: string): string {
  return JSON.stringify([source]);
}

/** The same for something else at the source of a subject, by its id. */
export function keyNaming({ source }: Pick<Subject, 'source'>, id: string): string {
  return JSON.stringify([source, id]);
}

/** Whether something is of a part. */
export function membership(subject: Subject, part: Part | undefined): 'yes' | 'no' | 'unknown' {
  if (part === undefined) return 'yes';
  const value = subject.fields.get(part.field)?.value;
  if (value === undefined || isUnknown(value)) return 'unknown';
  return part.values.some((each) => each === value) ? 'yes' : 'no';
}

/** What a control needs and no dataset that was due tells, or lists where only a part of a kind is needed. */
export function unspoken(readings: readonly Reading[], needs: readonly Need[]): string[] {
  const silent = needs.flatMap((need) => {
    if (!readings.some((reading) => isAskedOf(reading, need)))
      return [`no dataset that was due speaks of ${need.kind}`];
    return need.only === undefined || areListing(readings, need)
      ? []
      : [
          `no dataset that was due lists the ${need.kind}s whose ${need.only.field} is ${need.only.values.join(' or ')}`,
        ];
  });
  return [...new Set(silent)];
}
