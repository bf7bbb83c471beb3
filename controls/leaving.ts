import { DirectoryChange } from '../evidence-model/kinds.ts';
import type { Citation, Subject, Subjects } from '../evidence-model/subject.ts';
import type { Unknown } from '../evidence-model/unknown.ts';

/** How the log of a directory calls what ends an account: https://learn.microsoft.com/entra/identity/monitoring-health/reference-audit-activities */
const endings: ReadonlySet<string> = new Set(['disable account', 'delete user', 'hard delete user']);

/** When accounts were switched off or deleted, by source and account, as far as the log that was read says it. */
export class Endings {
  readonly #last = new Map<string, { readonly at: string; readonly citations: readonly Citation[] }>();

  constructor(subjects: Pick<Subjects, 'of'>) {
    for (const { source, fields, citations } of subjects.of(DirectoryChange.name)) {
      const value = (field: string) => fields.get(field)?.value;
      const [at, activity, targets] = [value('at'), value('activity'), value('targets')];
      if (typeof at !== 'string' || typeof activity !== 'string' || !Array.isArray(targets)) continue;
      if (value('succeeded') !== true || !endings.has(activity.toLowerCase())) continue;
      for (const target of targets as readonly unknown[]) {
        if (typeof target !== 'string') continue;
        const key = JSON.stringify([source, target.toLowerCase()]);
        const before = this.#last.get(key);
        if (!before || Date.parse(before.at) < Date.parse(at)) this.#last.set(key, { at, citations });
      }
    }
  }

  /** When the last of these was ended; unknown unless the log says it of each. */
  of(accounts: readonly Subject[]): {
    readonly at: string | Unknown;
    readonly citations: readonly Citation[];
  } {
    const found = accounts.map(({ source, id }) =>
      this.#last.get(JSON.stringify([source, id.toLowerCase()])),
    );
    const known = found.flatMap((ending) => ending ?? []);
    const [first] = known;
    if (!first || known.length < found.length)
      return { at: { unknown: 'no log that was read says when it was switched off' }, citations: [] };
    const last = known.reduce((a, b) => (Date.parse(a.at) < Date.parse(b.at) ? b : a), first);
    return { at: last.at, citations: known.flatMap(({ citations }) => citations) };
  }
}
