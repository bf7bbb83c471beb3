import type { View } from '../control.ts';
import { documentsOf, type Holdings } from '../held-policies.ts';
import { allowed, statementsOf, Statements } from '../iam-statements.ts';
import { matches } from '../pattern.ts';
import { isPattern, naming, trustOf, type Admission } from '../role-trust.ts';
import { told } from '../told.ts';

/** What somebody may come to, by its name: `null` where that is certain; else why it only may be. */
export type Ends = ReadonlyMap<string, string | null>;

/** What somebody holds, and what they may come to by that alone. */
export interface Held {
  readonly ends: Ends;
  readonly holdings: Holdings | null;
}

/** A role by which somebody comes to something, or may. */
export interface Taken {
  readonly arn: string;
  /** `null` where they do; else why they only may. */
  readonly doubt: string | null;
  /** Keys of the conditions under which it can be taken on. */
  readonly conditions: readonly string[];
}

interface Role {
  readonly arn: string;
  readonly account: string;
  /** Ways in, each with whom it lets in. */
  readonly entries: readonly { readonly admission: Admission; readonly who: string }[];
  /** Why it is not known whom it lets in. */
  readonly lost: string | null;
}

const assumeRole = 'sts:AssumeRole';
const everybody = '*';

/**
 * Roles that accounts, users and roles of AWS may take on and by which they come to something, such as being an
 * administrator, by themselves or by way of another role. Whom a role names within its own account needs no policy for
 * it, and nobody there does where it lets in everybody; all others do:
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-permissions.html,
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html and
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export class RolesToTakeOn {
  readonly #of: (arn: string) => Held;
  /** By whom they let in: an account, one user or role, or everybody. */
  readonly #letting = new Map<string, Role[]>();
  /** What whoever takes on a role comes to. */
  readonly #ends = new Map<string, Map<string, string | null>>();

  constructor(
    trusts: readonly View<{ readonly document: unknown }>[],
    of: (arn: string) => Held,
    /** Which of the ways in are looked at. */
    counts: (admission: Admission) => boolean = () => true,
  ) {
    this.#of = of;
    const roles = trusts.flatMap((view): Role[] => {
      const { known, untold } = told([view], ['document']);
      const admissions = known[0] ? (trustOf(known[0].document)?.admissions ?? null) : null;
      const lost = admissions ? null : (untold?.reason ?? 'whom it lets in is not understood');
      const entries = (admissions ?? [])
        .filter((each) => (each.type === 'AWS' || each.type === 'everybody') && counts(each))
        .map((admission) => ({ admission, who: letIn(admission) }));
      return lost !== null || entries.length > 0
        ? [{ arn: view.id, account: accountOf(view.id), entries, lost }]
        : [];
    });
    for (const role of roles) {
      const whom = role.lost === null ? role.entries.map(({ who }) => who) : [everybody];
      for (const who of new Set(whom)) {
        const list = this.#letting.get(who) ?? [];
        this.#letting.set(who, list);
        list.push(role);
      }
    }
    const names = new Set<string>();
    for (const { arn, lost } of roles) {
      const { ends } = of(arn);
      if (ends.size > 0) this.#ends.set(arn, new Map([...ends].map(([end, doubt]) => [end, lost ?? doubt])));
      for (const end of ends.keys()) names.add(end);
    }
    // What a role may take on in its turn counts as well, however long the chain.
    for (let grew = true; grew;) {
      grew = false;
      for (const role of roles) if (this.#grow(role, names)) grew = true;
    }
    // Of thousands of roles only these are looked at for each user.
    for (const [who, list] of this.#letting)
      this.#letting.set(
        who,
        list.filter(({ arn }) => this.#ends.has(arn)),
      );
  }

  /** What somebody may take on to come to something, what certainly leads there first. */
  takenBy(arn: string, end: string): readonly Taken[] {
    return this.#reached(arn)
      .flatMap(({ role, conditions }): Taken[] => {
        const doubt = this.#ends.get(role.arn)?.get(end);
        return doubt === undefined ? [] : [{ arn: role.arn, doubt, conditions }];
      })
      .sort((a, b) => Number(a.doubt !== null) - Number(b.doubt !== null));
  }

  /** Adds to what a role leads to what those do that it may take on; whether that was anything new. */
  #grow({ arn, lost }: Role, names: ReadonlySet<string>): boolean {
    const own = this.#ends.get(arn) ?? new Map<string, string | null>();
    if ([...names].every((end) => own.get(end) === null || (lost !== null && own.has(end)))) return false;
    let grew = false;
    for (const { role } of this.#reached(arn))
      for (const [end, doubt] of this.#ends.get(role.arn) ?? []) {
        const before = own.get(end);
        const now = lost ?? doubt;
        if (before === null || (before !== undefined && now !== null)) continue;
        own.set(end, now);
        grew = true;
      }
    if (grew) this.#ends.set(arn, own);
    return grew;
  }

  #reached(arn: string): readonly { readonly role: Role; readonly conditions: readonly string[] }[] {
    const { holdings } = this.#of(arn);
    const documents = holdings && documentsOf(holdings);
    if (!holdings || !documents) return [];
    const who = { arn, account: accountOf(arn) };
    // Whom nothing lets take on a role gets into those alone that name them, or everybody.
    const mayAny = documents.some((document) => document.allows(assumeRole));
    const letting = [arn, ...(mayAny ? [who.account] : []), everybody].flatMap(
      (each) => this.#letting.get(each) ?? [],
    );
    return [...new Set(letting)].flatMap((role) => {
      const conditions =
        !this.#ends.has(role.arn) || role.arn === arn ? null : way(who, role, holdings, documents);
      return conditions === null ? [] : [{ role, conditions }];
    });
  }
}

