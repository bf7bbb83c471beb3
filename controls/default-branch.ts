import type { z } from 'zod';
import { ruleFor } from '../evidence-model/branch-pattern.ts';
import type { Repository } from '../evidence-model/kinds.ts';
import type { View } from './control.ts';
import { any, fail, pass, unless, type Finding } from './finding.ts';

type Classic = z.output<typeof Repository.fields.classicProtection>[number];

/** A repository as far as its classic protection is concerned. */
type Protected = View<{ readonly defaultBranch: string; readonly classicProtection: readonly Classic[] }>;

/** What rules must say of a default branch, and how it reads where they do and where they do not. */
interface Demand<F extends keyof Classic> {
  readonly field: F;
  readonly met: (value: Classic[F]) => boolean;
  readonly holds: string;
  readonly lacks: string;
}

/**
 * Whether it is met by whichever mechanism: the one classic rule that holds for the default branch, or any ruleset in
 * force for it. GitHub asks for all that any of them asks for. `open` says why there may be more rulesets.
 */
export function ofDefaultBranch<F extends keyof Classic>(
  repository: Protected,
  rulesets: readonly View<Pick<Classic, F>>[],
  open: string | null,
  { field, met, holds, lacks }: Demand<F>,
): Finding {
  const judge = (value: Classic[F]) => (met(value) ? pass(holds) : fail(lacks));
  const classic = repository.given(
    ['defaultBranch', 'classicProtection'],
    ({ defaultBranch, classicProtection }) => {
      const rule = ruleFor(defaultBranch, classicProtection);
      if (rule !== null) return judge(rule[field]);
      return fail(rulesets.length === 0 ? 'nothing protects the default branch' : lacks);
    },
  );
  const others = rulesets.map((rule) => rule.given([field], (values) => judge(values[field])));
  return unless(open, any([classic, ...others], fail(lacks)));
}
