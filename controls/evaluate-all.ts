import { DeclaredException } from '../evidence-model/kinds.ts';
import { needsOf, type Control } from './control.ts';
import type { Policy } from './declarations.ts';
import type { Statements } from './declared/derivation.ts';
import { withDeclared } from './declared/with-declared.ts';
import { evaluate, type Evidence } from './evaluate.ts';
import type { Result } from './result.ts';

/**
 * What each control sees of what was read and of what people said. What an exception is worth depends on what other
 * controls say, so that a control over exceptions sees those that they name as judged.
 */
export function seenBy(
  controls: readonly Control[],
  policy: Policy,
  evidence: Evidence,
  statements: Statements,
  seen = withDeclared(evidence, statements),
): (control: Control) => Evidence {
  let afterwards: Evidence | null = null;
  return (control) => {
    if (!isOverExceptions(control)) return seen;
    afterwards ??= withDeclared(
      {
        ...evidence,
        outcomes: controls
          .filter((each) => !isOverExceptions(each) && isNamed(each, statements))
          .map((each) => evaluate(each, policy.controls[each.id], seen)),
      },
      statements,
    );
    return afterwards;
  };
}

/** Judges by all of these, over what was read and what people said. */
export function evaluateAll(
  controls: readonly Control[],
  policy: Policy,
  evidence: Evidence,
  statements: Statements,
): readonly Result[] {
  const seen = seenBy(controls, policy, evidence, statements);
  return controls.map((control) => evaluate(control, policy.controls[control.id], seen(control)));
}

function isOverExceptions(control: Control): boolean {
  return needsOf(control).some(({ kind }) => kind === DeclaredException.name);
}

/** Whether an exception is about a control or rests on it. */
function isNamed({ id }: Control, { plan }: Statements): boolean {
  return plan.exceptions.some(({ control, safeguard }) => control === id || safeguard.control === id);
}
