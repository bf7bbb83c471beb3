import { z } from 'zod';
import { matches } from './pattern.ts';

const texts = z.union([z.string().transform((text) => [text]), z.array(z.string())]);
/** Numbers and flags are compared as they are written. */
const values = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Statement = z
  .object({
    Effect: z.enum(['Allow', 'Deny']),
    Action: texts.optional(),
    NotAction: texts.optional(),
    Principal: z.union([z.literal('*'), z.record(z.string(), texts)]).optional(),
    NotPrincipal: z.unknown().optional(),
    Condition: z
      .record(
        z.string(),
        z.record(z.string(), z.union([values.transform((value) => [value]), z.array(values)])),
      )
      .optional(),
  })
  .refine(({ Action, NotAction }) => (Action === undefined) !== (NotAction === undefined))
  .refine(({ Principal, NotPrincipal }) => (Principal === undefined) !== (NotPrincipal === undefined));
const Document = z.object({
  Statement: z.union([Statement.transform((statement) => [statement]), z.array(Statement)]),
});
type Statement = z.output<typeof Statement>;

export interface Condition {
  readonly operator: string;
  /** In small letters: they are the same to AWS. */
  readonly key: string;
  readonly values: readonly string[];
}

/** The AWS account of a principal; what AWS left in the place of somebody who was deleted is of none. */
export function accountOf(principal: string): string | null {
  return /^(?:arn:aws[a-z-]*:(?:iam|sts)::)?(\d{12})(?::.+)?$/.exec(principal)?.[1] ?? null;
}

/** What AWS calls the provider that Identity Center makes in each account: https://docs.aws.amazon.com/singlesignon/latest/userguide/identity-center-accounts.html */
export const isOfCenter = (provider: string) =>
  /(?:^|:saml-provider\/)AWSSSO_[0-9a-f]+_DO_NOT_DELETE$/.test(provider);

/** Somebody who may take on a role, as far as these conditions let them. */
export interface Admission {
  /** `everybody`, or what AWS calls it: `AWS`, `Service`, `Federated`. */
  readonly type: string;
  readonly who: string;
  readonly conditions: readonly Condition[];
}

export interface Trust {
  readonly admissions: readonly Admission[];
  /** Somebody is kept out besides, which may leave fewer than are let in. */
  readonly denies: boolean;
}

/** Ways of taking on a role. What else a trust policy allows is of use only to whoever has taken it on. */
const takingOn = ['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity'];

/** Whom a trust policy lets take on its role; `null` where it is not understood. */
export function trustOf(document: unknown): Trust | null {
  const statements = Document.safeParse(document).data?.Statement;
  if (!statements) return null;
  return {
    admissions: statements
      .filter((each) => each.Effect === 'Allow' && isAboutTakingOn(each))
      .flatMap(admissions),
    denies: statements.some(({ Effect }) => Effect === 'Deny'),
  };
}

function isAboutTakingOn({ Action, NotAction }: Statement): boolean {
  const isNamed = (action: string) =>
    (Action ?? NotAction ?? []).some((pattern) => matches(pattern.toLowerCase(), action.toLowerCase()));
  return takingOn.some((action) => isNamed(action) === (Action !== undefined));
}

function admissions({ Principal, Condition }: Statement): Admission[] {
  const conditions = Object.entries(Condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => ({ operator, key: key.toLowerCase(), values })),
  );
  // Whoever lets in all but some lets in everybody else.
  if (Principal === undefined || Principal === '*') return [{ type: 'everybody', who: '*', conditions }];
  return Object.entries(Principal).flatMap(([type, each]) =>
    each.map((who) => ({ type: who === '*' ? 'everybody' : type, who, conditions })),
  );
}

/** The conditions that name what this key must be, and hold only where it is told. */
export function naming({ conditions }: Admission, key: string): Condition[] {
  return conditions.filter(
    (condition) =>
      condition.key === key.toLowerCase() &&
      /^(?:ForAnyValue:)?(?:String(?:Equals|Like|EqualsIgnoreCase)|Arn(?:Equals|Like))$/i.test(
        condition.operator,
      ),
  );
}

/** Whether a value stands for several: only some operators know patterns. */
export function isPattern({ operator }: Pick<Condition, 'operator'>, value: string): boolean {
  return /(?:Like|Arn\w+)$/i.test(operator) && /[*?]/.test(value);
}

/**
 * What AWS calls the roles that it makes for services of its own. Whether it is one, its trust policy tells.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html
 */
export function isNamedForService(arn: string): boolean {
  return /^arn:[^:]+:iam::\d+:role\/aws-service-role\//.test(arn);
}

/** Whether nobody but services of AWS may take on the role. */
export function isForServices(document: unknown): boolean {
  const admissions = trustOf(document)?.admissions ?? [];
  return admissions.length > 0 && admissions.every(({ type }) => type === 'Service');
}
