import type { View } from './control.ts';
import { pass, type Finding } from './finding.ts';

/** What it is called, for reasons; its id where that is not told, so that no judgement rests on a name. */
export function nameOf(view: View<{ readonly name: string }>): string {
  const { status, reason } = view.given(['name'], ({ name }) => pass(name));
  return status === 'pass' ? reason : view.id;
}

/** What these subjects tell of these fields; and of the first that does not tell them all, why. */
export function told<Values, F extends keyof Values & string>(
  views: readonly View<Values>[],
  fields: readonly F[],
): { readonly known: readonly Pick<Values, F>[]; readonly untold: Finding | null } {
  const known: Pick<Values, F>[] = [];
  let untold: Finding | null = null;
  for (const view of views) {
    const finding = view.given(fields, (values) => {
      known.push(values);
      return pass('');
    });
    if (finding.status !== 'pass') untold ??= finding;
  }
  return { known, untold };
}
