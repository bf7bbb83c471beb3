import { z } from 'zod';
import { statementsOf } from './iam-statements.ts';
import type { Admission } from './role-trust.ts';

const key = 'aws:multifactorauthpresent';
const age = 'aws:multifactorauthage';

/** The parts of a document that matter here; what else stands in it is judged by whoever reads it whole. */
const Document = z.looseObject({
  Statement: z.union([z.looseObject({}), z.array(z.looseObject({}))]),
});
const Conditional = z.looseObject({
  Effect: z.string(),
  Condition: z.record(z.string(), z.record(z.string(), z.unknown())).optional(),
});

/**
 * Whether somebody who holds these documents may do this to anything at all; `null` where one is not understood. What is
 * denied for good everywhere may not be done; what is denied of some things, or under a condition, counts as allowed.
 */
export function maySomewhere(documents: readonly unknown[], action: string): boolean | null {
  const read = documents.map(statementsOf);
  const known = read.filter((each) => each !== null);
  if (known.length < read.length) return null;
  const about = known.flatMap((document) => document.about(action));
  const denied = about.some(
    ({ Effect, Resource, Condition }) =>
      Effect === 'Deny' && (Resource ?? []).includes('*') && conditionsOf(Condition).length === 0,
  );
  return !denied && about.some(({ Effect }) => Effect === 'Allow');
}

/**
 * What a document comes to for somebody who has shown no second factor. AWS leaves the key out of what is asked with an
 * access key, so that a denial reaches that only by an operator that holds where there is none.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_mfa_configure-api-require.html
 */
export function withoutFactor(document: unknown): unknown {
  const read = Document.safeParse(document).data;
  if (!read) return document;
  const statements = Array.isArray(read.Statement) ? read.Statement : [read.Statement];
  return {
    ...read,
    Statement: statements.flatMap((statement) => {
      const told = Conditional.safeParse(statement).data;
      if (!told) return [statement];
      const conditions = conditionsOf(told.Condition);
      if (told.Effect === 'Allow') return conditions.some(asked) ? [] : [statement];
      const [only, ...others] = conditions;
      const always = only !== undefined && others.length === 0 && says(only, 'BoolIfExists', 'false');
      return [always ? { ...told, Condition: undefined } : statement];
    }),
  };
}

/** That there is one, or how long ago it was shown: the latter, too, is told of none who showed none. */
const asked = (condition: Condition) =>
  says(condition, 'Bool', 'true') ||
  (condition.key === age && /^Numeric(?:LessThan(?:Equals)?|Equals)$/i.test(condition.operator));

/** Whether whoever takes on a role this way must have shown a second factor. */
export function factorAskedAt({ conditions }: Admission): boolean {
  return conditions.some(asked);
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

function conditionsOf(
  condition: Readonly<Record<string, Readonly<Record<string, unknown>>>> | undefined,
): Condition[] {
  return Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([name, value]) => ({
      operator,
      key: name.toLowerCase(),
      values: (Array.isArray(value) ? value : [value]).map(String),
    })),
  );
}

/** Several values of one condition are any of them, so that all must be the one. */
function says(condition: Condition, operator: string, value: string): boolean {
  return (
    condition.key === key &&
    condition.operator.toLowerCase() === operator.toLowerCase() &&
    condition.values.length > 0 &&
    condition.values.every((each) => each.toLowerCase() === value)
  );
}
