import { DeclaredException } from '../evidence-model/kinds.ts';
import { needsOf, type Control } from './control.ts';
import type { Policy } from './declarations.ts';
import type { Statements } from './declared/derivation.ts';
import { withDeclared } from './declared/with-declared.ts';
import { evaluate, type Evidence } from './evaluate.ts';
import type { Result } from './result.ts';

/**
 * Judges by all of these, over what was read and what people said. A control over exceptions comes after all others,
 * because what an exception is worth depends on what those say.
 */
export function evaluateAll(
  controls: readonly Control[],
  policy: Policy,
  evidence: Evidence,
  statements: Statements,
): readonly Result[] {
  const last = controls.filter((control) =>
    needsOf(control).some(({ kind }) => kind === DeclaredException.name),
  );
  const by = (these: readonly Control[], seen: Evidence) =>
    these.map((control) => evaluate(control, policy.controls[control.id], seen));
  const first = by(
    controls.filter((control) => !last.includes(control)),
    withDeclared(evidence, statements),
  );
  return [...first, ...by(last, withDeclared({ ...evidence, outcomes: first }, statements))];
}
