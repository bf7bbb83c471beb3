import { OperatorError } from '../evidence-model/operator-error.ts';
import { IntegrityError } from '../evidence-model/read-snapshot.ts';

/** How a command ends. */
export const exit = {
  done: 0,
  failed: 1,
  /** The operator can mend it; one sentence says how. */
  operator: 2,
  /** It was done, but not all that was due could be read, or the author is not established. */
  incomplete: 3,
  /** What was read is not what was written. */
  verification: 4,
} as const;

export type ExitCode = (typeof exit)[keyof typeof exit];

/** What an error means for whoever started the command: a code, and what to print. A stack only where it was asked for. */
export function told(error: unknown, verbose: boolean): { readonly code: ExitCode; readonly text: string } {
  const message = error instanceof Error ? error.message : String(error);
  const line = message.replaceAll(/\s*\n\s*/g, ' ');
  const stack = verbose && error instanceof Error ? `\n${error.stack ?? ''}` : '';
  if (error instanceof OperatorError) return { code: exit.operator, text: `${line}${stack}` };
  if (error instanceof IntegrityError)
    return { code: exit.verification, text: `the evidence does not hold: ${line}${stack}` };
  const hint = verbose ? '' : ' (--verbose shows where)';
  return { code: exit.failed, text: `Exhibit itself failed: ${line}${hint}${stack}` };
}
