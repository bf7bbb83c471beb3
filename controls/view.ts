import type { Subject } from '../evidence-model/subject.ts';
import { isUnknown } from '../evidence-model/unknown.ts';
import type { Need, View } from './control.ts';
import { noData, type Finding } from './finding.ts';
import type { Places } from './places.ts';

/** What is to be said of a field of a thing that no record tells, from how far the datasets that speak of it were read. */
export interface Told {
  /** Why it is not known. */
  readonly blame: (kind: string, field: string, id: string) => string;
  /** Whether any of them was asked for it. */
  readonly asked: (kind: string, field: string, id: string) => boolean;
}

/**
 * A subject as a control may see it: only the fields that it declares, only when all of those asked for are known.
 * What was looked at is noted as evidence, in `read`, where it is wanted.
 */
export function viewOf(subject: Subject, need: Need, told: Told, read: Places | null): View<unknown> {
  return new SubjectView(subject, need, told, read) as View<unknown>;
}

/** There may be as many as there are people, so that each holds little. */
class SubjectView {
  readonly #subject: Subject;
  readonly #need: Need;
  readonly #told: Told;
  /** What is yet to be noted; nothing of what cites the same in every field, once it was noted. */
  #read: Places | null;

  constructor(subject: Subject, need: Need, told: Told, read: Places | null) {
    this.#subject = subject;
    this.#need = need;
    this.#told = told;
    this.#read = read;
  }

  get id(): string {
    return this.#subject.id;
  }

  given(fields: readonly string[], judge: (values: never) => Finding): Finding {
    const { kind, fields: declared } = this.#need;
    const subject = this.#subject;
    const values: Record<string, unknown> = {};
    const reasons: string[] = [];
    for (const field of fields) {
      if (!declared.includes(field)) throw new Error(`${field} of ${kind} is read but not declared`);
      const found = subject.fields.get(field);
      if (this.#read && found) {
        for (const citation of found.citations) this.#read.note(citation);
        if (subject.alike === true) this.#read = null;
      }
      if (!found) reasons.push(this.#told.blame(kind, field, subject.id));
      else if (isUnknown(found.value)) reasons.push(found.value.unknown);
      else values[field] = found.value;
    }
    return reasons.length > 0 ? noData([...new Set(reasons)].join('; ')) : judge(values as never);
  }

  isAsked(field: string): boolean {
    const { kind } = this.#need;
    const subject = this.#subject;
    return subject.fields.get(field) !== undefined || this.#told.asked(kind, field, subject.id);
  }
}