/** Whether somebody may take on some role, whichever that is. */
export function takesOnSome(holdings: Holdings | null): boolean {
  const documents = holdings && documentsOf(holdings);
  return documents?.some((document) => document.allows(assumeRole)) ?? true;
}

/** Under which conditions somebody may take it on; `null` where they may not. */
function way(
  { arn, account }: { readonly arn: string; readonly account: string },
  role: Role,
  { boundary }: Holdings,
  documents: readonly Statements[],
): readonly string[] | null {
  const deed = { action: assumeRole, on: { arn: role.arn } };
  const bound = boundary && 'known' in boundary.document ? statementsOf(boundary.document.known) : null;
  const own = allowed(documents, deed);
  const within = bound ? allowed([bound], deed) : [];
  const byPolicy = own && within && [...own, ...within];
  const isNear = account === role.account;
  if (role.lost !== null) return byPolicy ?? (isNear ? [] : null);
  const given = () =>
    new Statements([{ Effect: 'Allow', Action: [assumeRole], Resource: [role.arn], hasVariables: false }]);
  const [fewest] = role.entries
    .flatMap(({ admission, who }) => {
      if (![arn, account, everybody].includes(who) || !isMeant(admission, { arn, account })) return [];
      const needsNone = isNear && who !== account;
      const keys = needsNone ? allowed([...documents, given()], deed) : byPolicy;
      return keys ? [[...keys, ...admission.conditions.map(({ key }) => key)]] : [];
    })
    .sort((a, b) => a.length - b.length);
  return fewest === undefined ? null : [...new Set(fewest)].sort();
}

/** Where a condition says whose ARN it must be, or of which account, it is not about others. */
function isMeant(
  admission: Admission,
  { arn, account }: { readonly arn: string; readonly account: string },
): boolean {
  const are = [
    ['aws:PrincipalArn', arn],
    ['aws:PrincipalAccount', account],
  ] as const;
  return are.every(([key, is]) =>
    naming(admission, key).every((condition) =>
      condition.values.some((value) => value === is || (isPattern(condition, value) && matches(value, is))),
    ),
  );
}

/** Whom an admission is about. Whoever is let in as a session of a role is let in as anybody of its account. */
function letIn({ type, who }: Admission): string {
  if (type === 'everybody') return everybody;
  return /^arn:[^:]+:iam::\d{12}:(?:user|role)\//.test(who) ? who : accountOf(who);
}

/** The account of an ARN, or of one that is written by its number alone. */
const accountOf = (arn: string) => arn.split(':')[4] ?? arn;
