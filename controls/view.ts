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
export function viewOf(
  subject: Subject,
  need: Need,
  { blame, asked }: Told,
  read: Places | null,
): View<unknown> {
  let noted = false;
  const given = (fields: readonly string[], judge: (values: never) => Finding): Finding => {
    const values: Record<string, unknown> = {};
    const reasons: string[] = [];
    for (const field of fields) {
      if (!need.fields.includes(field)) throw new Error(`${field} of ${need.kind} is read but not declared`);
      const found = subject.fields.get(field);
      if (read && found && !noted) {
        for (const citation of found.citations) read.note(citation);
        noted = subject.alike === true;
      }
      if (!found) reasons.push(blame(need.kind, field, subject.id));
      else if (isUnknown(found.value)) reasons.push(found.value.unknown);
      else values[field] = found.value;
    }
    return reasons.length > 0 ? noData([...new Set(reasons)].join('; ')) : judge(values as never);
  };
  const isAsked = (field: string) =>
    subject.fields.get(field) !== undefined || asked(need.kind, field, subject.id);
  return { id: subject.id, given, isAsked } as View<unknown>;
}
